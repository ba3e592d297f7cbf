import type { DimensionName } from './metric-catalogue.ts';

/** What a value becomes that is over the bound or looks like an identifier. */
export const OTHER = 'Other';

/**
 * Distinct values per dimension that one execution environment may write, where no list names them. A service is one,
 * a process outside Lambda may stand for a few functions, and 20 error types are more than anyone charts.
 */
export const DIMENSION_BOUNDS: Readonly<Record<DimensionName, number>> = {
  Service: 5,
  FunctionName: 10,
  ErrorType: 20,
  CostCategory: 5,
};

/** Starts with a letter, at most 64 characters of names' alphabet: an error class or a function, not a sentence. */
const NAME_SHAPE = /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/;
/** Lambda's own rule for function names. */
const FUNCTION_NAME_SHAPE = /^[A-Za-z0-9_-]{1,64}$/;
/** Four digits in a row, or eight hexadecimal ones with a digit among them, are an id far more often than a name. */
const IDENTIFIER_SHAPE = /\d{4,}|(?=[a-f]*\d)[0-9a-f]{8,}/i;

/**
 * Keeps the number of metrics bounded, since each distinct dimension value is billed as a metric of its own.
 *
 * Three rules. By list, exact whatever the number of environments: inside Lambda the only function name is the
 * function's own, and cost categories are the five there are, unless settings name others. By shape: an error type must
 * look like a name, for a bound per environment alone would still let a thousand environments write a thousand times
 * twenty ids. By count: an environment's first values of a dimension pass up to its bound. All else is counted under
 * `Other`; nothing is lost from the totals.
 */
export class CardinalityGuard {
  readonly #seen: Map<DimensionName, Set<string>>;
  readonly #allowed: ReadonlyMap<DimensionName, ReadonlySet<string>>;
  #aggregated = 0;

  /**
   * `allowed` lists the only values a dimension may take, which bounds it across all environments exactly. `seen` are
   * the values that passed already: whoever makes another guard in the same environment hands them on.
   */
  constructor(
    allowed: Partial<Record<DimensionName, readonly string[]>> = {},
    seen: Map<DimensionName, Set<string>> = new Map(),
  ) {
    this.#seen = seen;
    const entries = Object.entries(allowed) as [DimensionName, readonly string[]][];
    this.#allowed = new Map(entries.map(([name, values]) => [name, new Set(values)]));
  }

  /** The value itself, or `Other`. */
  admit(dimension: DimensionName, value: string): string {
    if (this.#isAdmitted(dimension, value)) return value;
    this.#aggregated += 1;
    return OTHER;
  }

  /** How many values became `Other` so far. */
  get aggregated(): number {
    return this.#aggregated;
  }

  #isAdmitted(dimension: DimensionName, value: string): boolean {
    // Types promise a string; JavaScript callers and an unset AWS_LAMBDA_FUNCTION_NAME do not.
    if (typeof value !== 'string') return false;
    const allowed = this.#allowed.get(dimension);
    if (allowed !== undefined) return allowed.has(value);
    const seen = this.#seen.get(dimension) ?? new Set<string>();
    this.#seen.set(dimension, seen);
    if (seen.has(value)) return true;
    if (!looksLikeAName(dimension, value) || seen.size >= DIMENSION_BOUNDS[dimension]) return false;
    seen.add(value);
    return true;
  }
}

/** Function names may carry account-made suffixes with digits; whoever names a function pays for it already. */
function looksLikeAName(dimension: DimensionName, value: string): boolean {
  if (dimension === 'FunctionName') return FUNCTION_NAME_SHAPE.test(value);
  return NAME_SHAPE.test(value) && !IDENTIFIER_SHAPE.test(value);
}
