import * as z from 'zod/mini';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';

/** What remediation can do. Every action names what it found and what it leaves, so that it can be checked and undone. */
const functionName = z.string();
const configurationSchema = z.object({ memorySizeMb: z.number(), timeoutSeconds: z.number() });
const unitsSchema = z.object({ readUnits: z.number(), writeUnits: z.number() });

export const actionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('RaiseMemory'),
    functionName,
    functionArn: z.string(),
    before: configurationSchema,
    after: configurationSchema,
  }),
  z.object({
    kind: z.literal('RaiseTimeout'),
    functionName,
    functionArn: z.string(),
    before: configurationSchema,
    after: configurationSchema,
  }),
  z.object({
    kind: z.literal('RollBackChange'),
    functionName,
    runId: z.string(),
    /** Memory it is given instead of the change's former size: what it had before the first of several cuts. */
    restoreMemorySizeMb: z.optional(z.number()),
  }),
  z.object({ kind: z.literal('RaiseReservedConcurrency'), functionName, before: z.number(), after: z.number() }),
  z.object({
    kind: z.literal('RaiseProvisionedConcurrency'),
    functionName,
    qualifier: z.string(),
    before: z.number(),
    after: z.number(),
  }),
  z.object({ kind: z.literal('RaiseTableCapacity'), tableName: z.string(), before: unitsSchema, after: unitsSchema }),
  z.object({
    kind: z.literal('RaiseTableMaximum'),
    tableName: z.string(),
    dimension: z.enum(['read', 'write']),
    before: z.number(),
    after: z.number(),
  }),
  z.object({ kind: z.literal('OptimizeOnDemand'), functionName }),
]);
export type RemediationAction = z.output<typeof actionSchema>;
export type ActionKind = RemediationAction['kind'];

export const ACTION_KINDS = [
  'RaiseMemory',
  'RaiseTimeout',
  'RollBackChange',
  'RaiseReservedConcurrency',
  'RaiseProvisionedConcurrency',
  'RaiseTableCapacity',
  'RaiseTableMaximum',
  'OptimizeOnDemand',
] as const satisfies readonly ActionKind[];

/** What the alarm was found to mean. */
export const CAUSES = [
  'OutOfMemory',
  'MemoryNearSize',
  'TimingOut',
  'WorseSinceOurChange',
  'ReservedConcurrencyUsedUp',
  'AccountConcurrencyUsedUp',
  'Spillover',
  'TableCapacityUsedUp',
  'HotKey',
  'ConsumerTooSlow',
  'ConsumerFailing',
  'CostRose',
  'CacheMisses',
  'FunctionErrors',
  'Slow',
  'Announcement',
  'TooFewSamples',
  'AlreadyOver',
  'NotOurs',
  'NotTouchable',
  'ResourceGone',
  'Unrecognised',
  'SpokenForByContributors',
  'Muted',
] as const;
export type Cause = (typeof CAUSES)[number];

/** Alarm of ours that an event reported, as far as it was understood. */
const reportedAlarmSchema = z.object({
  name: z.string(),
  /** Id of the catalogue; absent for alarms that are not from it. */
  alarmId: z.optional(z.string()),
  severity: z.optional(z.enum(['high', 'low'])),
  /** When CloudWatch changed the state. */
  at: z.string(),
  /** Attributes of the time series, of an alarm on several. */
  contributor: z.optional(z.record(z.string(), z.string())),
});
export type ReportedAlarm = z.output<typeof reportedAlarmSchema>;

export const resourceSchema = z.object({
  kind: z.enum(['function', 'table', 'queue', 'application', 'account', 'unknown']),
  name: z.string(),
});
export type RemediationResource = z.output<typeof resourceSchema>;

/** ClassifyAlarm's answer. `act` carries an action; `notify` goes straight to the operators; `ignore` is only recorded. */
export const classifiedSchema = z.object({
  schemaVersion,
  remediationId: z.string(),
  verdict: z.enum(['act', 'notify', 'ignore']),
  alarm: reportedAlarmSchema,
  resource: resourceSchema,
  cause: z.enum(CAUSES),
  reason: z.string(),
  action: z.optional(actionSchema),
  /** Seconds after the action in which the alarm should clear. */
  verifyAfterSeconds: z.number(),
});
export type ClassifiedAlarm = z.output<typeof classifiedSchema>;

