import { tieredDurationUsd } from './lambda-cost.ts';
import type { Architecture, LambdaPrices } from './types.ts';

/** A function's month, as it is billed. */
export interface MonthlyUsage {
  readonly architecture: Architecture;
  readonly memorySizeMb: number;
  readonly requests: number;
  /** Mean billed duration of an invocation before rounding, INIT included where it is billed, milliseconds. */
  readonly meanDurationMs: number;
  readonly ephemeralStorageMb?: number | undefined;
  /** Environments kept provisioned all month. */
  readonly provisionedConcurrency?: number | undefined;
  /** Share of requests served by provisioned environments, 0 to 1; default 1 when any are provisioned. */
  readonly provisionedShare?: number | undefined;
  /** The account's other GB-seconds of the month in this region and architecture: where in the tiers this lands. */
  readonly accountGbSeconds?: number | undefined;
}

/** A month's cost in USD, line by line. */
export interface MonthlyCost {
  readonly durationUsd: number;
  readonly requestsUsd: number;
  readonly ephemeralStorageUsd: number;
  readonly provisionedUsd: number;
  readonly totalUsd: number;
}

/** Seconds of a 30-day month. */
export const SECONDS_PER_MONTH = 30 * 86_400;
/** Ephemeral storage that is free of charge. */
const FREE_EPHEMERAL_MB = 512;

/** What a function costs a month; on-demand duration runs through the account's tiers, the rest has flat prices. */
export function monthlyCost(usage: MonthlyUsage, prices: LambdaPrices): MonthlyCost {
  const price = prices.architectures[usage.architecture];
  const gb = usage.memorySizeMb / 1024;
  const billedSeconds = (usage.requests * Math.ceil(usage.meanDurationMs)) / 1000;
  const provisioned = usage.provisionedConcurrency ?? 0;
  const provisionedShare = provisioned === 0 ? 0 : (usage.provisionedShare ?? 1);
  const onDemandGbSeconds = billedSeconds * (1 - provisionedShare) * gb;
  const durationUsd = tieredDurationUsd(onDemandGbSeconds, price.durationTiers, usage.accountGbSeconds ?? 0);
  const requestsUsd = usage.requests * price.usdPerRequest;
  const extraGb = Math.max(0, (usage.ephemeralStorageMb ?? FREE_EPHEMERAL_MB) - FREE_EPHEMERAL_MB) / 1024;
  const ephemeralStorageUsd = extraGb * billedSeconds * prices.ephemeralUsdPerGbSecond;
  const provisionedUsd =
    provisioned * gb * SECONDS_PER_MONTH * price.provisionedUsdPerGbSecond +
    billedSeconds * provisionedShare * gb * price.provisionedDurationUsdPerGbSecond;
  const totalUsd = durationUsd + requestsUsd + ephemeralStorageUsd + provisionedUsd;
  return { durationUsd, requestsUsd, ephemeralStorageUsd, provisionedUsd, totalUsd };
}

/** Savings of a change, USD; positive is saved. Never more than what the function costs before. */
export interface Savings {
  readonly perMonthUsd: number;
  readonly perYearUsd: number;
}

export function savingsBetween(before: MonthlyUsage, after: MonthlyUsage, prices: LambdaPrices): Savings {
  const perMonthUsd = monthlyCost(before, prices).totalUsd - monthlyCost(after, prices).totalUsd;
  return { perMonthUsd, perYearUsd: perMonthUsd * 12 };
}
