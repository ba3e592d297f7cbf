import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { AlarmEvaluator } from '../../../../sandbox/account/cloudwatch/alarm-evaluator.ts';
import type { CloudWatchEvent } from '../../../../sandbox/account/cloudwatch/alarm-events.ts';
import { judge } from '../../../../sandbox/account/cloudwatch/alarm-verdict.ts';
import { Alarms } from '../../../../sandbox/account/cloudwatch/alarms.ts';
import { evaluateMath } from '../../../../sandbox/account/cloudwatch/metric-math.ts';
import { MetricReader, parseInsights } from '../../../../sandbox/account/cloudwatch/metric-reader.ts';
import type { MetricSource } from '../../../../sandbox/account/cloudwatch/metric-source.ts';
import type { AccountContext } from '../../../../sandbox/account/core/account-context.ts';
import { IdSource } from '../../../../sandbox/account/core/ids.ts';
import { VirtualClock } from '../../../../sandbox/clock/virtual-clock.ts';
import { parseAlarmEvent } from '../../../../shared/contracts/alarm-event.ts';

const START_MS = Date.UTC(2026, 10, 23, 8);
const MINUTE_MS = 60_000;

describe('evaluateMath', () => {
  const series: Record<string, number[]> = { a: [1, 2, Number.NaN], b: [4, 0, 5] };
  const evaluate = (expression: string) => evaluateMath(expression, (id) => series[id]!, 3);

  it.each([
    ['100 * a / b', [25, Number.NaN, Number.NaN]],
    ['FILL(a, 0) + b', [5, 2, 5]],
    ['IF(b >= 4, a, 0)', [1, 0, Number.NaN]],
    ['IF(b >= 4, 100 * a / b, 0)', [25, 0, Number.NaN]],
    ['(a + 1) * 2 - 1', [3, 5, Number.NaN]],
  ])('works out %s', (expression, values) => expect(evaluate(expression)).toEqual(values));

  it.each(['SUM(METRICS())', 'a +', 'a ? b', 'IF(a, b)', 'RATE(a)', 'a b'])(
    'refuses %s, which it would get wrong',
    (expression) => {
      expect(() => evaluate(expression)).toThrow('metric math');
    },
  );
});

describe('judge', () => {
  const alarm = {
    ComparisonOperator: 'GreaterThanThreshold',
    Threshold: 10,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
  } as const;
  const none = Number.NaN;

  it.each([
    ['M of N points are over', [20, 5, 20], 'notBreaching', 'ALARM'],
    ['fewer than M are', [20, 5, 5], 'notBreaching', 'OK'],
    ['a point is at the threshold', [10, 10, 10], 'notBreaching', 'OK'],
    ['missing points are good', [20, none, none], 'notBreaching', 'OK'],
    ['missing points are bad', [20, none, none], 'breaching', 'ALARM'],
    ['nothing is known', [none, none, none], 'missing', 'INSUFFICIENT_DATA'],
    ['nothing is known and nothing should change', [none, none, none], 'ignore', 'ALARM'],
  ] as const)('decides where %s', (_, values, TreatMissingData, state) => {
    expect(judge({ ...alarm, TreatMissingData }, values, 'ALARM').state).toBe(state);
  });
});

it('reads only the queries it understands', () => {
  expect(
    parseInsights(
      'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY SUM() DESC LIMIT 10',
    ),
  ).toMatchObject({ metricName: 'Errors', limit: 10 });
  expect(() => parseInsights('SELECT SUM(Errors) FROM "AWS/Lambda" WHERE FunctionName = \'a\'')).toThrow(
    'Metrics Insights',
  );
});

describe('AlarmEvaluator', () => {
  function world() {
    const clock = new VirtualClock(START_MS);
    const errors: Record<string, number> = { a: 0, b: 0 };
    const source: MetricSource = {
      series: ({ dimensions }, _, { count }) =>
        new Float64Array(count).fill(errors[dimensions.get('FunctionName') ?? ''] ?? Number.NaN),
    };
    const telemetry = () => ({}) as never;
    const context: AccountContext = {
      clock,
      region: 'us-east-1',
      accountId: '123456789012',
      ids: new IdSource(1),
      ratesLeft: 1,
      telemetry,
    };
    const alarms = new Alarms(context);
    const metrics = new MetricReader(
      () => source,
      () => Object.keys(errors),
    );
    const evaluator = new AlarmEvaluator(context, alarms, metrics);
    const events: CloudWatchEvent[] = [];
    evaluator.onEvent((event) => events.push(event));
    const put = (input: Partial<PutMetricAlarmCommandInput>) =>
      alarms.operations()['PutMetricAlarm']!.run({
        AlarmName: 'one',
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: 'GreaterThanThreshold',
        ...input,
      });
    const next = async () => {
      await clock.advanceTo(clock.now() + MINUTE_MS);
      evaluator.evaluate();
      return events
        .splice(0)
        .map(parseAlarmEvent)
        .map(({ kind, state, contributor }) => ({ kind, state, ...contributor }));
    };
    return { errors, put, next, evaluator };
  }
  const query = 'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY SUM() DESC';

  it('tells of each change of state once, in events that the product can read', async () => {
    const { errors, put, next } = world();
    put({
      MetricName: 'Errors',
      Namespace: 'AWS/Lambda',
      Statistic: 'Sum',
      Period: 60,
      Dimensions: [{ Name: 'FunctionName', Value: 'a' }],
    });
    expect(await next()).toEqual([{ kind: 'metric', state: 'OK' }]);
    expect(await next()).toEqual([]);
    errors['a'] = 9;
    expect(await next()).toEqual([{ kind: 'metric', state: 'ALARM' }]);
    expect(await next()).toEqual([]);
  });

  it('sums a metric without dimensions over all functions', async () => {
    const { errors, put, next } = world();
    put({ MetricName: 'Errors', Namespace: 'AWS/Lambda', Statistic: 'Sum', Period: 60 });
    Object.assign(errors, { a: 3, b: 3 });
    expect(await next()).toEqual([{ kind: 'metric', state: 'ALARM' }]);
  });

  it('tells of a second function’s trouble although the alarm as a whole is on already', async () => {
    const { errors, put, next, evaluator } = world();
    put({ Metrics: [{ Id: 'q', Expression: query, Period: 60 }] });
    errors['a'] = 9;
    expect(await next()).toEqual([
      { kind: 'contributor', state: 'ALARM', FunctionName: 'a' },
      { kind: 'insights', state: 'ALARM' },
    ]);
    errors['b'] = 9;
    expect(await next()).toEqual([{ kind: 'contributor', state: 'ALARM', FunctionName: 'b' }]);
    expect(evaluator.contributorsOf('one').map(({ attributes }) => attributes)).toEqual([
      { FunctionName: 'a' },
      { FunctionName: 'b' },
    ]);
    Object.assign(errors, { a: 0, b: 0 });
    expect(await next()).toEqual([
      { kind: 'contributor', state: 'OK', FunctionName: 'a' },
      { kind: 'contributor', state: 'OK', FunctionName: 'b' },
      { kind: 'insights', state: 'OK' },
    ]);
  });
});
