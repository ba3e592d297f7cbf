import { CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { ACCOUNT_ID, REGION } from './emulator.ts';

const HOUR_MS = 3_600_000;
/** PutMetricData takes this many data at once. */
const DATA_PER_CALL = 1_000;
/** A zip of `index.js` with `exports.handler = async () => null`; nobody calls it. */
const CODE_ZIP = Buffer.from(
  'UEsDBBQAAAAAAAAAIVxHT0wPJAAAACQAAAAIAAAAaW5kZXguanNleHBvcnRzLmhhbmRsZXIgPSBhc3luYyAoKSA9PiBudWxsOwpQSwECFAMUAAAAAAAAACFcR09MDyQAAAAkAAAACAAAAAAAAAAAAAAAgAEAAAAAaW5kZXguanNQSwUGAAAAAAEAAQA2AAAASgAAAAAA',
  'base64',
);

/** A function somebody else owns, and how it behaves. */
export interface CustomerFunction {
  functionName: string;
  memorySizeMb: number;
  timeoutSeconds: number;
  invocationsPerHour: number;
  meanDurationMs: number;
}

export const GENEROUS_MB = 3_008;
const MEMORY_USED_MB = 190;

/** What somebody else runs in this account: four functions with far more memory than they use. */
export const CUSTOMERS: readonly CustomerFunction[] = ['orders-api', 'invoices', 'thumbnails', 'audit-log'].map(
  (functionName, at) => ({
    functionName,
    memorySizeMb: GENEROUS_MB,
    timeoutSeconds: 30,
    invocationsPerHour: 4_000 + at * 1_000,
    meanDurationMs: 180 + at * 20,
  }),
);

export async function createCustomers({ maxMemoryUsedMb }: { maxMemoryUsedMb: Map<string, number> }): Promise<void> {
  for (const each of CUSTOMERS) {
    await createCustomerFunction(each);
    maxMemoryUsedMb.set(`arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${each.functionName}`, MEMORY_USED_MB);
  }
}

export async function createCustomerFunction(each: CustomerFunction): Promise<void> {
  const client = new LambdaClient({});
  await client.send(
    new CreateFunctionCommand({
      FunctionName: each.functionName,
      Role: `arn:aws:iam::${ACCOUNT_ID}:role/customer`,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: CODE_ZIP },
      MemorySize: each.memorySizeMb,
      Timeout: each.timeoutSeconds,
    }),
  );
  await waitUntilFunctionActiveV2(
    { client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
    { FunctionName: each.functionName },
  );
}

/** Memory of the customers' functions as the account has it now, by name. */
export async function memorySizesMb(): Promise<ReadonlyMap<string, number>> {
  const found = CUSTOMERS.map(async ({ functionName }) => {
    const { MemorySize = 0 } = await configurationOf(functionName);
    return [functionName, MemorySize] as const;
  });
  return new Map(await Promise.all(found));
}

export async function timeoutSecondsOf(functionName: string): Promise<number> {
  return (await configurationOf(functionName)).Timeout ?? 0;
}

const configurationOf = (functionName: string) =>
  new LambdaClient({}).send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));

/**
 * Hourly metrics of a function as Lambda publishes them: by its name, and once more by the resource called. Durations lie
 * around the mean; `from` and `until` are epoch ms.
 */
export async function publishMetrics(each: CustomerFunction, from: number, until: number): Promise<void> {
  const data: MetricDatum[] = [];
  for (let at = Math.floor(from / HOUR_MS) * HOUR_MS; at < until; at += HOUR_MS)
    data.push(...hourOf(each, new Date(at)));
  const cloudwatch = new CloudWatchClient({});
  for (let start = 0; start < data.length; start += DATA_PER_CALL) {
    const MetricData = data.slice(start, start + DATA_PER_CALL);
    await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData }));
  }
}

/** A quarter of an hour of calls up to now, each as long as the mean, minute by minute. */
export async function publishSlowCalls(each: CustomerFunction, nowMs: number): Promise<void> {
  const minutes = Array.from({ length: 15 }, (_, at) => new Date((Math.floor(nowMs / 60_000) - at) * 60_000));
  const perMinute = { ...each, invocationsPerHour: Math.round(each.invocationsPerHour / 60) };
  const MetricData = minutes.flatMap((at) => hourOf(perMinute, at, [{ share: 1, factor: 1 }]));
  await new CloudWatchClient({}).send(new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData }));
}

/** Shares of the calls, and what their durations are of the mean: nine plain ones and a slow one in ten. */
const SPREAD = [
  { share: 0.5, factor: 0.9 },
  { share: 0.4, factor: 1.0 },
  { share: 0.1, factor: 1.5 },
];

function hourOf(
  { functionName, invocationsPerHour, meanDurationMs }: CustomerFunction,
  Timestamp: Date,
  spread = SPREAD,
): MetricDatum[] {
  const byName = [{ Name: 'FunctionName', Value: functionName }];
  return [byName, [...byName, { Name: 'Resource', Value: functionName }]].flatMap((Dimensions) => [
    { MetricName: 'Invocations', Dimensions, Timestamp, Unit: 'Count', Values: [1], Counts: [invocationsPerHour] },
    { MetricName: 'Errors', Dimensions, Timestamp, Unit: 'Count', Values: [0], Counts: [invocationsPerHour] },
    {
      MetricName: 'Duration',
      Dimensions,
      Timestamp,
      Unit: 'Milliseconds',
      Values: spread.map(({ factor }) => meanDurationMs * factor),
      Counts: spread.map(({ share }) => invocationsPerHour * share),
    },
  ]);
}
