import type { Assessment, Savings } from '../../../shared/contracts/assessment.ts';
import { invocationCostUsd } from '../../../shared/domain/pricing/lambda-cost.ts';
import type { LambdaPrices } from '../../../shared/domain/pricing/types.ts';

/** Ephemeral storage up to here is free. */
const FREE_EPHEMERAL_MB = 512;

/**
 * Cost of a month at the current and at the recommended size, at the traffic production has.
 *
 * Before is what was measured; after is that times the model's predicted ratio, so that an error of the model's level
 * does not count as money. Prices are those of the first tier: which tier the account's next GB-second falls in nobody
 * says here, and the first is what nearly every account pays. The request fee is in both; free tier and Savings Plans
 * are left out, as they would only make the saving look larger where it is not.
 */
export function monthlySavings(assessment: Assessment, prices: LambdaPrices): Savings {
  const before = monthlyCostUsd(assessment, assessment.current.memorySizeMb, prices);
  const after = monthlyCostUsd(assessment, assessment.recommended.memorySizeMb, prices);
  const saved = before - after;
  return {
    costUsdPerMonthBefore: toMicroUsd(before),
    costUsdPerMonthAfter: toMicroUsd(after),
    requestsUsdPerMonth: toMicroUsd(requestsUsdPerMonth(assessment, prices)),
    savingsUsdPerMonth: toMicroUsd(saved),
    savingsUsdPerYear: toMicroUsd(saved * 12),
    ...endSavings(assessment, before, saved),
    pricesAsOf: prices.asOf,
    priceSource: prices.source === 'price-list' ? 'PriceList' : 'Fallback',
  };
}

/** Where tonight's step is not the last, what the model expects of the way it opens. */
function endSavings(
  { expectedEndGain = 0, current, recommended }: Assessment,
  before: number,
  saved: number,
): Pick<Savings, 'expectedEndSavingsUsdPerMonth'> {
  const expected = expectedEndGain * before;
  const isStep = current.memorySizeMb !== recommended.memorySizeMb && expected > saved;
  return isStep ? { expectedEndSavingsUsdPerMonth: toMicroUsd(expected) } : {};
}

const requestsUsdPerMonth = ({ metrics, architecture }: Assessment, prices: LambdaPrices): number =>
  (metrics?.invocationsPerMonth ?? 0) * prices.architectures[architecture].usdPerRequest;

/** 0 where nothing is known of traffic or duration: then nothing may be claimed to be saved either. */
function monthlyCostUsd(assessment: Assessment, memorySizeMb: number, prices: LambdaPrices): number {
  const { metrics, architecture, ephemeralStorageMb } = assessment;
  const meanDurationMs = expectedDurationMs(assessment, memorySizeMb);
  if (metrics === undefined || meanDurationMs === undefined) return 0;
  const { durationTiers, usdPerRequest } = prices.architectures[architecture];
  const { usdPerGbSecond } = durationTiers[0]!;
  const invocationUsd = invocationCostUsd({ memorySizeMb, meanDurationMs, usdPerGbSecond, usdPerRequest });
  const ephemeralGb = Math.max(0, ephemeralStorageMb - FREE_EPHEMERAL_MB) / 1024;
  const ephemeralUsd = (Math.ceil(meanDurationMs) / 1000) * ephemeralGb * prices.ephemeralUsdPerGbSecond;
  return metrics.invocationsPerMonth * (invocationUsd + ephemeralUsd);
}

function expectedDurationMs({ metrics, candidates, current }: Assessment, memorySizeMb: number): number | undefined {
  const measured = metrics?.meanDurationMs;
  if (measured === undefined || memorySizeMb === current.memorySizeMb) return measured;
  const here = candidates.find((each) => each.memorySizeMb === current.memorySizeMb);
  const there = candidates.find((each) => each.memorySizeMb === memorySizeMb);
  if (here === undefined || there === undefined) return undefined;
  return (measured * there.meanDurationMs) / here.meanDurationMs;
}

const toMicroUsd = (usd: number): number => Math.round(usd * 1e6) / 1e6;
