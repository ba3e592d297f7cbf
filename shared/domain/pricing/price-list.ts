import { fallbackPrices } from './fallback-prices.ts';
import type { Architecture, ArchitecturePrices, DurationTier, LambdaPrices } from './types.ts';

/**
 * Reads Lambda prices of a region from `pricing:GetProducts` (service code AWSLambda) price documents, each a JSON
 * string. What the documents do not say is taken from the dated fallback; returns the fallback itself when they hold
 * no on-demand duration price at all.
 */
export function parsePriceList(documents: readonly string[], region: string): LambdaPrices {
  const fallback = fallbackPrices(region);
  const products = documents.map(parseProduct).filter((each) => each !== undefined);
  const inRegion = products.filter((each) => each.region === region);
  const durations = inRegion.filter((each) => DURATION_GROUPS.has(each.group));
  if (durations.length === 0) return fallback;
  return {
    region,
    asOf: latestDate(durations) ?? fallback.asOf,
    source: 'price-list',
    architectures: {
      arm64: architecturePrices(inRegion, 'arm64', fallback.architectures.arm64),
      x86_64: architecturePrices(inRegion, 'x86_64', fallback.architectures.x86_64),
    },
    ephemeralUsdPerGbSecond:
      firstPrice(inRegion, ['AWS-Lambda-Storage-Duration', 'AWS-Lambda-Storage-Duration-ARM']) ??
      fallback.ephemeralUsdPerGbSecond,
  };
}

interface Product {
  readonly region: string;
  readonly group: string;
  readonly effectiveDate: string;
  readonly tiers: readonly DurationTier[];
}

/** Product groups of the AWSLambda offer, x86_64 first. */
const GROUPS: Readonly<
  Record<Architecture, { duration: string; requests: string; provisioned: string; provisionedDuration: string }>
> = {
  x86_64: {
    duration: 'AWS-Lambda-Duration',
    requests: 'AWS-Lambda-Requests',
    provisioned: 'AWS-Lambda-Provisioned-Concurrency',
    provisionedDuration: 'AWS-Lambda-Duration-Provisioned',
  },
  arm64: {
    duration: 'AWS-Lambda-Duration-ARM',
    requests: 'AWS-Lambda-Requests-ARM',
    provisioned: 'AWS-Lambda-Provisioned-Concurrency-ARM',
    provisionedDuration: 'AWS-Lambda-Duration-Provisioned-ARM',
  },
};

const DURATION_GROUPS: ReadonlySet<string> = new Set([GROUPS.x86_64.duration, GROUPS.arm64.duration]);

function architecturePrices(
  products: readonly Product[],
  architecture: Architecture,
  fallback: ArchitecturePrices,
): ArchitecturePrices {
  const groups = GROUPS[architecture];
  const tiers = products.find((each) => each.group === groups.duration)?.tiers;
  return {
    durationTiers: tiers ?? fallback.durationTiers,
    usdPerRequest: firstPrice(products, [groups.requests]) ?? fallback.usdPerRequest,
    provisionedUsdPerGbSecond: firstPrice(products, [groups.provisioned]) ?? fallback.provisionedUsdPerGbSecond,
    provisionedDurationUsdPerGbSecond:
      firstPrice(products, [groups.provisionedDuration]) ?? fallback.provisionedDurationUsdPerGbSecond,
  };
}

/** First paid tier of a group; requests, storage and provisioned concurrency have one, after a free one at most. */
function firstPrice(products: readonly Product[], groups: readonly string[]): number | undefined {
  const tiers = products.filter((each) => groups.includes(each.group)).flatMap((each) => each.tiers);
  return tiers.find((tier) => tier.usdPerGbSecond > 0)?.usdPerGbSecond;
}

function latestDate(products: readonly Product[]): string | undefined {
  const dates = products.map((each) => each.effectiveDate).filter((date) => date !== '');
  return dates.toSorted().at(-1)?.slice(0, 10);
}

interface PriceDocument {
  readonly product?: { readonly attributes?: { readonly group?: string; readonly regionCode?: string } };
  readonly terms?: { readonly OnDemand?: Readonly<Record<string, OnDemandTerm>> };
}

interface OnDemandTerm {
  readonly effectiveDate?: string;
  readonly priceDimensions?: Readonly<Record<string, PriceDimension>>;
}

interface PriceDimension {
  readonly endRange?: string;
  readonly pricePerUnit?: { readonly USD?: string };
}

/** A product's paid tiers; undefined for what is no JSON, no product of a group, or has no price in USD. */
function parseProduct(text: string): Product | undefined {
  const document = parseDocument(text);
  const { group, regionCode } = document?.product?.attributes ?? {};
  const term = Object.values(document?.terms?.OnDemand ?? {})[0];
  if (group === undefined || regionCode === undefined || term === undefined) return undefined;
  const tiers = Object.values(term.priceDimensions ?? {})
    .map(tierOf)
    .filter((tier) => tier.usdPerGbSecond > 0 && !Number.isNaN(tier.upToGbSeconds))
    .sort((a, b) => a.upToGbSeconds - b.upToGbSeconds);
  if (tiers.length === 0) return undefined;
  return { region: regionCode, group, effectiveDate: term.effectiveDate ?? '', tiers };
}

function parseDocument(text: string): PriceDocument | undefined {
  try {
    return JSON.parse(text) as PriceDocument;
  } catch {
    // One unreadable document must not hide the others: what it would have said comes from the fallback.
    return undefined;
  }
}

function tierOf(dimension: PriceDimension): DurationTier {
  const end = dimension.endRange ?? 'Inf';
  return {
    upToGbSeconds: end === 'Inf' ? Number.POSITIVE_INFINITY : Number(end),
    usdPerGbSecond: Number(dimension.pricePerUnit?.USD ?? 0),
  };
}
