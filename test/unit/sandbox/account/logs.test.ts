import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { FunctionLogs, FunctionTelemetry, ReportRow } from '../../../../sandbox/account/telemetry.ts';
import { inAccount, START_MS } from './in-account.ts';

function row(count: number, durationMs: number, memorySizeMb = 512, more: Partial<ReportRow> = {}): ReportRow {
  return {
    count,
    durationMs,
    billedDurationMs: Math.ceil(durationMs),
    initDurationMs: undefined,
    memorySizeMb,
    maxMemoryUsedMb: 81,
    status: 'success',
    ...more,
  };
}

const LOGS: Readonly<Record<string, FunctionLogs>> = {
  text: {
    format: 'Text',
    logGroupName: '/aws/lambda/text',
    lines: 500,
    bytes: 1_000_000,
    rows: [
      row(90, 10.5),
      row(9, 20),
      row(1, 400, 512, { initDurationMs: 250, maxMemoryUsedMb: 128 }),
      row(10, 30, 256),
    ],
  },
  json: {
    format: 'JSON',
    logGroupName: '/aws/lambda/json',
    lines: 50,
    bytes: 50_000,
    rows: [row(10, 5), row(2, 50, 512, { status: 'timeout' })],
  },
};

const telemetry: FunctionTelemetry = {
  metrics: () => undefined,
  insightsMemoryMb: () => undefined,
  expectedDurationMs: () => undefined,
  logs: (name) => LOGS[name],
};

function withLogs() {
  const setting = inAccount();
  setting.account.useTelemetry(telemetry);
  for (const FunctionName of ['text', 'json']) setting.account.lambda.createFunction({ FunctionName });
  const logs = setting.client(CloudWatchLogsClient);
  const input = (queryString: string, more: Partial<StartQueryCommandInput> = {}): StartQueryCommandInput => ({
    logGroupNames: ['/aws/lambda/text', '/aws/lambda/json'],
    startTime: START_MS / 1000 - 86_400,
    endTime: START_MS / 1000,
    queryString,
    ...more,
  });
  const finished = async (started: StartQueryCommandInput): Promise<GetQueryResultsCommandOutput> => {
    const { queryId } = await logs.send(new StartQueryCommand(started));
    await setting.clock.sleep(60_000);
    return logs.send(new GetQueryResultsCommand({ queryId }));
  };
  const rows = async (queryString: string) => {
    const { results } = await setting.run(() => finished(input(queryString)));
    return results!.map((fields) => Object.fromEntries(fields.map(({ field, value }) => [field, value])));
  };
  return { ...setting, logs, input, finished, rows };
}

