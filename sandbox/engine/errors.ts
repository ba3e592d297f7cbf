/** Error names of the Amazon States Language and of AWS Step Functions. */
export const ErrorName = {
  all: 'States.ALL',
  dataLimitExceeded: 'States.DataLimitExceeded',
  exceedToleratedFailureThreshold: 'States.ExceedToleratedFailureThreshold',
  heartbeatTimeout: 'States.HeartbeatTimeout',
  itemReaderFailed: 'States.ItemReaderFailed',
  noChoiceMatched: 'States.NoChoiceMatched',
  queryEvaluationError: 'States.QueryEvaluationError',
  resultWriterFailed: 'States.ResultWriterFailed',
  runtime: 'States.Runtime',
  taskFailed: 'States.TaskFailed',
  timeout: 'States.Timeout',
} as const;

/** A state failed with an ASL error name and a cause; Retry and Catch look at these. */
export class StateError extends Error {
  readonly errorName: string | undefined;
  readonly causeText: string | undefined;
  /** Names a retrier or catcher may also use for this error (a missed heartbeat is reported as `States.Timeout`). */
  readonly alsoKnownAs: string | undefined;
  /** The field whose evaluation failed; set on errors the interpreter itself raises while a state runs. */
  readonly location: string | undefined;

  constructor(
    errorName: string | undefined,
    causeText?: string,
    options: { readonly alsoKnownAs?: string; readonly location?: string } = {},
  ) {
    super(`${errorName ?? 'unnamed error'}: ${causeText ?? ''}`);
    this.name = 'StateError';
    this.errorName = errorName;
    this.causeText = causeText;
    this.alsoKnownAs = options.alsoKnownAs;
    this.location = options.location;
  }

  /** The same error with its place told in the cause, as AWS does for the errors the interpreter raises. */
  placedIn(stateName: string, enteredEventId: number): StateError {
    const place = `An error occurred while executing the state '${stateName}' (entered at the event id #${enteredEventId}).`;
    return new StateError(this.errorName, `${place} ${this.causeText ?? ''}`);
  }
}

/** Thrown by a `TaskRunner` to fail the task with an AWS error name, e.g. `Lambda.TooManyRequestsException`. */
export class TaskError extends Error {
  override readonly cause: string;

  constructor(name: string, cause: string) {
    super(`${name}: ${cause}`);
    this.name = name;
    this.cause = cause;
  }
}

/** An API call was refused; `name` is the AWS exception name (`ExecutionAlreadyExists`, `InvalidToken`, …). */
export class ApiError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** A definition was rejected; `problems` names everything wrong with it, each with the path to it. */
export class InvalidDefinitionError extends ApiError {
  readonly problems: readonly string[];

  constructor(machineName: string, problems: readonly string[]) {
    super(
      'InvalidDefinition',
      `state machine '${machineName}' is rejected:\n${problems.map((line) => `- ${line}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}

/** What a task runner threw, as the failure of the state. */
export function asStateError(thrown: unknown): StateError {
  if (thrown instanceof StateError) return thrown;
  if (!(thrown instanceof Error)) return new StateError(ErrorName.taskFailed, textOf(thrown));
  const cause = thrown.cause === undefined ? thrown.message : textOf(thrown.cause);
  return new StateError(thrown.name, cause);
}
