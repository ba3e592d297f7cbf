import { METRICS } from '../../../../../../shared/cloudwatch-metrics/metric-catalogue.ts';
import { ALARM_IDS, type AlarmTarget } from '../../../../../../shared/contracts/alarms.ts';
import {
  ALARM_CATALOGUE,
  alarmsFor,
  defineAlarm,
} from '../../../../../../shared/domain/configuration/alarms/catalogue.ts';
import { alarmSettings } from '../../../../../support/alarm-settings.ts';

const settings = alarmSettings();
const ORDERS = {
  kind: 'function',
  functionName: 'orders-api',
  timeoutSeconds: 30,
  alias: 'live',
  consumesStream: true,
} as const;
const TARGETS: AlarmTarget[] = [
  ORDERS,
  { kind: 'fleet', functionCount: 100 },
  { kind: 'account' },
  { kind: 'table', tableName: 'orders' },
  { kind: 'queue', queueName: 'jobs' },
  { kind: 'application', service: 'campus' },
  { kind: 'pipeline' },
];
const everyAlarm = TARGETS.flatMap((target) => alarmsFor(target, settings));

describe('ALARM_CATALOGUE', () => {
  it('has one row for every alarm id, and each can be made for some target', () => {
    expect(ALARM_CATALOGUE.map((row) => row.id).sort()).toEqual([...ALARM_IDS].sort());
    expect(new Set(everyAlarm.map((alarm) => alarm.alarmId))).toEqual(new Set(ALARM_IDS));
  });

  it.each(ALARM_CATALOGUE.map((row) => [row.id, row.evaluation] as const))(
    'gives a reason for how %s is evaluated, in periods CloudWatch accepts',
    (_, evaluation) => {
      expect(evaluation.reason.length).toBeGreaterThan(30);
      expect(evaluation.datapointsToAlarm).toBeLessThanOrEqual(evaluation.evaluationPeriods);
      const windowSeconds = evaluation.periodSeconds * evaluation.evaluationPeriods;
      expect(windowSeconds).toBeLessThanOrEqual(evaluation.periodSeconds >= 3_600 ? 604_800 : 86_400);
    },
  );

  it('returns exactly one value a query set and refers to no query that is not there', () => {
    for (const { queries } of everyAlarm) {
      expect(queries.filter((query) => query.returnData)).toHaveLength(1);
      for (const query of queries) {
        if (!('expression' in query) || query.expression.startsWith('SELECT')) continue;
        const used = query.expression.match(/\b[a-z]+\b/g) ?? [];
        const known = queries.map((each) => each.id);
        expect(used.every((word) => known.includes(word))).toBe(true);
      }
    }
  });

  it('gates every share and percentile on a minimum of samples, as its row says', () => {
    const shares = everyAlarm.filter(({ queries }) =>
      queries.some(
        (each) => ('metric' in each && /^p\d/.test(each.stat)) || ('expression' in each && /\//.test(each.expression)),
      ),
    );
    for (const { queries, target } of shares.filter((each) => each.target.kind !== 'fleet')) {
      expect(queries.some((each) => 'expression' in each && /^IF\(\w+ >= \d+,/.test(each.expression))).toBe(true);
      expect(target.kind).not.toBe('pipeline');
    }
    expect(shares.length).toBeGreaterThanOrEqual(3);
  });

  it('groups fleet alarms by function and sorts them, as alarms on several series must', () => {
    for (const { queries } of alarmsFor({ kind: 'fleet', functionCount: 7 }, settings)) {
      const [query] = queries;
      expect(query && 'expression' in query ? query.expression : '').toMatch(
        /GROUP BY FunctionName ORDER BY \w+\(\) DESC$/,
      );
      expect(query && 'expression' in query ? query.periodSeconds : 0).toBeGreaterThan(0);
    }
  });

  it('takes the threshold near the timeout from the live timeout, and makes none where it is unknown', () => {
    expect(defineAlarm('DurationNearTimeout', ORDERS, settings)?.threshold).toBe(28_500);
    expect(defineAlarm('DurationNearTimeout', { ...ORDERS, timeoutSeconds: 60 }, settings)?.threshold).toBe(57_000);
    expect(
      defineAlarm('DurationNearTimeout', { kind: 'function', functionName: 'orders-api' }, settings),
    ).toBeUndefined();
  });

  it('uses every configured threshold', () => {
    const raised = alarmSettings({
      thresholds: Object.fromEntries(
        Object.entries(settings.thresholds).map(([name, value]) => [name, name === 'timeoutShare' ? 0.5 : value / 2]),
      ) as typeof settings.thresholds,
    });
    const changed = TARGETS.flatMap((target) => alarmsFor(target, raised));
    const unconfigurable = [
      'DeadLetterErrors',
      'ProvisionedConcurrencySpillover',
      'NothingAssessed',
      'ApprovalsExpiringUnread',
      'RemediationFailing',
    ];
    for (const [index, alarm] of everyAlarm.entries()) {
      const isSame = changed[index]?.threshold === alarm.threshold;
      expect([alarm.name, isSame]).toEqual([alarm.name, unconfigurable.includes(alarm.alarmId)]);
    }
  });

  it('names the configured unit of cost instead of the brief’s students', () => {
    const tenants = alarmSettings({ costUnit: { user: 'tenant', currency: 'EUR' } });
    const alarm = defineAlarm('HighCostPerUser', { kind: 'application', service: 'campus' }, tenants);
    expect(alarm?.description).toContain('A tenant costs more than 15 EUR a month');
  });

  it('reads application metrics by the names the metrics library writes', () => {
    const written = Object.values(METRICS).map((metric) => metric.name as string);
    const read = everyAlarm
      .flatMap(({ queries }) => queries)
      .flatMap((query) =>
        'metric' in query && query.metric.namespace === 'Rightsizer/Application' ? [query.metric] : [],
      );
    expect(read.length).toBeGreaterThan(3);
    for (const metric of read) {
      expect(written).toContain(metric.name);
      const definition = Object.values(METRICS).find((each) => each.name === metric.name);
      expect(Object.keys(metric.dimensions)).toEqual([...(definition?.dimensions ?? [])]);
    }
  });
});