describe('Logs Insights', () => {
  it('aggregates the fields discovered in text reports by log group and size', async () => {
    const { rows } = withLogs();
    const query =
      'filter @type = "REPORT" | stats max(@maxMemoryUsed / 1000 / 1000) as usedMb, count(*) as n, avg(@billedDuration) as billed, count(@initDuration) as cold by @log, @memorySize / 1000 / 1000 as sizeMb | sort sizeMb asc';
    expect(await rows(query)).toEqual([
      { '@log': '123456789012:/aws/lambda/text', sizeMb: '256', usedMb: '81', n: '10', billed: '30', cold: '0' },
      { '@log': '123456789012:/aws/lambda/text', sizeMb: '512', usedMb: '128', n: '100', billed: '15.7', cold: '1' },
    ]);
  });

  it('gives raw memory in bytes of a decimal megabyte, written as Java writes doubles', async () => {
    const { rows } = withLogs();
    const [first] = await rows("filter @type = 'REPORT' | stats max(@memorySize), min(@duration) by @log");
    expect(first).toEqual({
      '@log': '123456789012:/aws/lambda/text',
      'max(@memorySize)': '5.12E8',
      'min(@duration)': '10.5',
    });
  });

  it('reads JSON reports by their own fields, and only by those', async () => {
    const { rows } = withLogs();
    const query =
      'filter type = "platform.report" and record.status != "success" | stats count(*) as n, max(record.metrics.maxMemoryUsedMB) as usedMb, max(@maxMemoryUsed) as discovered by @log';
    expect(await rows(query)).toEqual([{ '@log': '123456789012:/aws/lambda/json', n: '2', usedMb: '81' }]);
  });

  it('reads both formats in one query with coalesce and ispresent', async () => {
    const { rows } = withLogs();
    const query = `
      fields coalesce(@maxMemoryUsed / 1000000, record.metrics.maxMemoryUsedMB) as usedMb  # either format
      | filter ispresent(usedMb) and (@type = "REPORT" or type in ["platform.report"])
      | stats count(*) as n, max(usedMb) as used, pct(usedMb, 50) as median by @log | sort n desc | limit 5`;
    expect(await rows(query)).toEqual([
      { '@log': '123456789012:/aws/lambda/text', n: '110', used: '128', median: '81' },
      { '@log': '123456789012:/aws/lambda/json', n: '12', used: '81', median: '81' },
    ]);
  });

  it('weights percentiles by lines and computes over aggregates', async () => {
    const { rows } = withLogs();
    const query =
      'filter @type = "REPORT" and @memorySize = 512000000 | stats pct(@duration, 90) as p90, pct(@duration, 99) as p99, pct(@duration, 100) as worst, max(@duration) - min(@duration) as spread';
    expect(await rows(query)).toEqual([{ p90: '10.5', p99: '20', worst: '400', spread: '389.5' }]);
  });

  it('runs for some seconds, then completes with what it scanned', async () => {
    const { logs, run, clock, input } = withLogs();
    await run(async () => {
      const { queryId } = await logs.send(new StartQueryCommand(input('filter @type = "REPORT" | stats count(*)')));
      expect((await logs.send(new GetQueryResultsCommand({ queryId }))).status).toBe('Running');
      await clock.sleep(5_000);
      const done = await logs.send(new GetQueryResultsCommand({ queryId }));
      expect(done.status).toBe('Complete');
      expect(done.statistics).toMatchObject({ recordsMatched: 110, recordsScanned: 550, bytesScanned: 1_050_000 });
    });
  });

  it('is cancelled by StopQuery', async () => {
    const { logs, run, input } = withLogs();
    await run(async () => {
      const { queryId } = await logs.send(new StartQueryCommand(input('filter @type = "REPORT" | stats count(*)')));
      await logs.send(new StopQueryCommand({ queryId }));
      expect((await logs.send(new GetQueryResultsCommand({ queryId }))).status).toBe('Cancelled');
    });
  });

  it.each([
    'filter @type = "REPORT" | stats count(*) by bin(1h)',
    'filter @message like /REPORT/ | stats count(*)',
    'filter @type = "REPORT" | stats count_distinct(@requestId)',
    'stats count(*) by @log',
    'filter @type != "START" | stats count(*)',
    'filter @type = "REPORT" | fields @duration',
    'parse @message "x *" as y | stats count(*)',
    'filter @type = "REPORT" | stats count(*) | filter n > 1',
    'filter max(@duration) > 1 | stats count(*)',
    'filter @type = "REPORT" | stats count(*) trailing words',
  ])('refuses loudly: %s', async (queryString) => {
    const { logs, run, input } = withLogs();
    await expect(run(() => logs.send(new StartQueryCommand(input(queryString))))).rejects.toMatchObject({
      name: 'UnsupportedByAccountError',
    });
  });

  it('rejects a log group that does not exist and more than 50 of them', async () => {
    const { logs, run, input } = withLogs();
    const start = (logGroupNames: string[]) =>
      run(() => logs.send(new StartQueryCommand(input('filter @type = "REPORT" | stats count(*)', { logGroupNames }))));
    await expect(start(['/aws/lambda/none'])).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(start(Array.from({ length: 51 }, () => '/aws/lambda/text'))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('runs at most 30 queries at once, and starts at most five a second', async () => {
    const { run, clock, input, client, account } = withLogs();
    account.useTelemetry({ ...telemetry, logs: (name) => ({ ...LOGS[name]!, bytes: 1e12 }) });
    const impatient = client(CloudWatchLogsClient, { maxAttempts: 1 });
    const start = () => impatient.send(new StartQueryCommand(input('filter @type = "REPORT" | stats count(*)')));
    await run(async () => {
      for (let index = 0; index < 30; index++) {
        await start();
        await clock.sleep(200);
      }
      await clock.sleep(1_000);
      await expect(start()).rejects.toMatchObject({ name: 'LimitExceededException' });
      await Promise.allSettled(Array.from({ length: 4 }, start));
      await expect(start()).rejects.toMatchObject({ name: 'ThrottlingException' });
    });
  });
});

describe('DescribeLogGroups', () => {
  it('lists the groups of the functions with their retention and stored bytes', async () => {
    const { logs, run, account } = withLogs();
    account.logs.setRetention('/aws/lambda/text', 14);
    const { logGroups } = await run(() =>
      logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/' })),
    );
    expect(logGroups!.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays])).toEqual([
      ['/aws/lambda/json', undefined],
      ['/aws/lambda/text', 14],
    ]);
    expect(logGroups![1]!.storedBytes).toBe(2_000_000);
  });
});