const executionSchema = z.object({ arn: z.string(), name: z.string() });

const classifyInputSchema = z.object({ event: z.unknown(), execution: executionSchema });
export const parseClassifyInput = (value: unknown): z.output<typeof classifyInputSchema> =>
  parseContract('classify-alarm input', classifyInputSchema, value);

const remediateInputSchema = z.object({ classified: classifiedSchema, execution: executionSchema });
/** An operator's wish about an earlier remediation (`undo` also comes from the workflow, after an action in vain). */
const requestInputSchema = z.object({
  request: z.strictObject({ action: z.enum(['approve', 'undo']), remediationId: z.string().check(z.minLength(1)) }),
  execution: executionSchema,
});
export type RemediateInput = z.output<typeof remediateInputSchema>;
export type RequestInput = z.output<typeof requestInputSchema>;

/** @throws InvalidInputError naming every problem */
export function parseRemediateInput(value: unknown): RemediateInput | RequestInput {
  return isRequest(value)
    ? parseContract('remediation request', requestInputSchema, value)
    : parseContract('remediate input', remediateInputSchema, value);
}

const isRequest = (value: unknown): boolean => typeof value === 'object' && value !== null && 'request' in value;

/** What became of an action. Everything but `Acted` and `Undone` left the resource as it was. */
export const remediatedSchema = z.object({
  schemaVersion,
  acted: z.boolean(),
  outcome: z.enum([
    'Acted',
    'Optimizing',
    'CoolingDown',
    'BudgetSpent',
    'Duplicate',
    'Refused',
    'NotifyOnly',
    'AskFirst',
    'Undone',
  ]),
  reason: z.string(),
  /** Whether the workflow takes the action back when the alarm does not clear. */
  undoIfNotCleared: z.boolean(),
  /** What the remediation was about, also where an operator's request brought it up again. */
  classified: z.optional(classifiedSchema),
});
export type Remediated = z.output<typeof remediatedSchema>;

const verifyInputSchema = z.object({ classified: classifiedSchema });
export const parseVerifyAlarmInput = (value: unknown): z.output<typeof verifyInputSchema> =>
  parseContract('verify-alarm-cleared input', verifyInputSchema, value);

export const verifiedSchema = z.object({ schemaVersion, cleared: z.boolean(), reason: z.string() });
export type VerifiedAlarm = z.output<typeof verifiedSchema>;

const recordInputSchema = z.object({
  execution: executionSchema,
  classified: z.nullish(classifiedSchema),
  remediated: z.nullish(remediatedSchema),
  verified: z.nullish(verifiedSchema),
  undone: z.nullish(remediatedSchema),
  failure: z.nullish(z.object({ stage: z.string(), name: z.string(), message: z.string() })),
});
export type RecordRemediationInput = z.output<typeof recordInputSchema>;
export const parseRecordRemediationInput = (value: unknown): RecordRemediationInput =>
  parseContract('record-remediation input', recordInputSchema, value);

/** How a remediation ended: the execution's output, the event on the bus, and the mail. */
export const REMEDIATION_OUTCOMES = [
  'Cleared',
  'NotCleared',
  'TakenBack',
  'Undone',
  'AskedFirst',
  'Optimizing',
  'Notified',
  'Ignored',
  'CoolingDown',
  'BudgetSpent',
  'Duplicate',
  'Refused',
  'Failed',
] as const;
export type RemediationOutcome = (typeof REMEDIATION_OUTCOMES)[number];

export interface RecordRemediationOutput {
  schemaVersion: 1;
  remediationId: string;
  outcome: RemediationOutcome;
  reason: string;
  notified: boolean;
  action?: RemediationAction;
}

/** One remediation in the ledger; times are ISO 8601 UTC. */
export interface RemediationRecord {
  remediationId: string;
  /** The execution that acts; another with the same event is a duplicate. */
  executionArn: string;
  classified: ClassifiedAlarm;
  action: RemediationAction;
  status: 'asked' | 'acting' | 'acted' | 'refused' | 'undone';
  startedAt: string;
  actedAt?: string;
  undoneAt?: string;
  reason?: string;
  outcome?: RemediationOutcome;
}
