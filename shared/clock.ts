/**
 * The one source of time and waiting outside the pure rooms. Handlers read it at the edge and hand `now` on as an
 * argument; the sandbox replaces it with virtual time, so that a twenty-hour wait costs a millisecond.
 */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

let current: Clock = systemClock;

export const clock: Clock = {
  now: () => current.now(),
  sleep: (ms) => current.sleep(ms),
};

/** Replaces the clock for the whole process; returns a function that puts the former one back. */
export function useClock(replacement: Clock): () => void {
  const former = current;
  current = replacement;
  return () => {
    current = former;
  };
}
