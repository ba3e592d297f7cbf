import { isFamiliarSize } from './familiar-sizes.ts';
import { RECOGNISABLE_SIZES_MB } from './memory-sizes.ts';
import { MEASURING_TOLERANCE } from './objective.ts';

/** Gain in expected loss below which a change is not worth making: what a measured curve's own noise amounts to. */
const LEAST_GAIN = 0.003;
/** Differences in expected loss that are noise: a size people recognise is preferred to one they do not. */
const INDIFFERENT = 0.001;
const RECOGNISABLE: ReadonlySet<number> = new Set(RECOGNISABLE_SIZES_MB);

/** What a size is chosen among; sizes share the order of the values. */
export interface Alternatives {
  readonly current: number;
  readonly sizes: readonly number[];
  readonly keptValue: number;
  /** See `attentionPrice`. */
  readonly price: number;
  /** See `asksFamiliarSizes`. */
  readonly isFamiliar: boolean;
}

/** The best size, or the current one while the gain would be within the noise, or in the end not worth a question. */
export function leastLoss(
  values: Float64Array,
  { current, sizes, keptValue, price, isFamiliar }: Alternatives,
): number {
  let best = current;
  for (let column = 0; column < values.length; column++) if (values[column]! < values[best]!) best = column;
  if (values[best]! > values[current]! - LEAST_GAIN) return current;
  const mayKeep = Number.isFinite(values[current]!);
  if (price > 0 && mayKeep && keptValue - values[best]! < price) return current;
  return isFamiliar
    ? mostFamiliar(values, best, current, sizes)
    : mostRecognisable(values, best, (column) => RECOGNISABLE.has(sizes[column]!), INDIFFERENT);
}

/** An exact size (a floor, one that has run before) must be worth more than the noise to be asked for. */
function mostFamiliar(values: Float64Array, best: number, current: number, sizes: readonly number[]): number {
  const isFamiliar = (column: number): boolean => column !== current && isFamiliarSize(sizes[column]!);
  return mostRecognisable(values, best, isFamiliar, MEASURING_TOLERANCE);
}

function mostRecognisable(
  values: Float64Array,
  best: number,
  isRecognisable: (column: number) => boolean,
  noise: number,
): number {
  let chosen = best;
  for (let column = 0; column < values.length; column++) {
    if (!isRecognisable(column) || values[column]! > values[best]! + noise) continue;
    if (!isRecognisable(chosen) || values[column]! < values[chosen]!) chosen = column;
  }
  return chosen;
}
