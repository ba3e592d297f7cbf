import fc from 'fast-check';
import { monthlyAlarmCost } from '../../../../../../shared/domain/configuration/alarms/alarm-cost.ts';
import {
  chooseFleetShape,
  planAlarms,
  planOf,
} from '../../../../../../shared/domain/configuration/alarms/plan-alarms.ts';
import { alarmSettings } from '../../../../../support/alarm-settings.ts';

const nothing = { functionCount: 0, functions: [], tables: [], queues: [] };
const own = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => ({ kind: 'function', functionName: `f${index}`, timeoutSeconds: 30 }) as const,
  );

describe('planAlarms', () => {
  it('watches every function by a fleet alarm each for errors and throttles, where that is within the budget', () => {
    const plan = planAlarms({ ...nothing, functionCount: 90 }, alarmSettings({ fleetBudgetUsdPerMonth: 20 }));
    expect(plan.fleet.shape).toBe('fleet');
    expect(plan.alarms.filter((alarm) => alarm.target.kind === 'fleet').map((alarm) => alarm.alarmId)).toEqual([
      'HighErrorRate',
      'LambdaThrottling',
    ]);
    // Two alarms analyse 90 metrics each, at 0.10 USD a metric.
    expect(plan.costUsdPerMonth).toBe(18);
    expect(plan.counts).toEqual({ metricAlarms: 0, metricsInsightsAlarms: 2, billedMetrics: 180 });
  });

  it('watches the account’s sums instead where grouping a thousand functions would cost hundreds', () => {
    const plan = planAlarms({ ...nothing, functionCount: 1_000 }, alarmSettings());
    expect(plan.fleet).toEqual({ shape: 'account', reason: expect.stringContaining('500 series') });
    expect(plan.counts.metricsInsightsAlarms).toBe(0);
    expect(plan.costUsdPerMonth).toBeLessThan(1);
  });

  it('says what grouping would have cost when the budget forbids it', () => {
    const { shape, reason } = chooseFleetShape({ functionCount: 400 }, alarmSettings({ fleetBudgetUsdPerMonth: 20 }));
    expect(shape).toBe('account');
    expect(reason).toContain('would cost 80 USD a month, the budget is 20');
  });

  it('gives own alarms to selected functions, tables and queues only', () => {
    const plan = planAlarms(
      { functionCount: 50, functions: own(2), tables: ['orders'], queues: ['jobs'] },
      alarmSettings({ services: ['campus'] }),
    );
    const kinds = plan.alarms.map((alarm) => alarm.target.kind);
    expect(kinds.filter((kind) => kind === 'table')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'queue')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'application')).toHaveLength(2);
    expect(new Set(plan.alarms.map((alarm) => alarm.name)).size).toBe(plan.alarms.length);
  });

  it('chooses the shape by what there is, the series of a query and the budget, each to the last one', () => {
    const chosen = (functionCount: number, fleetBudgetUsdPerMonth: number) =>
      chooseFleetShape({ functionCount }, alarmSettings({ fleetBudgetUsdPerMonth }));
    expect(chosen(0, 20)).toEqual({ shape: 'none', reason: 'the account has no functions' });
    expect(chosen(100, 20)).toEqual({
      shape: 'fleet',
      reason: '2 alarms grouped over 100 functions cost 20 USD a month, within the budget of 20',
    });
    expect(chosen(101, 20)).toEqual({
      shape: 'account',
      reason:
        '2 alarms grouped over 101 functions would cost 20.2 USD a month, the budget is 20; account sums, and one query of 0.0010 USD to name the offenders when one fires',
    });
    expect(chosen(500, 1_000).shape).toBe('fleet');
    expect(chosen(501, 1_000)).toEqual({
      shape: 'account',
      reason:
        '501 functions are more than the 500 series a query returns; account sums, and one query of 0.0050 USD to name the offenders when one fires',
    });
  });

  it('has alarms of the account’s sums, of the functions grouped, or neither', () => {
    const kinds = (functionCount: number) => [
      ...new Set(planAlarms({ ...nothing, functionCount }, alarmSettings()).alarms.map(({ target }) => target.kind)),
    ];
    expect([kinds(0), kinds(5), kinds(5_000)]).toEqual([[], ['fleet'], ['account']]);
  });

  it('plans an alarm once, however often its target was found, and names the quotas', () => {
    const { alarms, quotas, problems } = planAlarms({ ...nothing, tables: ['a', 'a'] }, alarmSettings());
    expect(alarms.map(({ name }) => name)).toEqual([expect.stringMatching(/DynamoDbThrottling.table.a$/)]);
    expect([quotas, problems]).toEqual([{ metricAlarms: 5_000, metricsInsightsAlarms: 200 }, []]);
  });

  it('has a problem only beyond a quota, of either kind of alarm', () => {
    const problems = (kind: 'fleet' | 'account', count: number) =>
      planOf(new Array(count).fill({ target: { kind }, billedMetrics: 1 }), { shape: 'none', reason: '' }).problems;
    expect([problems('account', 5_000), problems('fleet', 200)]).toEqual([[], []]);
    expect(problems('account', 5_001)).toEqual(['5001 metric alarms are more than the quota of 5000 a region']);
    expect(problems('fleet', 201)).toEqual(['201 Metrics Insights alarms are more than the quota of 200']);
  });

  it('reports a plan beyond the region’s quota as a problem', () => {
    const plan = planAlarms({ ...nothing, functionCount: 900, functions: own(900) }, alarmSettings());
    expect(plan.problems).toEqual([expect.stringContaining('more than the quota of 5000')]);
    const raised = alarmSettings({ maximumMetricAlarms: 10_000 });
    expect(planAlarms({ ...nothing, functionCount: 900, functions: own(900) }, raised).problems).toEqual([]);
  });

  it('never costs less for more functions, and always what its metrics cost', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 }), (fleet, selected) => {
        const plan = (count: number) =>
          planAlarms(
            { ...nothing, functionCount: fleet + count, functions: own(count) },
            alarmSettings({ fleetBudgetUsdPerMonth: 1e6 }),
          );
        const smaller = plan(selected);
        expect(smaller.costUsdPerMonth).toBe(monthlyAlarmCost(smaller.counts.billedMetrics));
        expect(plan(selected + 1).costUsdPerMonth).toBeGreaterThan(smaller.costUsdPerMonth);
      }),
    );
  });
});
