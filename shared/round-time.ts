/** How long an invocation may go on with its work. */
export interface RoundTime {
  /** Whether nothing that takes up to so many ms may be begun any more. @default no more than one write */
  isUp(neededMs?: number): boolean;
  /** A time that is up when half of what is left now is used: for reading what must then still be acted upon. */
  half(): RoundTime;
}

/**
 * Before its end an invocation begins nothing any more, in ms: a call takes five tries of fifteen seconds and ten of
 * waiting at the worst (shared/clients/sdk.ts), and the answer and the lists are still to be written.
 */
export const STOP_BEFORE_END_MS = 120_000;

/** For who is not an invocation. */
export const ENDLESS: RoundTime = { isUp: () => false, half: () => ENDLESS };

/** @param remainingMs of the invocation: Lambda's `getRemainingTimeInMillis` */
export function roundTime(remainingMs: () => number, stopMs = STOP_BEFORE_END_MS): RoundTime {
  return {
    isUp: (neededMs = 0) => remainingMs() < stopMs + neededMs,
    half: () => roundTime(remainingMs, (stopMs + Math.max(stopMs, remainingMs())) / 2),
  };
}
