import type { AlarmDefinition } from '../../../../../../shared/contracts/alarms.ts';
import {
  billedMetricsOf,
  countAlarms,
  monthlyAlarmCost,
} from '../../../../../../shared/domain/configuration/alarms/alarm-cost.ts';

describe('what alarms cost', () => {
  it('is ten cents a metric a month, to the cent', () => {
    expect([0, 1, 3, 7, 123].map(monthlyAlarmCost)).toEqual([0, 0.1, 0.3, 0.7, 12.3]);
  });

  it('counts the metrics that an alarm names, not those it computes; one where it names none', () => {
    expect(billedMetricsOf({ Metrics: [{ MetricStat: {} }, { MetricStat: {} }, {}] })).toBe(2);
    expect(billedMetricsOf({ Metrics: [{}] })).toBe(0);
    expect(billedMetricsOf({})).toBe(1);
  });

  it('counts alarms over many functions by what their query analyses', () => {
    const alarms = [
      { target: { kind: 'fleet', functionCount: 40 }, billedMetrics: 40 },
      { target: { kind: 'account' }, billedMetrics: 2 },
      { target: { kind: 'pipeline' }, billedMetrics: 1 },
    ] as AlarmDefinition[];
    expect(countAlarms(alarms)).toEqual({ metricAlarms: 2, metricsInsightsAlarms: 1, billedMetrics: 43 });
  });
});
