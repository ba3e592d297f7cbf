import type { RoundTime } from '../../shared/round-time.ts';

/** A round whose time is up when a test says so. */
export const upWhen = (isUp: () => boolean): RoundTime => ({ isUp, half: () => upWhen(isUp) });
