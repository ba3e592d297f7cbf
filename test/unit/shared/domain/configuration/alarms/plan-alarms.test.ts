import fc from 'fast-check';
import { monthlyAlarmCost } from '../../../../../../shared/domain/configuration/alarms/alarm-cost.ts';
import { chooseFleetShape, planAlarms } from '../../../../../../shared/domain/configuration/alarms/plan-alarms.ts';
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

  it('reports a plan beyond the region’s quota as a problem', () => {
    const plan = planAlarms({ ...nothing, functionCount: 900, functions: own(900) }, alarmSettings());
    expect(plan.problems).toEqual([expect.stringContaining('more than the default quota of 5000')]);
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
