import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  paginateGetMetricData,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import type { FunctionTelemetry, MetricColumns } from '../../../../sandbox/account/telemetry.ts';
import { inAccount, START_MS } from './in-account.ts';

const DAY_MS = 86_400_000;

/** Ten invocations in every even bucket, none in the odd ones; duration equals the bucket's number. */
const steady: FunctionTelemetry = {
  metrics: (name, _filter, { count }): MetricColumns | undefined => {
    if (name !== 'fn') return undefined;
    const column = (value: (bucket: number) => number) =>
      Float64Array.from({ length: count }, (_, bucket) => (bucket % 2 === 0 ? value(bucket) : 0));
    return {
      invocations: column(() => 10),
      errors: column(() => 1),
      throttles: column(() => 0),
      durationSumMs: column((bucket) => 10 * bucket),
      durationMaxMs: column((bucket) => bucket),
      concurrencyMax: column(() => 2),
      durationQuantileMs: () => column((bucket) => bucket),
    };
  },
  insightsMemoryMb: () => undefined,
  logs: () => undefined,
  expectedDurationMs: () => undefined,
};

function withMetrics() {
  const setting = inAccount();
  setting.account.useTelemetry(steady);
  return { ...setting, cloudWatch: setting.client(CloudWatchClient) };
}

function query(Id: string, MetricName: string, Stat: string, Period = 3600, functionName = 'fn'): MetricDataQuery {
  const Dimensions = [{ Name: 'FunctionName', Value: functionName }];
  return { Id, MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period, Stat } };
}

const lastDay = { StartTime: new Date(START_MS - DAY_MS), EndTime: new Date(START_MS) };

describe('GetMetricData', () => {
  it('leaves out buckets without samples and answers newest first unless told otherwise', async () => {
    const { cloudWatch, run } = withMetrics();
    const [newest, oldest] = await run(async () => {
      const MetricDataQueries = [query('d', 'Duration', 'Average')];
      const ascending = { ...lastDay, MetricDataQueries, ScanBy: 'TimestampAscending' as const };
      return [
        await cloudWatch.send(new GetMetricDataCommand({ ...lastDay, MetricDataQueries })),
        await cloudWatch.send(new GetMetricDataCommand(ascending)),
      ];
    });
    const result = oldest.MetricDataResults![0]!;
    expect(result).toMatchObject({ Id: 'd', StatusCode: 'Complete' });
    expect(result.Values).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
    expect(result.Timestamps![1]!.getTime()).toBe(START_MS - DAY_MS + 2 * 3_600_000);
    expect(newest.MetricDataResults![0]!.Values).toEqual([...result.Values!].reverse());
  });

  it('has no data, and no error, for a metric that Lambda does not publish and for an unknown function', async () => {
    const { cloudWatch, run } = withMetrics();
    const MetricDataQueries = [
      query('m', 'MemoryUtilization', 'Maximum'),
      query('n', 'Invocations', 'Sum', 3600, 'nobody'),
    ];
    const { MetricDataResults } = await run(() =>
      cloudWatch.send(new GetMetricDataCommand({ ...lastDay, MetricDataQueries })),
    );
    expect(MetricDataResults!.map(({ Values, StatusCode }) => [Values, StatusCode])).toEqual([
      [[], 'Complete'],
      [[], 'Complete'],
    ]);
  });

  it('pages by data points, marks the cut series as partial, and loses none', async () => {
    const { cloudWatch, run } = withMetrics();
    const MetricDataQueries = [
      query('a', 'Invocations', 'Sum'),
      query('b', 'Errors', 'Sum'),
      query('c', 'Duration', 'p99'),
    ];
    const input: GetMetricDataCommandInput = { ...lastDay, MetricDataQueries, MaxDatapoints: 20 };
    const pages = await run(async () => {
      const all: { id: string; count: number; status: string }[][] = [];
      for await (const page of paginateGetMetricData({ client: cloudWatch }, input)) {
        all.push(
          page.MetricDataResults!.map(({ Id, Values, StatusCode }) => ({
            id: Id!,
            count: Values!.length,
            status: StatusCode!,
          })),
        );
      }
      return all;
    });
    expect(pages).toEqual([
      [
        { id: 'a', count: 12, status: 'Complete' },
        { id: 'b', count: 8, status: 'PartialData' },
      ],
      [
        { id: 'b', count: 4, status: 'Complete' },
        { id: 'c', count: 12, status: 'Complete' },
      ],
    ]);
  });

  it('forgets one-minute points after 15 days, and keeps five-minute ones', async () => {
    const { cloudWatch, run } = withMetrics();
    const window = { StartTime: new Date(START_MS - 20 * DAY_MS), EndTime: new Date(START_MS - 19 * DAY_MS) };
    const counts = await run(async () => {
      const count = async (Period: number) => {
        const MetricDataQueries = [query('d', 'Invocations', 'Sum', Period)];
        return (await cloudWatch.send(new GetMetricDataCommand({ ...window, MetricDataQueries })))
          .MetricDataResults![0]!.Values!.length;
      };
      return [await count(60), await count(300)];
    });
    expect(counts).toEqual([0, 144]);
  });

  it('has no points of the future', async () => {
    const { cloudWatch, run } = withMetrics();
    const MetricDataQueries = [query('d', 'Invocations', 'Sum')];
    const window = { StartTime: new Date(START_MS + 3_600_000), EndTime: new Date(START_MS + DAY_MS) };
    const { MetricDataResults } = await run(() =>
      cloudWatch.send(new GetMetricDataCommand({ ...window, MetricDataQueries })),
    );
    expect(MetricDataResults![0]!.Values).toEqual([]);
  });

  it.each([
    [
      'more than 500 queries',
      Array.from({ length: 501 }, (_, index) => query(`q${index}`, 'Invocations', 'Sum')),
      'ValidationError',
    ],
    ['the same id twice', [query('a', 'Invocations', 'Sum'), query('a', 'Errors', 'Sum')], 'ValidationError'],
    ['an id that starts upper-case', [query('A', 'Invocations', 'Sum')], 'ValidationError'],
    ['a period of 90 seconds', [query('a', 'Invocations', 'Sum', 90)], 'InvalidParameterValueException'],
    ['metric math', [{ Id: 'e', Expression: 'm1*2' }], 'UnsupportedByAccountError'],
    ['a trimmed mean', [query('a', 'Duration', 'tm99')], 'UnsupportedByAccountError'],
    [
      'a metric that AWS publishes and nobody simulates',
      [query('a', 'IteratorAge', 'Maximum')],
      'UnsupportedByAccountError',
    ],
  ])('rejects %s', async (_title, MetricDataQueries, name) => {
    const { cloudWatch, run } = withMetrics();
    await expect(
      run(() => cloudWatch.send(new GetMetricDataCommand({ ...lastDay, MetricDataQueries }))),
    ).rejects.toMatchObject({ name });
  });

  it('gives back what was put, with every statistic', async () => {
    const { cloudWatch, run } = withMetrics();
    const Dimensions = [{ Name: 'service', Value: 'x' }];
    const custom = (Id: string, Stat: string): MetricDataQuery => ({
      Id,
      MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'latency', Dimensions }, Period: 60, Stat },
    });
    const values = await run(async () => {
      const Timestamp = new Date(START_MS - 60_000);
      await cloudWatch.send(
        new PutMetricDataCommand({
          Namespace: 'Shop',
          MetricData: [{ MetricName: 'latency', Dimensions, Timestamp, Values: [1, 5, 9], Counts: [1, 2, 1] }],
        }),
      );
      const MetricDataQueries = ['Sum', 'SampleCount', 'Average', 'Minimum', 'Maximum', 'p50'].map((stat, index) =>
        custom(`q${index}`, stat),
      );
      const { MetricDataResults } = await cloudWatch.send(new GetMetricDataCommand({ ...lastDay, MetricDataQueries }));
      return MetricDataResults!.map((result) => result.Values![0]);
    });
    expect(values).toEqual([20, 4, 5, 1, 9, 5]);
  });
});

