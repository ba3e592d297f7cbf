import * as v from 'valibot';
import { DEFAULT_NAMESPACE } from '../../shared/cloudwatch-metrics/metric-catalogue.ts';
import { ACTION_KINDS } from '../../shared/contracts/remediation.ts';
import { finiteNumber, record, strictObject } from '../../shared/contracts/typed-values.ts';
import { METRIC_ALARMS_MAX } from '../../shared/domain/configuration/alarms/alarm-cost.ts';
import { DEFAULT_THRESHOLDS } from '../../shared/domain/configuration/alarms/catalogue.ts';
import { DEFAULT_REMEDIATION_SETTINGS } from '../../shared/domain/remediation/policy.ts';

/** Adds a field's documentation beside its schema. */
type Field = <Schema extends v.GenericSchema>(schema: Schema, description: string, allowed: string) => Schema;

const between = (minimum: number, maximum: number) => v.pipe(finiteNumber, v.minValue(minimum), v.maxValue(maximum));
const wholeBetween = (minimum: number, maximum: number) => v.pipe(between(minimum, maximum), v.safeInteger());

const WEEK_MS = 604_800_000;
/** Their names travel to the functions in an environment variable, and Lambda gives all of those 4 KB. */
const SERVICES_MAX = 20;
const FORTNIGHT_MINUTES = 20_160;

/** Thresholds of ConfigureAlarms' alarms. Defaults are the catalogue's. */
function thresholdFields(field: Field) {
  const defaults = DEFAULT_THRESHOLDS;
  return strictObject({
    responseTimeMs: field(
      v.optional(between(1, 900_000), defaults.responseTimeMs),
      'p95 of a function’s duration in milliseconds above which it is too slow.',
      '1 to 900,000',
    ),
    timeoutShare: field(
      v.optional(between(0.1, 1), defaults.timeoutShare),
      'Share of its timeout that a function’s slowest invocation may take.',
      '0.1 to 1',
    ),
    errorRatePercent: field(
      v.optional(between(0.01, 100), defaults.errorRatePercent),
      'Invocations of a function that may fail, in percent.',
      '0.01 to 100',
    ),
    fleetErrorsPerPeriod: field(
      v.optional(between(1, 1_000_000), defaults.fleetErrorsPerPeriod),
      'Errors in five minutes that a function nobody selected may have.',
      '1 to 1,000,000',
    ),
    throttlesPerMinute: field(
      v.optional(between(0, 1_000_000), defaults.throttlesPerMinute),
      'Throttled invocations a minute.',
      '0 to 1,000,000',
    ),
    iteratorAgeMs: field(
      v.optional(between(1, WEEK_MS), defaults.iteratorAgeMs),
      'Milliseconds a stream’s consumer may be behind.',
      '1 to 604,800,000 (a week)',
    ),
    memoryPercent: field(
      v.optional(between(1, 100), defaults.memoryPercent),
      'Share of its memory a function may use, in percent; seen only where Lambda Insights is on.',
      '1 to 100',
    ),
    tableThrottlesPerMinute: field(
      v.optional(between(0, 1_000_000), defaults.tableThrottlesPerMinute),
      'Throttled reads or writes of a table a minute.',
      '0 to 1,000,000',
    ),
    queueDepth: field(
      v.optional(between(1, 1_000_000), defaults.queueDepth),
      'Messages that may wait in a queue.',
      '1 to 1,000,000',
    ),
    cacheHitPercent: field(
      v.optional(between(1, 100), defaults.cacheHitPercent),
      'Cache lookups that should be answered from the cache, in percent.',
      '1 to 100',
    ),
    costPerUserPerMonth: field(
      v.optional(between(0.01, 1_000_000), defaults.costPerUserPerMonth),
      'What a user may cost a month, in `alarms.costUnit.currency`.',
      '0.01 to 1,000,000',
    ),
    concurrentUsers: field(
      v.optional(between(1, 1_000_000_000), defaults.concurrentUsers),
      'Users at once that the application was planned for.',
      '1 to 1,000,000,000',
    ),
  });
}

