import type { Clock } from '../clock.ts';

/** Waits until so many units (calls, unless said otherwise) may be used. */
export type Pace = (units?: number) => Promise<void>;

/** For whoever asks AWS so little that nobody need wait. */
export const UNPACED: Pace = async () => {};

/**
 * No more than so many units a second by all who share it, in the order they ask. Nothing is saved up: after a rest the
 * first goes at once and the next after its time. Make one for each invocation; what another environment does it
 * cannot know.
 */
export function createPace(unitsPerSecond: number, clock: Pick<Clock, 'now' | 'sleep'>): Pace {
  let nextMs = 0;
  return async (units = 1) => {
    const nowMs = clock.now();
    const atMs = Math.max(nowMs, nextMs);
    nextMs = atMs + (units * 1_000) / unitsPerSecond;
    if (atMs > nowMs) await clock.sleep(Math.ceil(atMs - nowMs));
  };
}
