/**
 * The Price List's AWSLambda products of two regions, in the shape in which GetProducts returns them. us-east-1 list
 * prices, USD, from the offer published 2026-09-19, which us-west-2 has as well; SKUs are made up.
 */
export const PUBLICATION_DATE = '2026-09-19T00:00:00Z';
const VERSION = '20260919000000';

interface Tier {
  readonly from: string;
  readonly to: string;
  readonly usd: string;
}

interface Product {
  readonly group: string;
  readonly groupDescription: string;
  readonly usageType: string;
  readonly unit: string;
  readonly tiers: readonly Tier[];
}

const BILLION = 1_000_000_000;

function tiers(bounds: readonly number[], prices: readonly string[]): Tier[] {
  return prices.map((usd, index) => ({
    from: String((bounds[index - 1] ?? 0) * BILLION),
    to: bounds[index] === undefined ? 'Inf' : String(bounds[index] * BILLION),
    usd,
  }));
}

function flat(usd: string): Tier[] {
  return [{ from: '0', to: 'Inf', usd }];
}

const SECONDS = 'Lambda-GB-Second';

const PRODUCTS: readonly Product[] = [
  {
    group: 'AWS-Lambda-Duration',
    groupDescription: 'Invocation duration weighted by memory assigned to function, measured in GB-s',
    usageType: 'Lambda-GB-Second',
    unit: SECONDS,
    tiers: tiers([6, 15], ['0.0000166667', '0.0000150000', '0.0000133334']),
  },
  {
    group: 'AWS-Lambda-Duration-ARM',
    groupDescription: 'Invocation duration weighted by memory assigned to function, measured in GB-s (ARM)',
    usageType: 'Lambda-GB-Second-ARM',
    unit: SECONDS,
    tiers: tiers([7.5, 18.75], ['0.0000133334', '0.0000120001', '0.0000106667']),
  },
  {
    group: 'AWS-Lambda-Requests',
    groupDescription: 'Invocation call for a Lambda function',
    usageType: 'Request',
    unit: 'Requests',
    tiers: flat('0.0000002000'),
  },
  {
    group: 'AWS-Lambda-Requests-ARM',
    groupDescription: 'Invocation call for a Lambda function (ARM)',
    usageType: 'Request-ARM',
    unit: 'Requests',
    tiers: flat('0.0000002000'),
  },
  {
    group: 'AWS-Lambda-Provisioned-Concurrency',
    groupDescription: 'Provisioned Concurrency weighted by memory assigned to function, measured in GB-s',
    usageType: 'Lambda-Provisioned-Concurrency',
    unit: SECONDS,
    tiers: flat('0.0000041667'),
  },
  {
    group: 'AWS-Lambda-Provisioned-Concurrency-ARM',
    groupDescription: 'Provisioned Concurrency weighted by memory assigned to function, measured in GB-s (ARM)',
    usageType: 'Lambda-Provisioned-Concurrency-ARM',
    unit: SECONDS,
    tiers: flat('0.0000033334'),
  },
  {
    group: 'AWS-Lambda-Duration-Provisioned',
    groupDescription: 'Invocation duration under Provisioned Concurrency, measured in GB-s',
    usageType: 'Lambda-Provisioned-GB-Second',
    unit: SECONDS,
    tiers: flat('0.0000097222'),
  },
  {
    group: 'AWS-Lambda-Duration-Provisioned-ARM',
    groupDescription: 'Invocation duration under Provisioned Concurrency, measured in GB-s (ARM)',
    usageType: 'Lambda-Provisioned-GB-Second-ARM',
    unit: SECONDS,
    tiers: flat('0.0000077778'),
  },
  {
    group: 'AWS-Lambda-Storage-Duration',
    groupDescription: 'Ephemeral storage above 512 MB, measured in GB-s',
    usageType: 'Lambda-Storage-GB-Second',
    unit: SECONDS,
    tiers: flat('0.0000000309'),
  },
  {
    group: 'AWS-Lambda-Storage-Duration-ARM',
    groupDescription: 'Ephemeral storage above 512 MB, measured in GB-s (ARM)',
    usageType: 'Lambda-Storage-GB-Second-ARM',
    unit: SECONDS,
    tiers: flat('0.0000000309'),
  },
];

/** One entry of GetProducts' PriceList: attributes to filter on, and the JSON text itself. */
export interface PriceListEntry {
  readonly attributes: Readonly<Record<string, string>>;
  readonly json: string;
}

/** Regions whose prices are kept, with their names in the Price List. */
export const PRICED_REGIONS: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-west-2': 'US West (Oregon)',
};

export const LAMBDA_PRICE_LIST: readonly PriceListEntry[] = Object.keys(PRICED_REGIONS).flatMap((regionCode, at) =>
  PRODUCTS.map((product, index) => entryOf(product, regionCode, at * PRODUCTS.length + index)),
);

function entryOf(product: Product, regionCode: string, ordinal: number): PriceListEntry {
  const sku = `SANDBOX${String(ordinal).padStart(9, '0')}`;
  const location = PRICED_REGIONS[regionCode]!;
  const attributes = {
    servicecode: 'AWSLambda',
    servicename: 'AWS Lambda',
    location,
    locationType: 'AWS Region',
    regionCode,
    group: product.group,
    groupDescription: product.groupDescription,
    usagetype: product.usageType,
    operation: '',
  };
  const offer = `${sku}.JRTCKXETXF`;
  const priceDimensions = Object.fromEntries(
    product.tiers.map((tier, tierIndex) => {
      const rateCode = `${offer}.TIER${tierIndex}`;
      const { from: beginRange, to: endRange, usd: USD } = tier;
      const description = `AWS Lambda - ${product.groupDescription} - ${location}`;
      return [
        rateCode,
        { unit: product.unit, endRange, description, appliesTo: [], rateCode, beginRange, pricePerUnit: { USD } },
      ];
    }),
  );
  const terms = {
    OnDemand: {
      [offer]: {
        priceDimensions,
        sku,
        effectiveDate: '2026-09-01T00:00:00Z',
        offerTermCode: 'JRTCKXETXF',
        termAttributes: {},
      },
    },
  };
  const json = JSON.stringify({
    product: { productFamily: 'Serverless', attributes, sku },
    serviceCode: 'AWSLambda',
    terms,
    version: VERSION,
    publicationDate: PUBLICATION_DATE,
  });
  return { attributes: { ...attributes, productFamily: 'Serverless' }, json };
}