/** What ConfigureAlarms watches, and from where on it is trouble. */
export function alarmFields(field: Field) {
  return strictObject({
    thresholds: v.optional(thresholdFields(field), {}),
    costUnit: v.optional(
      strictObject({
        user: field(
          v.optional(v.pipe(v.string(), v.regex(/^\w[\w -]{0,29}$/, 'not a word')), 'student'),
          'What a user is called in alarms about costs.',
          'up to 30 letters, digits, spaces and hyphens',
        ),
        currency: field(
          v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/, 'not a currency')), 'INR'),
          'Currency of the application’s metric of costs.',
          'three capital letters (ISO 4217)',
        ),
      }),
      {},
    ),
    services: field(
      v.optional(
        v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'not a service'))), v.maxLength(SERVICES_MAX)),
        [],
      ),
      'Services that write application metrics (cache, users, costs) and get alarms on them.',
      `a list of at most ${SERVICES_MAX} names`,
    ),
    applicationNamespace: field(
      v.optional(v.pipe(v.string(), v.regex(/^(?!AWS\/)[\w./#:-]{1,255}$/, 'not a namespace')), DEFAULT_NAMESPACE),
      'CloudWatch namespace of those metrics.',
      'a namespace that is not one of AWS',
    ),
    fleetBudgetUsdPerMonth: field(
      v.optional(between(0, 10_000), 20),
      'Most that alarms on functions nobody selected may cost a month; with less than they need, the account is watched as a sum.',
      '0 to 10,000',
    ),
    maximumMetricAlarms: field(
      v.optional(wholeBetween(1, 1_000_000), METRIC_ALARMS_MAX),
      'Metric alarms that AWS lets the account have in the region; a plan of more writes nothing. Raise it when AWS has raised the quota.',
      'whole number, 1 to 1,000,000',
    ),
  });
}

const policySchema = strictObject({
  mode: v.optional(v.picklist(['automatic', 'ask', 'notify'])),
  coolDownMinutes: v.optional(between(1, FORTNIGHT_MINUTES)),
  maximumPerDay: v.optional(wholeBetween(0, 100)),
});

/** What Remediation may do on an alarm, and how much of it. Defaults are those of shared/domain/remediation. */
export function remediationFields(field: Field) {
  const defaults = DEFAULT_REMEDIATION_SETTINGS;
  const step = (value: number, what: string) =>
    field(v.optional(between(1.01, 4), value), `Factor of one raise of ${what}.`, '1.01 to 4');
  return strictObject({
    policies: field(
      v.optional(record(v.picklist(ACTION_KINDS), policySchema), {}),
      'How single actions differ from their defaults; see [Answers to alarms](#answers-to-alarms).',
      `an object of ${ACTION_KINDS.map((kind) => `\`${kind}\``).join(', ')}, each with any of \`mode\`, \`coolDownMinutes\`, \`maximumPerDay\``,
    ),
    memoryStep: step(defaults.memoryStep, 'memory'),
    timeoutStep: step(defaults.timeoutStep, 'a timeout'),
    concurrencyStep: step(defaults.concurrencyStep, 'reserved concurrency'),
    provisionedStep: step(defaults.provisionedStep, 'provisioned concurrency'),
    tableStep: step(defaults.tableStep, 'a table’s capacity'),
    maximumTableUnits: field(
      v.optional(wholeBetween(1, 40_000), defaults.maximumTableUnits),
      'Most read or write units a table is raised to.',
      'whole number, 1 to 40,000',
    ),
    provisionedBudgetUsdPerMonth: field(
      v.optional(between(0, 1_000_000), defaults.provisionedBudgetUsdPerMonth),
      'Most that provisioned concurrency added on alarms may cost a month and function.',
      '0 to 1,000,000',
    ),
    watchHours: field(
      v.optional(between(1, 720), defaults.watchHours),
      'Hours after one of our changes in which trouble is put down to it.',
      '1 to 720',
    ),
    nightCoolDownDays: field(
      v.optional(wholeBetween(1, 365), defaults.nightCoolDownDays),
      'Days in which the night proposes nothing for what was raised on an alarm.',
      'whole number, 1 to 365',
    ),
  });
}
