import * as v from 'valibot';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';
import { finiteNumber, record, strictObject } from './typed-values.ts';

/** What remediation can do. Every action names what it found and what it leaves, so that it can be checked and undone. */
const functionName = v.string();
const configurationSchema = v.object({ memorySizeMb: finiteNumber, timeoutSeconds: finiteNumber });
const unitsSchema = v.object({ readUnits: finiteNumber, writeUnits: finiteNumber });

export const actionSchema = v.variant('kind', [
  v.object({
    kind: v.literal('RaiseMemory'),
    functionName,
    functionArn: v.string(),
    before: configurationSchema,
    after: configurationSchema,
  }),
  v.object({
    kind: v.literal('RaiseTimeout'),
    functionName,
    functionArn: v.string(),
    before: configurationSchema,
    after: configurationSchema,
  }),
  v.object({
    kind: v.literal('RollBackChange'),
    functionName,
    runId: v.string(),
    /** Memory it is given instead of the change's former size: what it had before the first of several cuts. */
    restoreMemorySizeMb: v.optional(finiteNumber),
  }),
  v.object({ kind: v.literal('RaiseReservedConcurrency'), functionName, before: finiteNumber, after: finiteNumber }),
  v.object({
    kind: v.literal('RaiseProvisionedConcurrency'),
    functionName,
    qualifier: v.string(),
    before: finiteNumber,
    after: finiteNumber,
  }),
  v.object({ kind: v.literal('RaiseTableCapacity'), tableName: v.string(), before: unitsSchema, after: unitsSchema }),
  v.object({
    kind: v.literal('RaiseTableMaximum'),
    tableName: v.string(),
    dimension: v.picklist(['read', 'write']),
    before: finiteNumber,
    after: finiteNumber,
  }),
  v.object({ kind: v.literal('OptimizeOnDemand'), functionName }),
]);
export type RemediationAction = v.InferOutput<typeof actionSchema>;
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
const reportedAlarmSchema = v.object({
  name: v.string(),
  /** Id of the catalogue; absent for alarms that are not from it. */
  alarmId: v.optional(v.string()),
  severity: v.optional(v.picklist(['high', 'low'])),
  /** When CloudWatch changed the state. */
  at: v.string(),
  /** Attributes of the time series, of an alarm on several. */
  contributor: v.optional(record(v.string(), v.string())),
});
export type ReportedAlarm = v.InferOutput<typeof reportedAlarmSchema>;

export const resourceSchema = v.object({
  kind: v.picklist(['function', 'table', 'queue', 'application', 'account', 'unknown']),
  name: v.string(),
});
export type RemediationResource = v.InferOutput<typeof resourceSchema>;

/** ClassifyAlarm's answer. `act` carries an action; `notify` goes straight to the operators; `ignore` is only recorded. */
export const classifiedSchema = v.object({
  schemaVersion,
  remediationId: v.string(),
  verdict: v.picklist(['act', 'notify', 'ignore']),
  alarm: reportedAlarmSchema,
  resource: resourceSchema,
  cause: v.picklist(CAUSES),
  reason: v.string(),
  action: v.optional(actionSchema),
  /** Seconds after the action in which the alarm should clear. */
  verifyAfterSeconds: finiteNumber,
});
export type ClassifiedAlarm = v.InferOutput<typeof classifiedSchema>;

const executionSchema = v.object({ arn: v.string(), name: v.string() });

const classifyInputSchema = v.object({ event: v.unknown(), execution: executionSchema });
export const parseClassifyInput = (value: unknown): v.InferOutput<typeof classifyInputSchema> =>
  parseContract('classify-alarm input', classifyInputSchema, value);

const remediateInputSchema = v.object({ classified: classifiedSchema, execution: executionSchema });
/** An operator's wish about an earlier remediation (`undo` also comes from the workflow, after an action in vain). */
const requestInputSchema = v.object({
  request: strictObject({ action: v.picklist(['approve', 'undo']), remediationId: v.pipe(v.string(), v.minLength(1)) }),
  execution: executionSchema,
});
export type RemediateInput = v.InferOutput<typeof remediateInputSchema>;
export type RequestInput = v.InferOutput<typeof requestInputSchema>;

/** @throws InvalidInputError naming every problem */
export function parseRemediateInput(value: unknown): RemediateInput | RequestInput {
  return isRequest(value)
    ? parseContract('remediation request', requestInputSchema, value)
    : parseContract('remediate input', remediateInputSchema, value);
}

const isRequest = (value: unknown): boolean => typeof value === 'object' && value !== null && 'request' in value;

/** What became of an action. Everything but `Acted` and `Undone` left the resource as it was. */
export const remediatedSchema = v.object({
  schemaVersion,
  acted: v.boolean(),
  outcome: v.picklist([
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
  reason: v.string(),
  /** Whether the workflow takes the action back when the alarm does not clear. */
  undoIfNotCleared: v.boolean(),
  /** What the remediation was about, also where an operator's request brought it up again. */
  classified: v.optional(classifiedSchema),
});
export type Remediated = v.InferOutput<typeof remediatedSchema>;

const verifyInputSchema = v.object({ classified: classifiedSchema });
export const parseVerifyAlarmInput = (value: unknown): v.InferOutput<typeof verifyInputSchema> =>
  parseContract('verify-alarm-cleared input', verifyInputSchema, value);

export const verifiedSchema = v.object({ schemaVersion, cleared: v.boolean(), reason: v.string() });
export type VerifiedAlarm = v.InferOutput<typeof verifiedSchema>;

const recordInputSchema = v.object({
  execution: executionSchema,
  classified: v.nullish(classifiedSchema),
  remediated: v.nullish(remediatedSchema),
  verified: v.nullish(verifiedSchema),
  undone: v.nullish(remediatedSchema),
  failure: v.nullish(v.object({ stage: v.string(), name: v.string(), message: v.string() })),
});
export type RecordRemediationInput = v.InferOutput<typeof recordInputSchema>;
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
