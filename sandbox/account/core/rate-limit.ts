/** Rounding of fractional milliseconds must not refuse a caller who keeps exactly to the rate. */
const TOLERANCE_MS = 0.5;

/**
 * A token bucket in virtual time that starts full. Implemented as one number, the time at which the bucket would be
 * full again (the generic cell rate algorithm), so that it needs no timer.
 */
export class RateLimit {
  /** Most tokens taken within one second of the clock. */
  busiestSecond = 0;
  /** Callers sent away. */
  refused = 0;
  private fullAtMs = -Infinity;
  private second = Number.NaN;
  private takenThisSecond = 0;
  private readonly intervalMs: number;
  private readonly burst: number;
  private readonly now: () => number;

  /** @param burst how many tokens a full bucket holds; one second's worth unless said otherwise */
  constructor(now: () => number, ratePerSecond: number, burst: number = ratePerSecond) {
    this.now = now;
    this.intervalMs = 1000 / ratePerSecond;
    this.burst = burst;
  }

  /** Takes tokens if there are as many; who needs more than the bucket holds gets them from a full one. */
  tryTake(tokens = 1): boolean {
    const now = this.now();
    const fullAtMs = Math.max(this.fullAtMs, now);
    const room = Math.max(0, this.burst - tokens) * this.intervalMs;
    if (fullAtMs - now > room + TOLERANCE_MS) {
      this.refused += 1;
      return false;
    }
    this.fullAtMs = fullAtMs + tokens * this.intervalMs;
    this.count(Math.floor(now / 1000), tokens);
    return true;
  }

  private count(second: number, tokens: number): void {
    this.takenThisSecond = second === this.second ? this.takenThisSecond + tokens : tokens;
    this.second = second;
    this.busiestSecond = Math.max(this.busiestSecond, this.takenThisSecond);
  }
}
