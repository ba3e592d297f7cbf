import type { RateUse } from '../../sandbox/account/core/rate-limits.ts';
import { rounded } from '../load/statistics.ts';

/** Less than this share of a rate is not worth a line. */
const SMALLEST_SHARE = 0.01;

/** The share of each rate that was taken in the busiest second. */
export function rateShares(use: readonly RateUse[]): Record<string, number> {
  const shares = use.map(
    ({ limit, busiestSecond, perSecond }) => [limit, rounded(busiestSecond / perSecond, 2)] as const,
  );
  return Object.fromEntries(shares.filter(([, share]) => share >= SMALLEST_SHARE));
}

export const throttledCalls = (use: readonly RateUse[]): number => use.reduce((sum, { refused }) => sum + refused, 0);
