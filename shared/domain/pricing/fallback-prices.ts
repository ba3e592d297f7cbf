import type { Architecture, ArchitecturePrices, LambdaPrices } from './types.ts';

/**
 * Dated fallback for when the Price List cannot be read: AWSLambda offer published 2026-09-19, us-east-1, USD
 * (the same figures stand in a Price List dump of 2025-10-28). Tiers are GB-seconds a month.
 * @see https://aws.amazon.com/lambda/pricing/
 */
const X86_64: ArchitecturePrices = {
  durationTiers: [
    { upToGbSeconds: 6e9, usdPerGbSecond: 0.0000166667 },
    { upToGbSeconds: 15e9, usdPerGbSecond: 0.000015 },
    { upToGbSeconds: Number.POSITIVE_INFINITY, usdPerGbSecond: 0.0000133334 },
  ],
  usdPerRequest: 0.2e-6,
  provisionedUsdPerGbSecond: 0.0000041667,
  provisionedDurationUsdPerGbSecond: 0.0000097222,
};

const ARM64: ArchitecturePrices = {
  durationTiers: [
    { upToGbSeconds: 7.5e9, usdPerGbSecond: 0.0000133334 },
    { upToGbSeconds: 18.75e9, usdPerGbSecond: 0.0000120001 },
    { upToGbSeconds: Number.POSITIVE_INFINITY, usdPerGbSecond: 0.0000106667 },
  ],
  usdPerRequest: 0.2e-6,
  provisionedUsdPerGbSecond: 0.0000033334,
  provisionedDurationUsdPerGbSecond: 0.0000077778,
};

/** Tier-1 x86_64 price of the regions known to be dearer than us-east-1 (Price List, 2026-09-19). */
const DEARER_REGIONS: Readonly<Record<string, number>> = {
  'af-south-1': 0.0000221,
  'ap-east-1': 0.00002292,
  'eu-south-1': 0.0000195172,
  'me-south-1': 0.0000206667,
};

export const FALLBACK_AS_OF = '2026-09-19';

const REFERENCE_USD_PER_GB_SECOND = 0.0000166667;

/** Prices of a region from the dated table; a dearer region scales every duration price by its known tier-1 ratio. */
export function fallbackPrices(region = 'us-east-1'): LambdaPrices {
  const factor = (DEARER_REGIONS[region] ?? REFERENCE_USD_PER_GB_SECOND) / REFERENCE_USD_PER_GB_SECOND;
  return {
    region,
    asOf: FALLBACK_AS_OF,
    source: 'fallback',
    architectures: { arm64: scaled(ARM64, factor), x86_64: scaled(X86_64, factor) },
    ephemeralUsdPerGbSecond: 0.0000000309 * factor,
  };
}

function scaled(prices: ArchitecturePrices, factor: number): ArchitecturePrices {
  return {
    ...prices,
    durationTiers: prices.durationTiers.map((tier) => ({ ...tier, usdPerGbSecond: tier.usdPerGbSecond * factor })),
    provisionedUsdPerGbSecond: prices.provisionedUsdPerGbSecond * factor,
    provisionedDurationUsdPerGbSecond: prices.provisionedDurationUsdPerGbSecond * factor,
  };
}

/** First-tier unit prices of us-east-1, what a recommendation assumes when told nothing else. */
export function defaultUnitPrices(architecture: Architecture): { usdPerGbSecond: number; usdPerRequest: number } {
  const prices = fallbackPrices().architectures[architecture];
  return { usdPerGbSecond: prices.durationTiers[0]!.usdPerGbSecond, usdPerRequest: prices.usdPerRequest };
}
