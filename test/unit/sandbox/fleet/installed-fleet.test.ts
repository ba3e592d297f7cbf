import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, GetQueryResultsCommand, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ComputeOptimizerClient, paginateGetLambdaFunctionRecommendations } from '@aws-sdk/client-compute-optimizer';
import {
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  LambdaClient,
  ListAliasesCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  paginateListFunctions,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { SandboxAccount } from '../../../../sandbox/account/sandbox-account.ts';
import { VirtualClock } from '../../../../sandbox/clock/virtual-clock.ts';
import { trueMeanDurationMs } from '../../../../sandbox/fleet/accounting.ts';
import { createFleet } from '../../../../sandbox/fleet/fleet.ts';
import type { FleetFunction } from '../../../../sandbox/fleet/fleet-function.ts';
import { installFleet } from '../../../../sandbox/fleet/install.ts';

const START_MS = Date.UTC(2026, 10, 2);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function withFleet(functions = 300) {
  const clock = new VirtualClock(START_MS);
  const account = new SandboxAccount({ clock, seed: 1 });
  const fleet = createFleet({ seed: 3, functions, startDate: START_MS });
  installFleet(fleet, account);
  const plugged = <Client extends LambdaClient | CloudWatchClient | CloudWatchLogsClient | ComputeOptimizerClient>(
    client: Client,
  ): Client => {
    account.plugin()(client);
    return client;
  };
  const lambda = plugged(new LambdaClient({}));
  const cloudWatch = plugged(new CloudWatchClient({}));
  /** A metric's value over the given span. */
  const metric = async (
    fn: FleetFunction,
    MetricName: string,
    Stat: string,
    fromMs: number,
    toMs: number,
    more: Record<string, string> = {},
  ) => {
    const Dimensions = Object.entries({ FunctionName: fn.name, ...more }).map(([Name, Value]) => ({ Name, Value }));
    const MetricStat = {
      Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions },
      Period: (toMs - fromMs) / 1000,
      Stat,
    };
    const input = {
      StartTime: new Date(fromMs),
      EndTime: new Date(toMs),
      MetricDataQueries: [{ Id: 'm', MetricStat }],
    };
    return (await cloudWatch.send(new GetMetricDataCommand(input))).MetricDataResults![0]!.Values![0];
  };
  return { clock, account, fleet, plugged, lambda, metric };
}

function busy(fn: FleetFunction): boolean {
  return (
    fn.kind === 'plain' &&
    fn.traffic.pattern === 'flat' &&
    fn.traffic.invocationsPerHour > 200 &&
    fn.initialMemorySizeMb >= 512
  );
}

/** By what a caller can tell a special function. */
function marksOf({ Configuration, Concurrency, Tags }: GetFunctionCommandOutput): string[] {
  const marks: Readonly<Record<string, boolean>> = {
    master: Configuration?.MasterArn !== undefined,
    capacity: Configuration?.CapacityProviderConfig !== undefined,
    durable: Configuration?.DurableConfig !== undefined,
    image: Configuration?.PackageType === 'Image',
    'reserved 0': Concurrency?.ReservedConcurrentExecutions === 0,
    inactive: Configuration?.State === 'Inactive',
    'opted out': Tags?.['rightsizer:exclude'] === 'true',
    warn: Configuration?.LoggingConfig?.SystemLogLevel === 'WARN',
  };
  return Object.keys(marks).filter((mark) => marks[mark]);
}

