import { modelledWallClock } from './modelled-wall-clock.ts';
import type { ScaleRow } from './scale-row.ts';

/** A size that is not run: what its night has to do is counted on from the largest that was. */
export interface ModelRow {
  readonly functions: number;
  readonly looked: number;
  readonly changed: number;
  readonly wallClockSecondsAtAwsLimits: number;
  readonly by: 'counted model';
}

/** A night asks about no more than this, however many functions there are (`policy.maximumProposals`). */
const MOST_PROPOSALS = 1_000;

export function modelRow(functions: number, { functions: run, assessed, applied }: ScaleRow): ModelRow {
  const looked = Math.round((functions * assessed) / run);
  const changed = Math.min(MOST_PROPOSALS, Math.round((functions * applied) / run));
  const seconds = modelledWallClock({ functions, looked, changed, settled: changed });
  return { functions, looked, changed, wallClockSecondsAtAwsLimits: seconds, by: 'counted model' };
}
