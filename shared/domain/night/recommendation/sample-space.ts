/** Where arrays of numbers come from. What is in one is not defined until it is written. */
export type TakeNumbers = (length: number) => Float64Array;

export const takeNew: TakeNumbers = (length) => new Float64Array(length);

/** A choice among some forty sizes takes two thirds of this; one among more gets memory of its own beside it. */
const NUMBERS = 2 ** 15;

/**
 * Memory for one function after the other: a model's samples are a quarter of a megabyte that is needed for a millisecond,
 * and to allocate it anew for each of ten thousand functions costs more collecting than the numbers in it.
 */
export class SampleSpace {
  readonly #memory = new Float64Array(NUMBERS);
  #taken = 0;

  /** Ends the use of everything taken so far. */
  clear(): void {
    this.#taken = 0;
  }

  readonly take: TakeNumbers = (length) => {
    if (this.#taken + length > NUMBERS) return takeNew(length);
    this.#taken += length;
    return this.#memory.subarray(this.#taken - length, this.#taken);
  };
}
