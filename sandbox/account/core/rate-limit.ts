/** Rounding of fractional milliseconds must not refuse a caller who keeps exactly to the rate. */
const TOLERANCE_MS = 0.5;

/**
 * A token bucket in virtual time that starts full. Implemented as one number, the time at which the bucket would be
 * full again (the generic cell rate algorithm), so that it needs no timer.
 */
export class RateLimit {
  private fullAtMs = -Infinity;
  private readonly intervalMs: number;
  private readonly burst: number;
  private readonly now: () => number;

  /** @param burst how many calls a full bucket lets pass at once; one second's worth unless said otherwise */
  constructor(now: () => number, ratePerSecond: number, burst: number = ratePerSecond) {
    this.now = now;
    this.intervalMs = 1000 / ratePerSecond;
    this.burst = burst;
  }

  /** Takes a token if there is one. */
  tryTake(): boolean {
    const now = this.now();
    const fullAtMs = Math.max(this.fullAtMs, now) + this.intervalMs;
    if (fullAtMs - now > this.burst * this.intervalMs + TOLERANCE_MS) return false;
    this.fullAtMs = fullAtMs;
    return true;
  }
}
