import type { RateLimits } from './rate-limits.ts';
import { UnsupportedByAccountError } from './unsupported.ts';

/** One API operation: the input fields it honours, and what it does. */
export interface Operation {
  readonly fields: ReadonlySet<string>;
  run(input: Record<string, unknown>): unknown;
}

/** Operations of one service by their API name, e.g. `ListFunctions`. */
export interface Service {
  /** As in the SDK client's name without `Client`, e.g. `Lambda`. */
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Throws the service's throttling exception when the call exceeds its quota. */
  readonly throttle?: (operation: string, input: Record<string, unknown>) => void;
  /** The quotas that it throttles by. */
  readonly rates?: RateLimits;
}

/**
 * Declares an operation. `fields` lists every input field that has its effect here; any other that is set is refused.
 * The output is the SDK's, without `$metadata`.
 */
export function operation<Input extends object, Output extends object>(
  fields: readonly (keyof Input & string)[],
  run: (input: Input) => Bare<Output> | Promise<Bare<Output>>,
): Operation {
  return { fields: new Set<string>(fields), run: run as Operation['run'] };
}

export type Bare<Output> = Omit<Output, '$metadata'>;

/** Refuses inputs that would be ignored. */
export function checkFields(call: string, operation: Operation, input: Record<string, unknown>): void {
  const ignored = Object.keys(input).filter(
    (field) => field !== '$metadata' && input[field] !== undefined && !operation.fields.has(field),
  );
  if (ignored.length > 0) throw new UnsupportedByAccountError(`${call} with ${ignored.join(', ')}`);
}
