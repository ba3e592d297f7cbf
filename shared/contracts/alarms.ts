import * as z from 'zod/mini';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';

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

const configureAlarmsInputSchema = z.strictObject({
  /** `setup` creates and mails, `reconcile` is the nightly repetition, `plan` only says, `remove` takes ours away. */
  action: z.enum(['setup', 'reconcile', 'plan', 'remove']),
  email: z.optional(z.email()),
  fleetBudgetUsdPerMonth: z.optional(z.number().check(z.minimum(0))),
});
export type ConfigureAlarmsInput = z.output<typeof configureAlarmsInputSchema>;
export const parseConfigureAlarmsInput = (value: unknown): ConfigureAlarmsInput =>
  parseContract('configure-alarms input', configureAlarmsInputSchema, value);

/** Thresholds of the brief and of good practice; any of them may be configured. Units are in the names. */
export const alarmThresholdsSchema = z.object({
  responseTimeMs: z.number().check(z.positive()),
  timeoutShare: z.number().check(z.positive(), z.maximum(1)),
  errorRatePercent: z.number().check(z.positive(), z.maximum(100)),
  fleetErrorsPerPeriod: z.number().check(z.positive()),
  throttlesPerMinute: z.number().check(z.minimum(0)),
  iteratorAgeMs: z.number().check(z.positive()),
  memoryPercent: z.number().check(z.positive(), z.maximum(100)),
  tableThrottlesPerMinute: z.number().check(z.minimum(0)),
  queueDepth: z.number().check(z.positive()),
  cacheHitPercent: z.number().check(z.positive(), z.maximum(100)),
  costPerUserPerMonth: z.number().check(z.positive()),
  concurrentUsers: z.number().check(z.positive()),
});
export type AlarmThresholds = z.output<typeof alarmThresholdsSchema>;

/** What ConfigureAlarms is deployed with; one JSON environment variable. */
const alarmSettingsSchema = z.object({
  /** Name of our stack; begins the name of every alarm that is ours. */
  stackName: z.string().check(z.minLength(1)),
  runbookUrl: z.string(),
  thresholds: alarmThresholdsSchema,
  /** What is being counted by `costPerUserPerMonth`; the brief: a student, in INR. */
  costUnit: z.object({ user: z.string(), currency: z.string() }),
  /** Services that write application metrics (shared/cloudwatch-metrics). */
  services: z.array(z.string()),
  /** Namespace of the application metrics. */
  applicationNamespace: z.string(),
  /** Most that watching functions nobody selected may cost. */
  fleetBudgetUsdPerMonth: z.number().check(z.minimum(0)),
});
export type AlarmSettings = z.output<typeof alarmSettingsSchema>;
export const parseAlarmSettings = (json: string): AlarmSettings =>
  parseContract('alarm settings', alarmSettingsSchema, JSON.parse(json));

/** ConfigureAlarms' answer: what it did, or (dry) would do. */
export const configureAlarmsOutputSchema = z.object({
  schemaVersion,
  action: z.enum(['setup', 'reconcile', 'plan', 'remove']),
  created: z.array(z.string()),
  updated: z.array(z.string()),
  unchanged: z.number(),
  removed: z.array(z.string()),
  counts: z.object({ metricAlarms: z.number(), metricsInsightsAlarms: z.number(), billedMetrics: z.number() }),
  costUsdPerMonth: z.number(),
  problems: z.array(z.string()),
  fleet: z.object({ shape: z.enum(['fleet', 'account', 'none']), reason: z.string() }),
  topicArn: z.string(),
  /** Absent unless an address was given; SNS mails it a confirmation. */
  subscription: z.optional(z.enum(['pending', 'confirmed'])),
});
export type ConfigureAlarmsOutput = z.output<typeof configureAlarmsOutputSchema>;
