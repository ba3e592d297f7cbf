import type { RunContext, RunInput } from '../../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import type { RunSettings } from '../../../shared/contracts/settings.ts';
import { localDate, nextStartAfter } from '../../../shared/domain/night/schedule/nightly-schedule.ts';
import { InvalidInputError } from '../../../shared/errors.ts';

const HOUR_MS = 3_600_000;
/** A run must have ended when the next one begins; half an hour is left for rollbacks and the report. */
const MARGIN_BEFORE_NEXT_START_MS = HOUR_MS / 2;
/** The least time that production gets between an approval in the last minute and the verification. */
const SHORTEST_EVIDENCE_MS = HOUR_MS;
/** A person who starts a run shortly before the night gets at least this long to answer: until the night after it. */
const SHORTEST_APPROVAL_MS = HOUR_MS;
/** A schedule without a next start (a year that is over) still ends its last run after a day. */
const LONGEST_NIGHT_MS = 24 * HOUR_MS;

export interface Execution {
  arn: string;
  name: string;
}

/**
 * Fixes a run's identity, policy and deadlines. Approval ends by its window, and early enough before the next start
 * that a change approved in the last minute can still be looked at once.
 */
export function planRun(
  input: RunInput,
  settings: RunSettings,
  execution: Execution,
  bucket: string,
  nowMs: number,
): RunContext {
  const trigger = input.scheduledTime === undefined ? 'manual' : 'schedule';
  const runDate = localDate(
    settings.timeZone,
    input.scheduledTime === undefined ? nowMs : Date.parse(input.scheduledTime),
  );
  const runId = trigger === 'schedule' ? `scheduled-${runDate}` : `manual-${execution.name}`;
  const nextStartMs = startToEndBefore(settings, trigger, nowMs);
  const verifyDeadlineMs = Math.min(nextStartMs, nowMs + LONGEST_NIGHT_MS) - MARGIN_BEFORE_NEXT_START_MS;
  const approvalEndMs = Math.min(
    nowMs + settings.approvalWindowHours * HOUR_MS,
    verifyDeadlineMs - SHORTEST_EVIDENCE_MS,
  );
  const approvalExpiresMs = Math.max(nowMs, approvalEndMs);
  return {
    schemaVersion: SCHEMA_VERSION,
    runId,
    trigger,
    runDate,
    executionArn: execution.arn,
    startedAt: iso(nowMs),
    nextStartAt: iso(nextStartMs),
    approvalExpiresAt: iso(approvalExpiresMs),
    verifyDeadlineAt: iso(Math.max(nowMs, verifyDeadlineMs)),
    verificationWindowSeconds: settings.verificationWindowHours * 3600,
    approvalTimeoutSeconds: Math.floor((approvalExpiresMs - nowMs) / 1000),
    dryRun: dryRunOf(input, settings),
    approvalMode: approvalModeOf(input, settings),
    scope: input.scope ?? {},
    policy: {
      ...settings.policy,
      ...(input.strategy !== undefined && { strategy: input.strategy }),
      ...(input.balancedWeight !== undefined && { balancedWeight: input.balancedWeight }),
      ...(input.maxSlowdown !== undefined && { maxSlowdown: input.maxSlowdown }),
    },
    artifacts: { bucket, prefix: `runs/${runId}` },
    ...(settings.accountNames && { accountNames: settings.accountNames }),
  };
}

/** The next start; of a run that would have to end before anybody could answer, the one after it. */
function startToEndBefore(
  { scheduleCron, timeZone }: RunSettings,
  trigger: RunContext['trigger'],
  nowMs: number,
): number {
  const nextMs = nextStartAfter(scheduleCron, timeZone, nowMs) ?? nowMs + LONGEST_NIGHT_MS;
  const leftMs = nextMs - MARGIN_BEFORE_NEXT_START_MS - SHORTEST_EVIDENCE_MS - nowMs;
  if (trigger === 'schedule' || leftMs >= SHORTEST_APPROVAL_MS) return nextMs;
  return nextStartAfter(scheduleCron, timeZone, nextMs) ?? nextMs;
}

/** A run that leaves decisions to a policy nobody wrote would wait for people without saying so. */
function approvalModeOf(input: RunInput, settings: RunSettings): RunContext['approvalMode'] {
  const mode = input.approvalMode ?? settings.approvalMode;
  if (mode === 'policy' && settings.autoApprovalRules.length === 0) {
    throw new InvalidInputError('run input', [
      'approvalMode: given "policy", but the stage has no autoApprovalRules; allowed is "ask"',
    ]);
  }
  return mode;
}

/** A read-only stage could not write what it asks about; who asks for it all the same is told so. */
function dryRunOf({ dryRun }: RunInput, { readOnly = false }: RunSettings): boolean {
  if (readOnly && dryRun === false) {
    throw new InvalidInputError('run input', ['dryRun: given false, but the stage is read-only; allowed is true']);
  }
  return readOnly || dryRun === true;
}

const iso = (ms: number): string => new Date(ms).toISOString();
