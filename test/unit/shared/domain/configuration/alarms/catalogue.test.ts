import { METRICS } from '../../../../../../shared/cloudwatch-metrics/metric-catalogue.ts';
import { metricNamespace } from '../../../../../../shared/constants.ts';
import {
  ALARM_IDS,
  type AlarmDefinition,
  type AlarmId,
  type AlarmTarget,
} from '../../../../../../shared/contracts/alarms.ts';
import {
  ALARM_CATALOGUE,
  alarmsFor,
  catalogueRow,
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
const everyAlarm = () => TARGETS.flatMap((target) => alarmsFor(target, settings));

describe('ALARM_CATALOGUE', () => {
  it('has one row for every alarm id, and each can be made for some target', () => {
    expect(ALARM_CATALOGUE.map((row) => row.id).sort()).toEqual([...ALARM_IDS].sort());
    expect(new Set(everyAlarm().map((alarm) => alarm.alarmId))).toEqual(new Set(ALARM_IDS));
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
    for (const { queries } of everyAlarm()) {
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
    const shares = everyAlarm().filter(({ queries }) =>
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
    for (const [index, alarm] of everyAlarm().entries()) {
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
    const read = everyAlarm()
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

/** `namespace metric [dimensions] statistic/seconds`, or the expression; the one that alarms is marked. */
function inShort({ queries, comparison, threshold }: AlarmDefinition): string[] {
  const lines = queries.map((query) => {
    const text =
      'metric' in query
        ? `${query.metric.namespace} ${query.metric.name} [${Object.entries(query.metric.dimensions)}] ${query.stat}/${query.periodSeconds}`
        : `${query.expression}${query.periodSeconds === undefined ? '' : ` /${query.periodSeconds}`}`;
    return `${query.id}${query.returnData ? '!' : ''} = ${text}`;
  });
  const sign = { GreaterThanThreshold: '>', GreaterThanOrEqualToThreshold: '>=', LessThanThreshold: '<' }[comparison];
  return [...lines, `${sign} ${threshold}`];
}

describe('what each alarm measures', () => {
  const measured = () =>
    Object.fromEntries(everyAlarm().map((alarm) => [`${alarm.alarmId} of ${alarm.target.kind}`, inShort(alarm)]));
  const OF = '[FunctionName,orders-api]';

  it('is this of a function', () => {
    expect(measured()).toMatchObject({
      'HighResponseTime of function': [
        'e! = IF(n >= 20, m, 0)',
        `m = AWS/Lambda Duration ${OF} p95/300`,
        `n = AWS/Lambda Invocations ${OF} Sum/300`,
        '> 3000',
      ],
      'DurationNearTimeout of function': [`m! = AWS/Lambda Duration ${OF} Maximum/60`, '> 28500'],
      'HighErrorRate of function': [
        'e! = IF(whole >= 20, 100 * part / whole, 0)',
        `part = AWS/Lambda Errors ${OF} Sum/300`,
        `whole = AWS/Lambda Invocations ${OF} Sum/300`,
        '> 5',
      ],
      'LambdaThrottling of function': [`m! = AWS/Lambda Throttles ${OF} Sum/60`, '> 10'],
      'IteratorAge of function': [`m! = AWS/Lambda IteratorAge ${OF} Maximum/60`, '> 60000'],
      'DeadLetterErrors of function': [`m! = AWS/Lambda DeadLetterErrors ${OF} Sum/300`, '> 0'],
      'ProvisionedConcurrencySpillover of function': [
        'm! = AWS/Lambda ProvisionedConcurrencySpilloverInvocations [FunctionName,orders-api,Resource,orders-api:live] Sum/60',
        '> 0',
      ],
      'MemoryNearSize of function': [
        'm! = LambdaInsights memory_utilization [function_name,orders-api] Maximum/300',
        '> 90',
      ],
      'LowCacheHitRate of function': [
        'e! = IF(n >= 100, m, 1)',
        `m = Rightsizer/Application CacheHit ${OF} Average/300`,
        `n = Rightsizer/Application CacheHit ${OF} SampleCount/300`,
        '< 0.4',
      ],
    });
  });

  it('is this of all functions together', () => {
    const perFunction = (metric: string) =>
      `SELECT SUM(${metric}) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY SUM() DESC`;
    expect(measured()).toMatchObject({
      'HighErrorRate of fleet': [`q! = ${perFunction('Errors')} /300`, '> 10'],
      'LambdaThrottling of fleet': [`q! = ${perFunction('Throttles')} /60`, '> 10'],
      'HighErrorRate of account': [
        'e! = IF(whole >= 200, 100 * part / whole, 0)',
        'part = AWS/Lambda Errors [] Sum/300',
        'whole = AWS/Lambda Invocations [] Sum/300',
        '> 5',
      ],
      'LambdaThrottling of account': ['m! = AWS/Lambda Throttles [] Sum/60', '> 10'],
      'DeadLetterErrors of account': ['m! = AWS/Lambda DeadLetterErrors [] Sum/300', '> 0'],
    });
  });

  it('is this of tables, queues, applications and of ourselves', () => {
    const table = (metric: string) => `AWS/DynamoDB ${metric} [TableName,orders] Sum/60`;
    const ours = (metric: string, service: string) =>
      `${metricNamespace(settings.stackName)} ${metric} [service,${service}]`;
    expect(measured()).toMatchObject({
      'DynamoDbThrottling of table': [
        'e! = FILL(first, 0) + FILL(second, 0)',
        `first = ${table('ReadThrottleEvents')}`,
        `second = ${table('WriteThrottleEvents')}`,
        '> 10',
      ],
      'HighQueueDepth of queue': [
        'm! = AWS/SQS ApproximateNumberOfMessagesVisible [QueueName,jobs] Maximum/60',
        '> 100',
      ],
      'HighCostPerUser of application': [
        'm! = Rightsizer/Application CostPerUserPerMonth [Service,campus] Average/3600',
        '> 15',
      ],
      'HighConcurrentUsers of application': [
        'm! = Rightsizer/Application ConcurrentUsers [Service,campus] Maximum/60',
        '> 1000',
      ],
      'NothingAssessed of pipeline': [`m! = ${ours('FunctionsAssessed', 'summarize-run')} Maximum/86400`, '< 1'],
      'ApprovalsExpiringUnread of pipeline': [`m! = ${ours('ProposalsExpired', 'summarize-run')} Sum/86400`, '> 0'],
      'RemediationFailing of pipeline': [`m! = ${ours('RemediationsFailed', 'record-remediation')} Sum/3600`, '>= 2'],
    });
  });

  it('is said with its threshold, why it is judged so and where to read on', () => {
    const said = (id: AlarmId, target: AlarmTarget = ORDERS) => defineAlarm(id, target, settings)!.description;
    expect(said('DurationNearTimeout')).toBe(
      `The slowest invocation takes more than 95 % of the timeout of 30 s. Judged over ${catalogueRow('DurationNearTimeout').evaluation.reason}. Runbook: ${settings.runbookUrl}#duration-near-timeout`,
    );
    expect(said('HighResponseTime')).toMatch(/^One in twenty invocations takes longer than 3000 ms\./);
    expect(said('HighErrorRate')).toMatch(/^More than 5 % of at least 20 invocations fail\./);
    expect(said('HighErrorRate', { kind: 'account' })).toMatch(/at least 200 invocations/);
    expect(said('HighErrorRate', { kind: 'fleet', functionCount: 1 })).toMatch(/^A function fails more than 10 times/);
    expect(said('LambdaThrottling')).toMatch(/^Lambda refuses more than 10 invocations a minute/);
    expect(said('IteratorAge')).toMatch(/^Records of its stream are more than 60 s old/);
    expect(said('DeadLetterErrors')).toMatch(/the event is lost\./);
    expect(said('ProvisionedConcurrencySpillover')).toMatch(/^Invocations of live run beside/);
    expect(said('MemoryNearSize')).toMatch(/^An environment uses more than 90 % of its memory/);
    expect(said('LowCacheHitRate')).toMatch(/^Less than 40 % of lookups/);
    expect(said('DynamoDbThrottling', { kind: 'table', tableName: 'a' })).toMatch(/^DynamoDB refuses more than 10 /);
    expect(said('HighQueueDepth', { kind: 'queue', queueName: 'a' })).toMatch(/^More than 100 messages wait\./);
    expect(said('HighConcurrentUsers', { kind: 'application', service: 'a' })).toMatch(/^More than 1000 users at once/);
    for (const { description } of everyAlarm()) expect(description).toMatch(/^[A-Z].{20,}\. Judged over .*#[a-z-]+$/);
    const endless = alarmSettings({ runbookUrl: 'u'.repeat(2_000) });
    expect(defineAlarm('HighErrorRate', ORDERS, endless)!.description).toHaveLength(1_024);
  });

  it('is billed by the metrics it names, and grouped by functions', () => {
    const billed = (id: AlarmId, target: AlarmTarget) => defineAlarm(id, target, settings)!.billedMetrics;
    expect(billed('HighErrorRate', ORDERS)).toBe(2);
    expect(billed('LambdaThrottling', ORDERS)).toBe(1);
    expect(billed('HighErrorRate', { kind: 'fleet', functionCount: 70 })).toBe(70);
  });

  it('is nothing where there is nothing to measure', () => {
    const bare = { kind: 'function', functionName: 'a' } as const;
    const made = alarmsFor(bare, settings).map(({ alarmId }) => alarmId);
    for (const id of ['DurationNearTimeout', 'IteratorAge', 'ProvisionedConcurrencySpillover'])
      expect(made).not.toContain(id);
    expect(defineAlarm('HighQueueDepth', bare, settings)).toBeUndefined();
    expect(() => catalogueRow('Nothing' as AlarmId)).toThrow(new RangeError('the catalogue has no alarm Nothing'));
  });
});
