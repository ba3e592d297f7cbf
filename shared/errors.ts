/**
 * Error names are contract: state machines match them in Retry and Catch, and minifiers rename classes, so every
 * subclass sets `name` as a literal that also stands in `ErrorName`.
 */
export const ErrorName = {
  invalidInput: 'InvalidInput',
  invalidConfiguration: 'InvalidConfiguration',
  transient: 'TransientFailure',
  updateInProgress: 'UpdateInProgress',
  artifactMissing: 'ArtifactMissing',
  ledgerConflict: 'LedgerConflict',
  sourceUnavailable: 'SourceUnavailable',
  /** Of a workflow, not thrown: a round of configuration left everything as it was though something remains. */
  noProgress: 'NoProgress',
} as const;

export type ErrorNameValue = (typeof ErrorName)[keyof typeof ErrorName];

/** Base of every error the product throws on purpose; `cause` keeps what lay beneath. */
export abstract class RightsizerError extends Error {
  abstract override readonly name: ErrorNameValue;
}

/** A thousand wrong names are no more use than fifty, and an error travels through state machines and answers. */
export const PROBLEMS_MAX = 50;
const PROBLEM_MAX_CHARS = 500;

/**
 * Somebody's input was wrong: the message names every problem up to fifty, and how many more there are, what was given
 * and what is allowed. Never retried.
 */
export class InvalidInputError extends RightsizerError {
  override readonly name = ErrorName.invalidInput;
  readonly problems: readonly string[];

  /** @param unnamed how many more problems there are, where putting them into words was not worth it */
  constructor(what: string, problems: readonly string[], unnamed = 0) {
    const named = namedProblems(problems, unnamed);
    super(`${what} is invalid: ${named.join('; ')}`);
    this.problems = named;
  }
}

function namedProblems(problems: readonly string[], unnamed: number): string[] {
  const named = problems.slice(0, PROBLEMS_MAX).map((each) => each.slice(0, PROBLEM_MAX_CHARS));
  const more = problems.length - named.length + unnamed;
  return more > 0 ? [...named, `and ${more} more`] : named;
}

/** The deployment itself is wrong (a missing environment variable, a bad stage value). Never retried. */
export class InvalidConfigurationError extends RightsizerError {
  override readonly name = ErrorName.invalidConfiguration;
}

/** Something that another try may cure; Step Functions retries it by name. */
export class TransientError extends RightsizerError {
  override readonly name = ErrorName.transient;
}

/** Lambda has not finished (or not yet begun to accept) a configuration update; tried again after a while. */
export class UpdateInProgressError extends RightsizerError {
  override readonly name = ErrorName.updateInProgress;
}

/** An object of the run that an earlier state wrote is not there, or not readable. */
export class ArtifactMissingError extends RightsizerError {
  override readonly name = ErrorName.artifactMissing;
}

/** A conditional write found another truth in the ledger than the caller's. */
export class LedgerConflictError extends RightsizerError {
  override readonly name = ErrorName.ledgerConflict;
}

/** A source of evidence did not answer, and the task has nothing to say without it; the night goes on. Never retried. */
export class SourceUnavailableError extends RightsizerError {
  override readonly name = ErrorName.sourceUnavailable;
}
