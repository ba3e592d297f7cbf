import { createMetricReader, functionsPerCall } from '../../../../shared/clients/cloudwatch/function-metrics.ts';
import { DECIDING_STATISTICS } from '../../../../shared/domain/night/evidence/metric-series.ts';
import { evidenceWindow } from '../../../../shared/domain/night/evidence/window.ts';
import { policy, STARTED_AT } from '../domain/night/evidence/builders.ts';
import { awsError, fakeAws } from './fake-aws.ts';

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

const window = evidenceWindow({ startedAt: STARTED_AT, policy: policy() });
const at = (hours: number) => new Date(window.startMs + hours * 3_600_000);
const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);
type Query = {
  Id: string;
  MetricStat: { Stat: string; Metric: { MetricName: string } };
};
const result = (Id: string, more: object = {}) => ({
  Id,
  StatusCode: 'Complete',
  Timestamps: [at(0)],
  Values: [1],
  ...more,
});
const complete = (input: { MetricDataQueries: Query[] }) => input.MetricDataQueries.map(({ Id }) => result(Id));

describe('createMetricReader', () => {
  it('asks for nine statistics of a function over the window', async () => {
    aws = fakeAws({ GetMetricData: (input) => ({ MetricDataResults: complete(input) }) });
    await createMetricReader().readSeries(['orders'], window);
    const { input } = aws.calls[0]!;
    expect(
      input.MetricDataQueries.map((each: Query) => `${each.MetricStat.Metric.MetricName} ${each.MetricStat.Stat}`),
    ).toEqual([
      'Invocations Sum',
      'Errors Sum',
      'Throttles Sum',
      'Duration Average',
      'Duration p50',
      'Duration p95',
      'Duration p99',
      'Duration Maximum',
      'ConcurrentExecutions Maximum',
    ]);
    expect(input.MetricDataQueries[0].MetricStat.Metric.Dimensions).toEqual([
      { Name: 'FunctionName', Value: 'orders' },
    ]);
    expect([input.StartTime.getTime(), input.EndTime.getTime()]).toEqual([window.startMs, window.endMs]);
  });

  it('asks for no other statistics than those it is told, more functions to a call', async () => {
    aws = fakeAws({ GetMetricData: (input) => ({ MetricDataResults: complete(input) }) });
    const [series] = await createMetricReader().readSeries(names(83), window, DECIDING_STATISTICS);
    expect(aws.calls).toHaveLength(1);
    const asked: Query[] = aws.calls[0]!.input.MetricDataQueries;
    expect(new Set(asked.map(({ MetricStat }) => MetricStat.Metric.MetricName))).toEqual(new Set(['Duration']));
    expect([series?.maxDurationMs[0], series?.errors[0]]).toEqual([1, Number.NaN]);
  });

  it('never exceeds 500 queries or 100,800 points in a call', async () => {
    aws = fakeAws({ GetMetricData: (input) => ({ MetricDataResults: complete(input) }) });
    const series = await createMetricReader().readSeries(names(150), window);
    expect(series).toHaveLength(150);
    for (const { input } of aws.calls) {
      const points = input.MetricDataQueries.length * ((window.endMs - window.startMs) / (window.periodSeconds * 1000));
      expect(input.MetricDataQueries.length).toBeLessThanOrEqual(500);
      expect(points).toBeLessThanOrEqual(100_800);
    }
    expect(aws.calls).toHaveLength(Math.ceil(150 / functionsPerCall(window)));
  });

  it('joins a series that is spread over pages', async () => {
    aws = fakeAws({
      GetMetricData: (_input, nth) =>
        nth === 0
          ? { NextToken: 'more', MetricDataResults: [result('f0s0', { StatusCode: 'PartialData' })] }
          : { MetricDataResults: [result('f0s0', { Timestamps: [at(2)], Values: [5] })] },
    });
    const [series] = await createMetricReader().readSeries(['orders'], window);
    expect([...series!.invocations.slice(0, 3)]).toEqual([1, 5, Number.NaN]);
    expect(aws.calls[1]!.input.NextToken).toBe('more');
  });

  it('keeps functions apart', async () => {
    aws = fakeAws({
      GetMetricData: () => ({ MetricDataResults: [result('f1s4', { Values: [77] }), result('f0s0', { Values: [3] })] }),
    });
    const [first, second] = await createMetricReader().readSeries(['a', 'b'], window);
    expect(first!.invocations[0]).toBe(3);
    expect(second!.p50DurationMs[0]).toBe(77);
    expect(second!.invocations.every(Number.isNaN)).toBe(true);
  });

  it('ignores points outside the window', async () => {
    aws = fakeAws({
      GetMetricData: () => ({
        MetricDataResults: [result('f0s0', { Timestamps: [at(-2), new Date(window.endMs)], Values: [8, 9] })],
      }),
    });
    const [series] = await createMetricReader().readSeries(['a'], window);
    expect(series!.invocations.every(Number.isNaN)).toBe(true);
  });

  it('asks again for what is incomplete at the end, and then takes what is complete', async () => {
    aws = fakeAws({
      GetMetricData: (input, nth) => ({
        MetricDataResults:
          nth === 0 ? [result('f0s0', { StatusCode: 'PartialData' }), result('f1s0')] : complete(input),
      }),
    });
    const series = await createMetricReader().readSeries(['a', 'b'], window);
    expect(aws.calls).toHaveLength(2);
    expect(series.every((each) => each !== undefined)).toBe(true);
  });

  it('gives up a function that stays incomplete, and no other', async () => {
    aws = fakeAws({
      GetMetricData: () => ({ MetricDataResults: [result('f0s0', { StatusCode: 'InternalError' }), result('f1s0')] }),
    });
    const [first, second] = await createMetricReader().readSeries(['a', 'b'], window);
    expect(first).toBeUndefined();
    expect(second).toBeDefined();
  });

  it.each([
    [
      'TransientFailure',
      () => {
        throw awsError('ThrottlingException');
      },
    ],
    [
      'TransientFailure',
      () => ({ MetricDataResults: [], Messages: [{ Code: 'MaxMetricsExceeded', Value: 'some left out' }] }),
    ],
    [
      'InvalidConfiguration',
      () => {
        throw awsError('AccessDenied', 'client', 403);
      },
    ],
    ['InvalidConfiguration', () => ({ MetricDataResults: [result('f0s0', { StatusCode: 'Forbidden' })] })],
  ])('fails with %s when CloudWatch refuses', async (name, answer) => {
    aws = fakeAws({ GetMetricData: answer });
    await expect(createMetricReader().readSeries(['a'], window)).rejects.toMatchObject({ name });
  });
});