describe('alarms', () => {
  const alarm = {
    AlarmName: 'errors',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Statistic: 'Sum' as const,
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold' as const,
  };

  it('begins with insufficient data and tells listeners of a change of state, once', async () => {
    const { cloudWatch, run, account } = withMetrics();
    const transitions: string[] = [];
    account.cloudWatch.alarms.onTransition(({ previous, alarm: { StateValue } }) =>
      transitions.push(`${previous} > ${StateValue}`),
    );
    await run(async () => {
      await cloudWatch.send(new PutMetricAlarmCommand(alarm));
      const { MetricAlarms } = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: ['errors'] }));
      expect(MetricAlarms![0]).toMatchObject({ StateValue: 'INSUFFICIENT_DATA', Threshold: 0, ActionsEnabled: true });
      for (const StateValue of ['ALARM', 'ALARM'] as const) {
        await cloudWatch.send(new SetAlarmStateCommand({ AlarmName: 'errors', StateValue, StateReason: 'test' }));
      }
      await cloudWatch.send(new DeleteAlarmsCommand({ AlarmNames: ['errors'] }));
      expect((await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([]);
    });
    expect(transitions).toEqual(['INSUFFICIENT_DATA > ALARM']);
  });

  it('accepts three alarms a second, and a patient client gets through', async () => {
    const { cloudWatch, run, account, clock } = withMetrics();
    const startMs = clock.now();
    await run(async () => {
      for (let index = 0; index < 6; index++)
        await cloudWatch.send(new PutMetricAlarmCommand({ ...alarm, AlarmName: `a${index}` }));
    });
    expect(account.calls.get('CloudWatch.PutMetricAlarm')).toBeGreaterThan(6);
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(900);
  });

  it('rejects an alarm with two statistics and one without a threshold', async () => {
    const { cloudWatch, run } = withMetrics();
    for (const broken of [{ ExtendedStatistic: 'p99' }, { Threshold: undefined }]) {
      const put = run(() => cloudWatch.send(new PutMetricAlarmCommand({ ...alarm, ...broken })));
      await expect(put).rejects.toMatchObject({ name: 'InvalidParameterCombinationException' });
    }
  });
});
