import type { Assessment } from '../../../contracts/assessment.ts';
import type { InspectionRefusal } from './inspect-candidate.ts';

/** Who waits for a function while it runs. */
export interface FunctionCallers {
  /** Queues that feed it; without a visibility timeout where that could not be read. */
  queues: readonly { name: string; visibilityTimeoutSeconds: number | undefined }[];
  isCalledByApiGateway: boolean;
}

export interface CallerLimit {
  /** Longest timeout, seconds, that the callers can live with. */
  ceilingSeconds: number;
  why: string;
}

/**
 * A queue hides a message for its visibility timeout, which should be six times the function's timeout, so that
 * nobody processes a message twice (Amazon SQS Developer Guide, "Configuring an Amazon SQS queue to trigger an AWS
 * Lambda function").
 */
const VISIBILITY_FACTOR = 6;
/** API Gateway's longest integration timeout by default (its quotas page); longer runs nobody waits for. */
const API_GATEWAY_SECONDS = 29;

/** The tightest limit of all callers; undefined when none of them limits the timeout. */
export function callerLimit(callers: FunctionCallers, currentTimeoutSeconds: number): CallerLimit | undefined {
  const limits = callers.queues.map(({ name, visibilityTimeoutSeconds: seconds }) =>
    seconds === undefined
      ? { ceilingSeconds: currentTimeoutSeconds, why: `the visibility timeout of queue ${name} could not be read` }
      : {
          ceilingSeconds: Math.floor(seconds / VISIBILITY_FACTOR),
          why: `queue ${name} hides a message for ${seconds} s, which should be six times the timeout`,
        },
  );
  if (callers.isCalledByApiGateway)
    limits.push({ ceilingSeconds: API_GATEWAY_SECONDS, why: `API Gateway waits for ${API_GATEWAY_SECONDS} s` });
  return limits.toSorted((a, b) => a.ceilingSeconds - b.ceilingSeconds)[0];
}

/**
 * The assessment with a timeout that its callers can live with. Refused where nothing is left to propose, and where
 * less memory was to come with a longer timeout: slower calls would be cut off instead.
 */
export function withinCallerLimit(
  assessment: Assessment,
  limit: CallerLimit | undefined,
): { assessment: Assessment } | InspectionRefusal {
  const { current, recommended, reason } = assessment;
  if (limit === undefined || recommended.timeoutSeconds <= Math.max(current.timeoutSeconds, limit.ceilingSeconds))
    return { assessment };
  const timeoutSeconds = Math.max(current.timeoutSeconds, limit.ceilingSeconds);
  const isUnchanged = timeoutSeconds === current.timeoutSeconds && recommended.memorySizeMb === current.memorySizeMb;
  const wanted = `it needs a timeout of ${recommended.timeoutSeconds} s, but ${limit.why}`;
  if (isUnchanged || recommended.memorySizeMb < current.memorySizeMb)
    return { reason: 'CallerLimitsTimeout', message: `${wanted}; let it wait longer first` };
  return {
    assessment: {
      ...assessment,
      recommended: { ...recommended, timeoutSeconds },
      reason: `${reason}; ${wanted}: ${timeoutSeconds} s it is until that one waits longer`,
    },
  };
}
