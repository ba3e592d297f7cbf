import type { Assessment, FunctionConfiguration, Savings } from '../../contracts/assessment.ts';
import type { ProposalRecord, RunRecord } from '../../contracts/ledger.ts';
import type { RemediationAction, RemediationOutcome, RemediationRecord } from '../../contracts/remediation.ts';
import { changedResource } from './policy.ts';

/** An incident a day old is another one: no answer by then means no change. */
const OPEN_MS = 24 * 3_600_000;

/** What a remediation is asked about under: a run of its own on the approval page. */
export const questionRunId = (remediationId: string): string => `remediation-${remediationId}`;

/** Name of the execution that carries an approval out; the same for every delivery, so that it acts once. */
export const approvalExecutionName = (remediationId: string): string => `approve-${remediationId}`;
export const isApprovalExecution = (executionName: string): boolean => executionName.startsWith('approve-');

/** The run that a question's link opens; it is no night and leaves nothing behind but its one proposal. */
export function questionRun({ remediationId, executionArn, startedAt }: RemediationRecord): RunRecord {
  return {
    runId: questionRunId(remediationId),
    runDate: startedAt.slice(0, 10),
    trigger: 'alarm',
    executionArn,
    startedAt,
    approvalExpiresAt: new Date(Date.parse(startedAt) + OPEN_MS).toISOString(),
    status: 'succeeded',
    proposalCount: 1,
  };
}

/** The question as a proposal, so that page, command line and outbox treat it like any other. */
export function questionProposal(record: RemediationRecord): ProposalRecord {
  const { remediationId, action, classified, startedAt } = record;
  const { approvalExpiresAt, runId } = questionRun(record);
  const functionName = changedResource(action).name;
  const functionArn = 'functionArn' in action ? action.functionArn : '';
  return {
    runId,
    functionName,
    functionArn,
    status: 'pending',
    assessment: assessmentOf({ functionName, functionArn }, record),
    savings: NO_SAVINGS,
    createdAt: startedAt,
    expiresAt: approvalExpiresAt,
    remediation: { remediationId, action, alarmName: classified.alarm.name, cause: classified.cause },
  };
}

const UNCHANGED: FunctionConfiguration = { memorySizeMb: 0, timeoutSeconds: 0 };

/** Nothing was measured for it but what the alarm's reason says; what is not known is left empty. */
function assessmentOf(
  identity: Pick<Assessment, 'functionName' | 'functionArn'>,
  { action, classified }: RemediationRecord,
): Assessment {
  const [current, recommended] = configurations(action);
  return {
    ...identity,
    architecture: 'x86_64',
    codeSha256: '',
    owner: { tool: 'unknown' },
    tags: {},
    finding: 'NotOptimized',
    findingReasons: [classified.cause],
    reason: classified.reason,
    risk: 'Medium',
    current,
    recommended,
    baselineMemorySizeMb: current.memorySizeMb,
    ephemeralStorageMb: 0,
    memory: { source: 'None' },
    candidates: [],
    advice: [],
  };
}

const configurations = (action: RemediationAction): [FunctionConfiguration, FunctionConfiguration] =>
  action.kind === 'RaiseMemory' || action.kind === 'RaiseTimeout'
    ? [action.before, action.after]
    : [UNCHANGED, UNCHANGED];

const NO_SAVINGS: Savings = {
  costUsdPerMonthBefore: 0,
  costUsdPerMonthAfter: 0,
  requestsUsdPerMonth: 0,
  savingsUsdPerMonth: 0,
  savingsUsdPerYear: 0,
  pricesAsOf: '',
  priceSource: 'Fallback',
};

type OutcomeKind = NonNullable<ProposalRecord['outcome']>['kind'];

/** How the page calls the end of a remediation that somebody approved. */
export function proposalOutcomeOf(outcome: RemediationOutcome): OutcomeKind {
  switch (outcome) {
    case 'Cleared':
    case 'Optimizing':
      return 'Verified';
    case 'NotCleared':
      return 'Unverified';
    case 'TakenBack':
    case 'Undone':
      return 'RolledBack';
    case 'Failed':
      return 'Failed';
    default:
      return 'Refused';
  }
}
