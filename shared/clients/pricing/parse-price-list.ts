import type { Architecture, ArchitecturePrices, DurationTier, LambdaPrices } from '../../domain/pricing/types.ts';

/** The members of a Price List product that are read here. */
interface Product {
  product?: { attributes?: { group?: string; regionCode?: string } };
  publicationDate?: string;
  terms?: { OnDemand?: Record<string, { priceDimensions?: Record<string, PriceDimension> }> };
}
interface PriceDimension {
  beginRange?: string;
  endRange?: string;
  pricePerUnit?: { USD?: string };
}

/** The `group` attribute of each price; the Price List puts `-ARM` behind those of arm64. */
const GROUPS = {
  duration: 'AWS-Lambda-Duration',
  requests: 'AWS-Lambda-Requests',
  provisioned: 'AWS-Lambda-Provisioned-Concurrency',
  provisionedDuration: 'AWS-Lambda-Duration-Provisioned',
  ephemeral: 'AWS-Lambda-Storage-Duration',
} as const;
const SUFFIXES: Readonly<Record<Architecture, string>> = { x86_64: '', arm64: '-ARM' };

type TiersByGroup = ReadonlyMap<string, readonly DurationTier[]>;

/**
 * Prices of a region out of GetProducts' documents (JSON texts). Undefined when a price is missing: a half-read list
 * is no list.
 */
export function parsePriceList(documents: readonly string[], region: string): LambdaPrices | undefined {
  const products = documents.map((text) => JSON.parse(text) as Product);
  const groups = tiersByGroup(products);
  const x86 = architecturePrices(groups, 'x86_64');
  const arm = architecturePrices(groups, 'arm64');
  const ephemeral = firstPrice(groups, GROUPS.ephemeral);
  if (x86 === undefined || arm === undefined || ephemeral === undefined) return undefined;
  const dates = products.map((each) => each.publicationDate ?? '').sort();
  return {
    region,
    asOf: dates.at(-1)!.slice(0, 10),
    source: 'price-list',
    architectures: { x86_64: x86, arm64: arm },
    ephemeralUsdPerGbSecond: ephemeral,
  };
}

/** A group may hold several products (the free tier is one); the one with the most priced tiers is the price. */
function tiersByGroup(products: readonly Product[]): TiersByGroup {
  const groups = new Map<string, readonly DurationTier[]>();
  for (const each of products) {
    const group = each.product?.attributes?.group ?? '';
    const tiers = tiersOf(each);
    if (tiers.length > (groups.get(group)?.length ?? 0)) groups.set(group, tiers);
  }
  return groups;
}

function architecturePrices(groups: TiersByGroup, architecture: Architecture): ArchitecturePrices | undefined {
  const suffix = SUFFIXES[architecture];
  const durationTiers = groups.get(GROUPS.duration + suffix);
  // Requests cost the same on both architectures; some regions list one price for the two.
  const usdPerRequest = firstPrice(groups, GROUPS.requests + suffix) ?? firstPrice(groups, GROUPS.requests);
  const provisioned = firstPrice(groups, GROUPS.provisioned + suffix);
  const provisionedDuration = firstPrice(groups, GROUPS.provisionedDuration + suffix);
  if (!durationTiers?.length || !usdPerRequest || !provisioned || !provisionedDuration) return undefined;
  return {
    durationTiers,
    usdPerRequest,
    provisionedUsdPerGbSecond: provisioned,
    provisionedDurationUsdPerGbSecond: provisionedDuration,
  };
}

const firstPrice = (groups: TiersByGroup, group: string): number | undefined => groups.get(group)?.[0]?.usdPerGbSecond;

/** A product's prices, the tier that begins at 0 first; what costs nothing is the free tier. */
function tiersOf({ terms }: Product): DurationTier[] {
  return Object.values(terms?.OnDemand ?? {})
    .flatMap((term) => Object.values(term.priceDimensions ?? {}))
    .map((each) => ({
      fromGbSeconds: Number(each.beginRange ?? 0),
      upToGbSeconds:
        each.endRange === undefined || each.endRange === 'Inf' ? Number.POSITIVE_INFINITY : Number(each.endRange),
      usdPerGbSecond: Number(each.pricePerUnit?.USD ?? Number.NaN),
    }))
    .filter((tier) => tier.usdPerGbSecond > 0)
    .sort((a, b) => a.fromGbSeconds - b.fromGbSeconds)
    .map(({ upToGbSeconds, usdPerGbSecond }) => ({ upToGbSeconds, usdPerGbSecond }));
}
