import { RateLimit } from './rate-limit.ts';

/** A documented rate. */
export interface Rate {
  readonly perSecond: number;
  /** Tokens that a full bucket holds. @default - one second's worth */
  readonly burst?: number;
}

/** How near a night came to a rate. */
export interface RateUse {
  /** Service and what is counted, e.g. `Lambda.GetFunction`. */
  readonly limit: string;
  /** What the account grants, after what others use. */
  readonly perSecond: number;
  readonly busiestSecond: number;
  readonly refused: number;
}

/** The rates of one service, each a bucket of its own. What has no rate passes. */
export class RateLimits {
  private readonly service: string;
  private readonly limits: ReadonlyMap<string, { perSecond: number; bucket: RateLimit }>;

  /** @param left share of every rate that the account's other users leave */
  constructor(now: () => number, service: string, rates: Readonly<Record<string, Rate>>, left = 1) {
    this.service = service;
    this.limits = new Map(
      Object.entries(rates).map(([name, { perSecond, burst = perSecond }]) => [
        name,
        { perSecond: perSecond * left, bucket: new RateLimit(now, perSecond * left, burst * left) },
      ]),
    );
  }

  tryTake(name: string, tokens = 1): boolean {
    return this.limits.get(name)?.bucket.tryTake(tokens) ?? true;
  }

  use(): RateUse[] {
    return [...this.limits].map(([name, { perSecond, bucket }]) => ({
      limit: `${this.service}.${name}`,
      perSecond,
      busiestSecond: bucket.busiestSecond,
      refused: bucket.refused,
    }));
  }
}
