import type { DurationTier } from './types.ts';

export interface InvocationCostInput {
  readonly memorySizeMb: number;
  /** Billed duration before rounding up to a whole millisecond. */
  readonly meanDurationMs: number;
  readonly usdPerGbSecond: number;
  readonly usdPerRequest: number;
}

/** Cost in USD of one on-demand invocation: GB-seconds at 1 ms rounding plus the request fee. */
export function invocationCostUsd(input: InvocationCostInput): number {
  const billedSeconds = Math.ceil(input.meanDurationMs) / 1000;
  return billedSeconds * (input.memorySizeMb / 1024) * input.usdPerGbSecond + input.usdPerRequest;
}

/** Duration charge in USD of a month's GB-seconds over an account's tiers, counted from `usedGbSeconds` on. */
export function tieredDurationUsd(gbSeconds: number, tiers: readonly DurationTier[], usedGbSeconds = 0): number {
  let remaining = gbSeconds;
  let position = usedGbSeconds;
  let usd = 0;
  for (const tier of tiers) {
    const inTier = Math.min(remaining, Math.max(0, tier.upToGbSeconds - position));
    usd += inTier * tier.usdPerGbSecond;
    position += inTier;
    remaining -= inTier;
  }
  return usd;
}

/** Price of the account's next GB-second: what a change at the margin saves. */
export function marginalUsdPerGbSecond(tiers: readonly DurationTier[], accountGbSecondsPerMonth: number): number {
  const tier = tiers.find((each) => accountGbSecondsPerMonth < each.upToGbSeconds) ?? tiers.at(-1);
  if (tier === undefined) throw new RangeError('durationTiers must hold at least one tier, got none');
  return tier.usdPerGbSecond;
}
