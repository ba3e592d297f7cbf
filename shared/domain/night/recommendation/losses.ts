/** Losses of one size, one number for each possible curve. */
export type LossesOfSize = (column: number) => Float64Array;

/**
 * What each size would cost the customer under each possible curve, in the strategy's own unit; less is better. A size is
 * looked at when it is first asked for: most can be ruled out without.
 */
export class Losses {
  readonly columns: number;
  readonly #weights: Float64Array;
  readonly #tonight: LossesOfSize;
  readonly #lasting: LossesOfSize;
  readonly #expectedTonight: (column: number) => number;
  readonly #expectedLasting: (column: number) => number;

  constructor(weights: Float64Array, columns: number, tonight: LossesOfSize, lasting: LossesOfSize) {
    this.columns = columns;
    this.#weights = weights;
    this.#tonight = oncePerColumn(tonight);
    this.#lasting = oncePerColumn(lasting);
    this.#expectedTonight = oncePerColumn((column) => this.#expected(this.#tonight(column)));
    this.#expectedLasting = oncePerColumn((column) => this.#expected(this.#lasting(column)));
  }

  /** Loss of spending tonight at a size. */
  tonight(column: number): Float64Array {
    return this.#tonight(column);
  }

  /** Loss of staying at a size for good. */
  lasting(column: number): Float64Array {
    return this.#lasting(column);
  }

  /** Over all curves, by their weights. */
  expectedTonight(column: number): number {
    return this.#expectedTonight(column);
  }

  /** Over all curves, by their weights. */
  expectedLasting(column: number): number {
    return this.#expectedLasting(column);
  }

  #expected(losses: Float64Array): number {
    const weights = this.#weights;
    let expected = 0;
    for (let row = 0; row < weights.length; row++) expected += weights[row]! * losses[row]!;
    return expected;
  }
}

function oncePerColumn<T>(of: (column: number) => T): (column: number) => T {
  const known: T[] = [];
  return (column) => {
    known[column] ??= of(column);
    return known[column];
  };
}
