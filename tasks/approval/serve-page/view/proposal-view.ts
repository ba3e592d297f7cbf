import type { Assessment } from '../../../../shared/contracts/assessment.ts';
import type { ChangeRecord, ProposalRecord } from '../../../../shared/contracts/ledger.ts';
import { groupProposals } from '../../../../shared/domain/approval/proposal/group-proposals.ts';
import { isOpen } from '../../../../shared/domain/approval/proposal/is-open.ts';
import {
  type PredictedChange,
  predictedP95Change,
} from '../../../../shared/domain/approval/proposal/predicted-change.ts';
import { bareName } from '../../../../shared/domain/organization/place.ts';
import { sectionsByPlace } from '../../../../shared/domain/organization/place-words.ts';

/** Where a proposal stands, in the order in which it gets there. */
export const STAGES = {
  pending: 'Waiting',
  approved: 'To be applied',
  'awaiting-deployment': 'Approved, waits for its deployment',
  applying: 'Being applied',
  applied: 'Applied, being verified',
  watching: 'Applied, still being watched',
  'rolling-back': 'Being rolled back',
  verified: 'Applied and verified',
  unverified: 'Kept, though not proven better',
  'rolled-back': 'Rolled back',
  'rollback-refused': 'Not rolled back: changed by somebody else',
  refused: 'Not applied',
  failed: 'Failed',
  rejected: 'Rejected',
  expired: 'Expired, nothing changed',
} as const;
export type Stage = keyof typeof STAGES;

/** Stages after which nothing more happens in this run. */
const SETTLED: ReadonlySet<Stage> = new Set([
  'awaiting-deployment',
  'verified',
  'unverified',
  'rolled-back',
  'rollback-refused',
  'refused',
  'failed',
  'rejected',
  'expired',
]);

/** A proposal as the page lists it. */
export interface ProposalView {
  readonly functionName: string;
  readonly assessment: Assessment;
  readonly savingsUsdPerMonth: number;
  readonly record: ProposalRecord;
  readonly stage: Stage;
  readonly settled: boolean;
  readonly open: boolean;
  readonly p95Change: PredictedChange | undefined;
  /** Stack or team; empty when nothing is known. */
  readonly ownerName: string;
  /** What it is called in its own account. */
  readonly shortName: string;
  /** Account and region in words; empty in a run that proposes for the stage's own only. */
  readonly placeName: string;
  /** The same for all that is asked about as one with it. */
  readonly groupName: string;
}

/**
 * `proposals` are all of a run, by which its groups are told; `openChanges` are the ledger's changes that are not settled,
 * of which other runs' are left out here. By account and region.
 */
export function viewProposals(
  proposals: readonly ProposalRecord[],
  openChanges: readonly ChangeRecord[],
  nowMs: number,
  accountNames?: Readonly<Record<string, string>>,
): ProposalView[] {
  const changes = new Map(openChanges.map((each) => [`${each.runId} ${each.functionName}`, each]));
  const groupNames = namesOfGroups(proposals);
  const view = (record: ProposalRecord, placeName: string): ProposalView => {
    const stage = stageOf(record, changes.get(`${record.runId} ${record.functionName}`), nowMs);
    return {
      functionName: record.functionName,
      assessment: record.assessment,
      savingsUsdPerMonth: record.savings.savingsUsdPerMonth,
      record,
      stage,
      settled: SETTLED.has(stage),
      open: stage === 'pending',
      p95Change: predictedP95Change(record.assessment),
      ownerName: record.assessment.owner.stackName ?? record.assessment.owner.team ?? '',
      shortName: bareName(record.functionName),
      placeName,
      groupName: groupNames.get(record.functionName)!,
    };
  };
  return sectionsByPlace(proposals, accountNames).flatMap(({ label, things }) =>
    things.map((record) => view(record, label)),
  );
}

/** The name of its group by function. */
const namesOfGroups = (proposals: readonly ProposalRecord[]): Map<string, string> =>
  new Map(
    groupProposals(proposals).flatMap(({ name, members }) =>
      members.map(({ functionName }) => [functionName, name] as const),
    ),
  );

const OUTCOME_STAGES: Record<NonNullable<ProposalRecord['outcome']>['kind'], Stage> = {
  Rejected: 'rejected',
  Expired: 'expired',
  Refused: 'refused',
  AwaitingDeployment: 'awaiting-deployment',
  Verified: 'verified',
  Watching: 'watching',
  Unverified: 'unverified',
  RolledBack: 'rolled-back',
  RollbackRefused: 'rollback-refused',
  Failed: 'failed',
};

const CHANGE_STAGES: Partial<Record<ChangeRecord['status'], Stage>> = {
  applying: 'applying',
  applied: 'applied',
  rollingBack: 'rolling-back',
  Watching: 'watching',
  AwaitingDeployment: 'awaiting-deployment',
};

function stageOf(record: ProposalRecord, change: ChangeRecord | undefined, nowMs: number): Stage {
  if (record.outcome) return OUTCOME_STAGES[record.outcome.kind];
  if (record.status === 'pending') return isOpen(record, nowMs) ? 'pending' : 'expired';
  if (record.status === 'approved') return (change && CHANGE_STAGES[change.status]) ?? 'approved';
  return record.status;
}
