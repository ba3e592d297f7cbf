import * as v from 'valibot';
import { roundEventSchema, roundsSchema } from './continuation.ts';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';
import { emailAddress } from './typed-texts.ts';
import { finiteNumber, strictObject } from './typed-values.ts';

/** `high`: production or the night's work suffers, look now. `low`: look during the day. */
export const SEVERITIES = ['high', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Every alarm of the catalogue (shared/domain/configuration/alarms/catalogue.ts), also its heading in the runbook with words apart. */
export const ALARM_IDS = [
  'HighResponseTime',
  'DurationNearTimeout',
  'HighErrorRate',
  'LambdaThrottling',
  'IteratorAge',
  'DeadLetterErrors',
  'ProvisionedConcurrencySpillover',
  'MemoryNearSize',
  'DynamoDbThrottling',
  'HighQueueDepth',
  'LowCacheHitRate',
  'HighCostPerUser',
  'HighConcurrentUsers',
  'NothingAssessed',
  'ApprovalsExpiringUnread',
  'RemediationFailing',
] as const;
export type AlarmId = (typeof ALARM_IDS)[number];

/** What one alarm watches; `fleet` and `account` are every function of the account (grouped, or as one sum). */
export type AlarmTarget =
  | { kind: 'function'; functionName: string; timeoutSeconds?: number; alias?: string; consumesStream?: boolean }
  | { kind: 'fleet'; functionCount: number }
  | { kind: 'account' }
  | { kind: 'table'; tableName: string }
  | { kind: 'queue'; queueName: string }
  | { kind: 'application'; service: string }
  | { kind: 'pipeline' };

/** One of PutMetricAlarm's queries: a metric's statistic, or an expression (metric math, or a Metrics Insights query). */
export type AlarmQuery = { id: string; returnData: boolean; label?: string } & (
  | {
      metric: { namespace: string; name: string; dimensions: Record<string, string> };
      stat: string;
      periodSeconds: number;
    }
  | { expression: string; periodSeconds?: number }
);

export type Comparison = 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold' | 'LessThanThreshold';
export type MissingData = 'breaching' | 'notBreaching' | 'ignore' | 'missing';

/** An alarm as it should stand; CDK and PutMetricAlarm both render it. */
export interface AlarmDefinition {
  alarmId: AlarmId;
  name: string;
  description: string;
  severity: Severity;
  target: AlarmTarget;
  queries: AlarmQuery[];
  threshold: number;
  comparison: Comparison;
  evaluationPeriods: number;
  datapointsToAlarm: number;
  treatMissingData: MissingData;
  /** Metrics CloudWatch bills this alarm for: those it refers to, or those its query analyses. */
  billedMetrics: number;
}

/** What would be created, before anything is. */
export interface AlarmPlan {
  alarms: AlarmDefinition[];
  counts: { metricAlarms: number; metricsInsightsAlarms: number; billedMetrics: number };
  quotas: { metricAlarms: number; metricsInsightsAlarms: number };
  costUsdPerMonth: number;
  /** Why it can't be created as it is; empty when it can. */
  problems: string[];
  /** How functions nobody selected are watched, and why so. */
  fleet: { shape: 'fleet' | 'account' | 'none'; reason: string };
}

const configureAlarmsInputSchema = strictObject({
  /** `setup` creates and mails, `reconcile` is the nightly repetition, `plan` only says, `remove` takes ours away. */
  action: v.picklist(['setup', 'reconcile', 'plan', 'remove']),
  email: v.optional(emailAddress),
  fleetBudgetUsdPerMonth: v.optional(v.pipe(finiteNumber, v.minValue(0))),
});
export type ConfigureAlarmsInput = v.InferOutput<typeof configureAlarmsInputSchema>;
export const parseConfigureAlarmsInput = (value: unknown): ConfigureAlarmsInput =>
  parseContract('configure-alarms input', configureAlarmsInputSchema, value);

/** Thresholds of the brief and of good practice; any of them may be configured. Units are in the names. */
export const alarmThresholdsSchema = v.object({
  responseTimeMs: v.pipe(finiteNumber, v.gtValue(0)),
  timeoutShare: v.pipe(finiteNumber, v.gtValue(0), v.maxValue(1)),
  errorRatePercent: v.pipe(finiteNumber, v.gtValue(0), v.maxValue(100)),
  fleetErrorsPerPeriod: v.pipe(finiteNumber, v.gtValue(0)),
  throttlesPerMinute: v.pipe(finiteNumber, v.minValue(0)),
  iteratorAgeMs: v.pipe(finiteNumber, v.gtValue(0)),
  memoryPercent: v.pipe(finiteNumber, v.gtValue(0), v.maxValue(100)),
  tableThrottlesPerMinute: v.pipe(finiteNumber, v.minValue(0)),
  queueDepth: v.pipe(finiteNumber, v.gtValue(0)),
  cacheHitPercent: v.pipe(finiteNumber, v.gtValue(0), v.maxValue(100)),
  costPerUserPerMonth: v.pipe(finiteNumber, v.gtValue(0)),
  concurrentUsers: v.pipe(finiteNumber, v.gtValue(0)),
});
export type AlarmThresholds = v.InferOutput<typeof alarmThresholdsSchema>;

/** What ConfigureAlarms is deployed with; one JSON environment variable. */
const alarmSettingsSchema = v.object({
  /** Name of our stack; begins the name of every alarm that is ours. */
  stackName: v.pipe(v.string(), v.minLength(1)),
  runbookUrl: v.string(),
  thresholds: alarmThresholdsSchema,
  /** What is being counted by `costPerUserPerMonth`; the brief: a student, in INR. */
  costUnit: v.object({ user: v.string(), currency: v.string() }),
  /** Services that write application metrics (shared/cloudwatch-metrics). */
  services: v.array(v.string()),
  /** Namespace of the application metrics. */
  applicationNamespace: v.string(),
  /** Most that watching functions nobody selected may cost. */
  fleetBudgetUsdPerMonth: v.pipe(finiteNumber, v.minValue(0)),
  /** Metric alarms that AWS lets the account have in the region. */
  maximumMetricAlarms: v.pipe(finiteNumber, v.minValue(1)),
});
export type AlarmSettings = v.InferOutput<typeof alarmSettingsSchema>;
export const parseAlarmSettings = (json: string): AlarmSettings =>
  parseContract('alarm settings', alarmSettingsSchema, JSON.parse(json));

/** ConfigureAlarms' answer: what it did, or (dry) would do. */
export const configureAlarmsOutputSchema = v.object({
  ...roundsSchema.entries,
  schemaVersion,
  action: v.picklist(['setup', 'reconcile', 'plan', 'remove']),
  /** Names; the first of them, `changes` has how many there are. */
  created: v.array(v.string()),
  updated: v.array(v.string()),
  unchanged: finiteNumber,
  removed: v.array(v.string()),
  /** Of all rounds. */
  changes: v.object({ created: finiteNumber, updated: finiteNumber, removed: finiteNumber }),
  /** Of the whole plan, whatever of it stands already. */
  counts: v.object({ metricAlarms: finiteNumber, metricsInsightsAlarms: finiteNumber, billedMetrics: finiteNumber }),
  costUsdPerMonth: finiteNumber,
  problems: v.array(v.string()),
  fleet: v.object({ shape: v.picklist(['fleet', 'account', 'none']), reason: v.string() }),
  topicArn: v.string(),
  /** Absent unless an address was given; SNS mails it a confirmation. */
  subscription: v.optional(v.picklist(['pending', 'confirmed'])),
});
export type ConfigureAlarmsOutput = v.InferOutput<typeof configureAlarmsOutputSchema>;

const configureAlarmsEventSchema = roundEventSchema(configureAlarmsInputSchema, configureAlarmsOutputSchema);
export type ConfigureAlarmsEvent = v.InferOutput<typeof configureAlarmsEventSchema>;
export const parseConfigureAlarmsEvent = (value: unknown): ConfigureAlarmsEvent =>
  parseContract('configure-alarms input', configureAlarmsEventSchema, value);
