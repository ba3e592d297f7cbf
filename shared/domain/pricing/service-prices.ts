import { fallbackPrices } from './fallback-prices.ts';

/** A price in USD for one unit of what a night uses; first tier of us-east-1, free tiers left out. */
export interface ServicePrice {
  readonly usd: number;
  /** What one unit is. */
  readonly per: string;
  /** Where the figure was read, and when. */
  readonly source: string;
}

/** Month in which the youngest of these was read. */
export const PRICES_AS_OF = '2026-09';

const MILLION = 1e6;
const GIB = 2 ** 30;
const HOURS_PER_MONTH = 720;
export const NIGHTS_PER_MONTH = 30;

const LAMBDA = fallbackPrices().architectures.arm64;
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/, read 2026-09';

/**
 * Every price on a night's bill. Dated, not looked up: it says what running the product costs to within the change of
 * a price list, and decides nothing.
 */
export const SERVICE_PRICES = {
  stateTransitions: {
    usd: 25 / MILLION,
    per: 'state transition of a Standard workflow, retries included',
    source: 'https://aws.amazon.com/step-functions/pricing/, read 2026-09',
  },
  expressRequests: {
    usd: 1 / MILLION,
    per: 'Express execution',
    source: 'https://aws.amazon.com/step-functions/pricing/, read 2026-09',
  },
  expressGbSeconds: {
    usd: 0.00001667,
    per: 'GB-second of Express executions, by 64 MB and 100 ms',
    source: 'https://aws.amazon.com/step-functions/pricing/, read 2026-09',
  },
  lambdaRequests: {
    usd: LAMBDA.usdPerRequest,
    per: 'invocation of a task',
    source: 'Price List, AWSLambda, published 2026-09-19',
  },
  lambdaGbSeconds: {
    usd: LAMBDA.durationTiers[0]!.usdPerGbSecond,
    per: 'GB-second of tasks on arm64',
    source: 'Price List, AWSLambda, published 2026-09-19',
  },
  metricsRead: {
    usd: 0.01 / 1_000,
    per: 'metric asked of GetMetricData, up to five statistics of it at once',
    source: CLOUDWATCH,
  },
  logBytesScanned: { usd: 0.005 / GIB, per: 'byte that Logs Insights scans', source: CLOUDWATCH },
  readUnits: {
    usd: 0.125 / MILLION,
    per: 'read request unit: 4 KB, strongly consistent',
    source: 'DynamoDB on demand since 2024-11-01, https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  writeUnits: {
    usd: 0.625 / MILLION,
    per: 'write request unit: 1 KB, the index counted as well',
    source: 'DynamoDB on demand since 2024-11-01, https://aws.amazon.com/dynamodb/pricing/on-demand/',
  },
  objectsWritten: {
    usd: 0.005 / 1_000,
    per: 'PUT or LIST of S3 Standard',
    source: 'https://aws.amazon.com/s3/pricing/, general knowledge as of 2026-09',
  },
  objectsRead: {
    usd: 0.0004 / 1_000,
    per: 'GET of S3 Standard',
    source: 'https://aws.amazon.com/s3/pricing/, general knowledge as of 2026-09',
  },
  emails: {
    usd: 2 / 100_000,
    per: 'email by SNS',
    source: 'https://aws.amazon.com/sns/pricing/, general knowledge as of 2026-09',
  },
  events: {
    usd: 1 / MILLION,
    per: 'event of our own, by 64 KB',
    source: 'https://aws.amazon.com/eventbridge/pricing/, read 2026-06',
  },
  pageRequests: {
    usd: 1 / MILLION,
    per: 'request of the HTTP API',
    source: 'https://aws.amazon.com/api-gateway/pricing/, general knowledge as of 2026-09',
  },
  logBytesWritten: { usd: 0.5 / GIB, per: 'byte of logs ingested', source: CLOUDWATCH },
  ownMetricHours: {
    usd: 0.3 / HOURS_PER_MONTH,
    per: 'hour in which a metric of our own was sent',
    source: `${CLOUDWATCH}; metrics are prorated by the hour`,
  },
  traces: {
    usd: 5 / MILLION,
    per: 'trace that X-Ray records',
    source: 'https://aws.amazon.com/xray/pricing/, general knowledge as of 2026-09',
  },
  keyRequests: {
    usd: 0.03 / 10_000,
    per: 'request of the AWS managed key behind the ledger',
    source: 'https://aws.amazon.com/kms/pricing/, general knowledge as of 2026-09',
  },
} as const satisfies Record<string, ServicePrice>;

/** What stands whether a night runs or not, for a night's thirtieth of a month. */
export const STANDING_PRICES = {
  alarms: { usd: 0.1 / NIGHTS_PER_MONTH, per: 'metric that an alarm watches', source: CLOUDWATCH },
  compositeAlarms: { usd: 0.5 / NIGHTS_PER_MONTH, per: 'composite alarm', source: CLOUDWATCH },
  dashboards: { usd: 3 / NIGHTS_PER_MONTH, per: 'dashboard beyond the three free ones', source: CLOUDWATCH },
} as const satisfies Record<string, ServicePrice>;
