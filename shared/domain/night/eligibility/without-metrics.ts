import type { AssessedOutcome, Failure } from '../../../contracts/outcome.ts';
import { ErrorName } from '../../../errors.ts';

/** The state whose only question is how production ran; what ends it is CloudWatch's doing, by these names. */
const STAGE = 'CollectMetrics';
const NO_ANSWER = new Set<string>([
  ErrorName.transient,
  ErrorName.sourceUnavailable,
  'States.Timeout',
  // As Lambda calls a function that took longer than it may.
  'Sandbox.Timedout',
]);
const REASON_MAX_CHARS = 300;

/** Why CloudWatch gave no metrics of the function's batch; undefined where that is not what happened to it. */
export function metricsTrouble({ kind, failure }: AssessedOutcome): string | undefined {
  if (kind !== 'Failed' || failure === undefined || !isSilence(failure)) return undefined;
  return (messageIn(failure.message) ?? failure.name).slice(0, REASON_MAX_CHARS);
}

/** Of a batch of several accounts, those whose metrics were not read end one state later, by name. */
const isSilence = ({ stage, name }: Failure): boolean =>
  stage === STAGE ? NO_ANSWER.has(name) : name === ErrorName.sourceUnavailable;

/** The outcome as an exclusion where its batch had no metrics: not knowing how a function runs is no failure of it. */
export function withoutMetrics(outcome: AssessedOutcome): AssessedOutcome {
  const trouble = metricsTrouble(outcome);
  if (trouble === undefined) return outcome;
  const { failure: _, ...rest } = outcome;
  const reason = `its metrics could not be read: ${trouble}`;
  return { ...rest, kind: 'Excluded', exclusionReason: 'SourceUnavailable', reason };
}

/** Step Functions hands a function's error on as JSON; a timeout of its own comes as text, or without a word. */
function messageIn(cause: string): string | undefined {
  try {
    const { errorMessage } = JSON.parse(cause) as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : undefined;
  } catch {
    return cause === '' ? undefined : cause;
  }
}
