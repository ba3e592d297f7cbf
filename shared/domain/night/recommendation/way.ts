import { FAMILIAR_SIZES_MB } from './familiar-sizes.ts';
import type { Losses } from './losses.ts';
import { LOOKAHEAD_SIZES_MB, lastingRange } from './memory-sizes.ts';
import type { CurveSamples } from './posterior.ts';
import type { RecommendationRequest } from './types.ts';

/** Share of the possible curves that may end below the least size that a way is said to lead to. */
const BELOW_SHARE = 0.05;
const FAMILIAR: ReadonlySet<number> = new Set(FAMILIAR_SIZES_MB);

/**
 * The least size that tonight's step and those it leads to are expected to end at: below it only one possible curve in
 * twenty has its best size. What one consent may cover is said in it.
 *
 * @param ends the present and the chosen size, which are on the way whatever the curves say
 */
export function leastOnTheWay(
  request: RecommendationRequest,
  samples: CurveSamples,
  losses: Losses,
  ends: readonly number[],
): number {
  const { minMb, maxMb } = lastingRange(request);
  const reachable = samples.sizes
    .slice(0, losses.columns)
    .flatMap((size, column) => (isEnd(size) && size >= minMb && size <= maxMb ? [column] : []));
  const weightAt = new Map<number, number>();
  samples.weights.forEach((weight, row) => {
    const best = bestColumn(losses, row, reachable);
    if (best !== undefined) weightAt.set(samples.sizes[best]!, (weightAt.get(samples.sizes[best]!) ?? 0) + weight);
  });
  return Math.min(lowerQuantile(weightAt), ...ends);
}

const isEnd = (size: number): boolean => FAMILIAR.has(size) || LOOKAHEAD_SIZES_MB.has(size);

function bestColumn(losses: Losses, row: number, columns: readonly number[]): number | undefined {
  let best: number | undefined;
  for (const column of columns)
    if (best === undefined || losses.lasting(column)[row]! < losses.lasting(best)[row]!) best = column;
  return best;
}

/** Infinity where no curve has a best size, as nothing is in reach. */
function lowerQuantile(weightAt: ReadonlyMap<number, number>): number {
  let below = 0;
  for (const [size, weight] of [...weightAt].toSorted(([a], [b]) => a - b)) {
    below += weight;
    if (below > BELOW_SHARE) return size;
  }
  return Number.POSITIVE_INFINITY;
}