describe('an installed fleet', () => {
  it('is what ListFunctions lists, each kind with the mark by which AWS shows it', async () => {
    const { clock, fleet, lambda } = withFleet();
    const marks = await clock.complete(async () => {
      const found: Record<string, string[]> = {};
      for await (const page of paginateListFunctions({ client: lambda }, {})) {
        for (const { FunctionName } of page.Functions!) {
          const { kind } = fleet.get(FunctionName!);
          found[kind] ??= marksOf(await lambda.send(new GetFunctionCommand({ FunctionName })));
        }
      }
      return found;
    });
    expect(marks).toEqual({
      plain: [],
      edgeReplica: ['master'],
      managedInstances: ['capacity'],
      durable: ['durable'],
      image: ['image'],
      reservedZero: ['reserved 0'],
      inactive: ['inactive'],
      optedOut: ['opted out'],
      warnLogs: ['warn'],
      deprecatedRuntime: [],
      aliasPinned: [],
    });
  });

  it("changes a function's durations as its measured curve says once its size is changed", async () => {
    const { clock, fleet, lambda, metric } = withFleet();
    const fn = fleet.functions.find(busy)!;
    const memorySizeMb = fn.initialMemorySizeMb / 2;
    const [before, after] = await clock.complete(async () => {
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, MemorySize: memorySizeMb }));
      await clock.sleep(DAY_MS + HOUR_MS);
      return [
        await metric(fn, 'Duration', 'Average', START_MS - DAY_MS, START_MS),
        await metric(fn, 'Duration', 'Average', START_MS + HOUR_MS, START_MS + HOUR_MS + DAY_MS),
      ];
    });
    const expected = trueMeanDurationMs(fn, memorySizeMb) / trueMeanDurationMs(fn, fn.initialMemorySizeMb);
    expect(after! / before! / expected).toBeGreaterThan(0.93);
    expect(after! / before! / expected).toBeLessThan(1.07);
  });

  it('keeps traffic on the alias whatever happens to $LATEST, and moves it with the alias', async () => {
    const { clock, fleet, lambda, metric } = withFleet();
    const fn = fleet.functions.find(
      ({ kind, traffic, initialMemorySizeMb }) =>
        kind === 'aliasPinned' && traffic.invocationsPerHour > 50 && initialMemorySizeMb > 128,
    )!;
    await clock.complete(async () => {
      const FunctionName = fn.name;
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 128 }));
      await clock.sleep(10_000);
      expect(fn.timeline.at(clock.now())!.parts).toMatchObject([
        { memorySizeMb: fn.initialMemorySizeMb, version: '1' },
      ]);
      const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
      const [alias] = (await lambda.send(new ListAliasesCommand({ FunctionName }))).Aliases!;
      const weights = { [Version!]: 0.25 };
      await lambda.send(
        new UpdateAliasCommand({
          FunctionName,
          Name: alias!.Name,
          RoutingConfig: { AdditionalVersionWeights: weights },
        }),
      );
      const fromMs = clock.now();
      await clock.sleep(2 * DAY_MS);
      const count = (more: Record<string, string>) =>
        metric(
          fn,
          'Invocations',
          'Sum',
          Math.ceil(fromMs / 60_000) * 60_000,
          Math.ceil(fromMs / 60_000) * 60_000 + DAY_MS,
          more,
        );
      const Resource = `${fn.name}:live`;
      const [all, shifted, direct] = [
        await count({}),
        await count({ Resource, ExecutedVersion: Version! }),
        await count({ Resource: fn.name }),
      ];
      expect(shifted! / all!).toBeGreaterThan(0.2);
      expect(shifted! / all!).toBeLessThan(0.3);
      expect(direct).toBeUndefined();
    });
  });

  it('throttles once concurrency is reserved through the account', async () => {
    const { clock, fleet, lambda, metric } = withFleet(1_000);
    const concurrency = (fn: FleetFunction) =>
      (fn.traffic.invocationsPerHour * trueMeanDurationMs(fn, fn.initialMemorySizeMb)) / HOUR_MS;
    const fn = fleet.functions.find(
      (candidate) => candidate.kind === 'plain' && candidate.traffic.pattern === 'flat' && concurrency(candidate) > 10,
    )!;
    const [before, after] = await clock.complete(async () => {
      await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: fn.name, ReservedConcurrentExecutions: 3 }));
      await clock.sleep(DAY_MS);
      return [
        await metric(fn, 'Throttles', 'Sum', START_MS - DAY_MS, START_MS),
        await metric(fn, 'Throttles', 'Sum', START_MS, START_MS + DAY_MS),
      ];
    });
    expect(before).toBe(0);
    expect(after).toBeGreaterThan(0);
  });

  it('shows a scenario deployment as new code, revision and size, and a deletion as gone', async () => {
    const { clock, fleet, lambda } = withFleet();
    const [deployed, deleted] = fleet.functions.filter(busy);
    fleet.deploy(deployed!, START_MS + HOUR_MS, { memorySizeMb: 777 });
    fleet.delete(deleted!, START_MS + HOUR_MS);
    await clock.complete(async () => {
      const get = (fn: FleetFunction) => lambda.send(new GetFunctionCommand({ FunctionName: fn.name }));
      const before = (await get(deployed!)).Configuration!;
      await clock.sleep(HOUR_MS + 1_000);
      expect((await get(deployed!)).Configuration!.LastUpdateStatus).toBe('InProgress');
      await clock.sleep(10_000);
      const after = (await get(deployed!)).Configuration!;
      expect(after).toMatchObject({ MemorySize: 777, LastUpdateStatus: 'Successful' });
      expect(after.CodeSha256).not.toBe(before.CodeSha256);
      await expect(get(deleted!)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    });
  });

  it('ends a deployment behind an alias by moving the alias to the new code', async () => {
    const { clock, fleet, lambda } = withFleet();
    const fn = fleet.functions.find(({ kind }) => kind === 'aliasPinned')!;
    fleet.deploy(fn, START_MS + HOUR_MS, { memorySizeMb: 777 });
    await clock.complete(async () => {
      await clock.sleep(HOUR_MS + 10_000);
      const [alias] = (await lambda.send(new ListAliasesCommand({ FunctionName: fn.name }))).Aliases!;
      expect(alias!.FunctionVersion).toBe('2');
      const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: fn.name, Qualifier: 'live' }));
      expect(Configuration!.MemorySize).toBe(777);
      expect(fn.timeline.at(clock.now())!.parts).toMatchObject([{ memorySizeMb: 777, version: '2', weight: 1 }]);
    });
  });

  it('hears of what was announced before it was installed', async () => {
    const clock = new VirtualClock(START_MS);
    const account = new SandboxAccount({ clock, seed: 1 });
    const fleet = createFleet({ seed: 3, functions: 30, startDate: START_MS });
    const [gone] = fleet.functions;
    fleet.delete(gone!, START_MS + HOUR_MS);
    installFleet(fleet, account);
    await clock.advanceTo(START_MS + 2 * HOUR_MS);
    expect(account.lambda.functions.find(gone!.name)).toBeUndefined();
  });

  it('waits with a deployment until an update in progress is done', async () => {
    const { clock, fleet, lambda } = withFleet();
    const fn = fleet.functions.find(busy)!;
    fleet.deploy(fn, START_MS + 500, { memorySizeMb: 777 });
    await clock.complete(async () => {
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: fn.name, Timeout: 77 }));
      await clock.sleep(30_000);
      const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: fn.name }));
      expect(Configuration).toMatchObject({ MemorySize: 777, Timeout: 77, LastUpdateStatus: 'Successful' });
      expect(fn.timeline.at(clock.now())!.parts).toMatchObject([{ memorySizeMb: 777, timeoutS: 77 }]);
    });
  });

  it('agrees between metrics and Logs Insights, and finds no text fields in JSON groups', async () => {
    const { clock, fleet, plugged, metric } = withFleet();
    const logs = plugged(new CloudWatchLogsClient({}));
    const report = async (fn: FleetFunction, queryString: string) => {
      const window = { startTime: (START_MS - DAY_MS) / 1000, endTime: START_MS / 1000 - 1 };
      const { queryId } = await logs.send(
        new StartQueryCommand({ ...window, logGroupName: fn.logging.logGroup, queryString }),
      );
      await clock.sleep(10 * 60_000);
      const { results } = await logs.send(new GetQueryResultsCommand({ queryId }));
      return results!.map((row) => Object.fromEntries(row.map(({ field, value }) => [field, Number(value)])))[0];
    };
    const own = ({ logging, name }: FleetFunction) => logging.logGroup.endsWith(name);
    const text = fleet.functions.find((fn) => busy(fn) && fn.logging.format === 'Text' && own(fn))!;
    const json = fleet.functions.find((fn) => busy(fn) && fn.logging.format === 'JSON' && own(fn))!;
    const textQuery = 'filter @type = "REPORT" | stats count(*) as n, max(@maxMemoryUsed / 1000000) as usedMb';
    const jsonQuery =
      'filter type = "platform.report" | stats count(*) as n, max(record.metrics.maxMemoryUsedMB) as usedMb';
    await clock.complete(async () => {
      expect((await report(text, textQuery))!['n']).toBe(
        await metric(text, 'Invocations', 'Sum', START_MS - DAY_MS, START_MS),
      );
      expect((await report(json, jsonQuery))!['n']).toBe(
        await metric(json, 'Invocations', 'Sum', START_MS - DAY_MS, START_MS),
      );
      expect((await report(json, jsonQuery))!['usedMb']).toBeGreaterThan(json.maxMemoryUsedMb * 0.9);
      expect(await report(json, textQuery)).toBeUndefined();
    });
  });

  it("has Compute Optimizer's gaps: nothing above 1,792 MB, nothing for the quiet", async () => {
    const { clock, fleet, plugged } = withFleet();
    const optimizer = plugged(new ComputeOptimizerClient({}));
    const findings = await clock.complete(async () => {
      const all = new Map<string, string>();
      for await (const page of paginateGetLambdaFunctionRecommendations({ client: optimizer }, {})) {
        for (const found of page.lambdaFunctionRecommendations!)
          all.set(found.functionArn!.split(':')[6]!, found.finding!);
      }
      return all;
    });
    const of = (wanted: (fn: FleetFunction) => boolean) =>
      new Set(fleet.functions.filter(wanted).map(({ name }) => findings.get(name)));
    expect(of(({ initialMemorySizeMb }) => initialMemorySizeMb > 1_792)).toEqual(new Set(['Unavailable']));
    expect(of(({ traffic }) => traffic.pattern === 'idle')).toEqual(new Set(['Unavailable']));
    expect(new Set(findings.values())).toEqual(new Set(['Optimized', 'NotOptimized', 'Unavailable']));
  });
});
