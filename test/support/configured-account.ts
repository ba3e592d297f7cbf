import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SandboxAccount } from '../../sandbox/account/sandbox-account.ts';
import type { BucketGrid, FunctionLogs, MetricColumns, ReportRow } from '../../sandbox/account/telemetry.ts';
import { VirtualClock } from '../../sandbox/clock/virtual-clock.ts';
import { createClient, registerClientPlugin } from '../../shared/clients/sdk.ts';
import { useClock } from '../../shared/clock.ts';

export const START_MS = Date.UTC(2026, 10, 23, 2);
export const LEDGER = 'Ledger';

/** Steady traffic of one function: the same in every hour. */
export interface SteadyTraffic {
  invocationsPerHour: number;
  concurrency: number;
  durationMs?: number;
  /** The alias that all of it goes through. */
  alias?: string;
  reports?: readonly ReportRow[];
}

/** An account, the product's own clients talking to it, and virtual time; `dispose` after each test. */
export function configuredAccount(lambdaLimits = {}) {
  const clock = new VirtualClock(START_MS);
  const account = new SandboxAccount({ clock, seed: 3, lambdaLimits });
  const traffic = new Map<string, SteadyTraffic>();
  account.useTelemetry({
    metrics: (name, filter, grid) => {
      const steady = traffic.get(name);
      if (steady === undefined) return undefined;
      const resource = steady.alias === undefined ? name : `${name}:${steady.alias}`;
      return filter.resource !== undefined && filter.resource !== resource ? undefined : columns(steady, grid);
    },
    insightsMemoryMb: () => undefined,
    logs: (name) => logsOf(name, traffic.get(name)),
    expectedDurationMs: () => undefined,
  });
  const stopPlugin = registerClientPlugin(account.plugin());
  const restoreClock = useClock(clock);
  return {
    clock,
    account,
    run: <T>(activity: () => Promise<T>): Promise<T> => clock.complete(activity),
    addFunction: (FunctionName: string, tags: Record<string, string> = {}, steady?: SteadyTraffic) => {
      const record = account.lambda.createFunction(
        { FunctionName, Runtime: 'nodejs24.x', MemorySize: 1024, Architectures: ['arm64'] },
        { tags },
      );
      if (steady !== undefined) traffic.set(FunctionName, steady);
      if (steady?.alias !== undefined) addAlias(account, FunctionName, steady.alias);
      return record;
    },
    addTable: (TableName: string, options: Partial<CreateTableCommandInput> = {}) =>
      clock.complete(() => createClient(DynamoDBClient).send(new CreateTableCommand(tableInput(TableName, options)))),
    addLedger: () => clock.complete(() => createClient(DynamoDBClient).send(new CreateTableCommand(ledgerInput))),
    setTraffic: (name: string, steady: SteadyTraffic) => traffic.set(name, steady),
    dispose: () => {
      stopPlugin();
      restoreClock();
    },
  };
}

export function addAlias(account: SandboxAccount, functionName: string, alias: string): void {
  const { Version } = account.lambda.publish(functionName);
  const record = account.lambda.functions.get(functionName);
  record.aliases.set(alias, { Name: alias, FunctionVersion: Version, AliasArn: `${record.arn}:${alias}` });
}

function tableInput(TableName: string, options: Partial<CreateTableCommandInput>): CreateTableCommandInput {
  const isOnDemand = options.BillingMode === 'PAY_PER_REQUEST';
  return {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ...(!isOnDemand && { ProvisionedThroughput: { ReadCapacityUnits: 20, WriteCapacityUnits: 10 } }),
    ...options,
  };
}

const ledgerInput: CreateTableCommandInput = {
  TableName: LEDGER,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
};

function columns(steady: SteadyTraffic, { count, periodMs }: BucketGrid): MetricColumns {
  const filled = (value: number) => new Float64Array(count).fill(value);
  const invocations = (steady.invocationsPerHour * periodMs) / 3_600_000;
  const durationMs = steady.durationMs ?? 100;
  return {
    invocations: filled(invocations),
    errors: filled(0),
    throttles: filled(0),
    durationSumMs: filled(invocations * durationMs),
    durationMaxMs: filled(durationMs * 2),
    concurrencyMax: filled(steady.concurrency),
    durationQuantileMs: (p) => filled(durationMs * (p > 0.9 ? 1.5 : 1)),
  };
}

function logsOf(name: string, steady: SteadyTraffic | undefined): FunctionLogs | undefined {
  if (steady?.reports === undefined) return undefined;
  return { format: 'Text', logGroupName: `/aws/lambda/${name}`, rows: steady.reports, lines: 1_000, bytes: 100_000 };
}
