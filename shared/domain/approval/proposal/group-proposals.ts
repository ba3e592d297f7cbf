import type { ProposalRecord } from '../../../contracts/ledger.ts';
import { placeKey, placeOf } from '../../organization/place.ts';

/** What tells which proposals are one question; of what an outcome lacks nothing is asked. */
export type GroupSubject = Pick<ProposalRecord, 'functionName' | 'assessment' | 'savings'> &
  Partial<Pick<ProposalRecord, 'delivery' | 'decision' | 'remediation'>>;

/** Functions that are asked about as one; of most there is only one. */
export interface ProposalGroup<Proposal> {
  /** The function that saves most, by which people name the group. */
  readonly name: string;
  /** The largest saving first. */
  readonly members: readonly [Proposal, ...Proposal[]];
}

/**
 * Evidence that differs by no more is the same to whoever decides: the share of speed that the policy lets a change cost
 * and of memory that it keeps free, which is what a decision rests on (`maxSlowdown` and `memoryHeadroom` by default).
 */
const SAME_EVIDENCE_SHARE = 0.1;

/**
 * Puts together what is one question: the same change, for the same reasons and at the same risk, of functions that share
 * their code, or a stack and their evidence. Every proposal is in exactly one group. What people decide meanwhile changes
 * no group, so that a run's questions stay as they were asked. The group that saves most comes first.
 *
 * Evidence is compared with the group's first member, so that no chain of small differences makes a long one.
 */
export function groupProposals<Proposal extends GroupSubject>(
  proposals: readonly Proposal[],
): ProposalGroup<Proposal>[] {
  const alike = Map.groupBy(proposals.toSorted(bySaving), questionKey);
  return [...alike.values()]
    .flatMap(gather)
    .map((members) => ({ name: members[0].functionName, members }))
    .sort((a, b) => savingsOf(b.members) - savingsOf(a.members) || (a.name < b.name ? -1 : 1));
}

/** What all of them save together, USD a month. */
export const savingsOf = (proposals: readonly Pick<GroupSubject, 'savings'>[]): number =>
  proposals.reduce((sum, { savings }) => sum + savings.savingsUsdPerMonth, 0);

const bySaving = (a: GroupSubject, b: GroupSubject): number =>
  b.savings.savingsUsdPerMonth - a.savings.savingsUsdPerMonth || (a.functionName < b.functionName ? -1 : 1);

function gather<Proposal extends GroupSubject>(alike: readonly Proposal[]): [Proposal, ...Proposal[]][] {
  const groups: [Proposal, ...Proposal[]][] = [];
  for (const proposal of alike) {
    const own = groups.find(([first]) => isSameCode(first, proposal) || isSameEvidence(first, proposal));
    if (own === undefined) groups.push([proposal]);
    else own.push(proposal);
  }
  return groups;
}

/** Alike for proposals that ask the same; what is risky, or answers an alarm, asks by itself. */
function questionKey({ functionName, assessment, delivery, decision, remediation }: GroupSubject): string {
  const { architecture, runtime, current, recommended, risk, findingReasons, target } = assessment;
  if (risk === 'High' || remediation !== undefined) return functionName;
  const unasked = decision?.by.kind === 'consent' || decision?.by.kind === 'policy' ? decision.by.kind : 'asked';
  return JSON.stringify([
    placeKey(placeOf(functionName)),
    [architecture, runtime],
    [current.memorySizeMb, current.timeoutSeconds, recommended.memorySizeMb, recommended.timeoutSeconds],
    [risk, findingReasons.toSorted(), target?.aliasName, delivery, unasked],
  ]);
}

const isSameCode = (a: GroupSubject, b: GroupSubject): boolean => a.assessment.codeSha256 === b.assessment.codeSha256;

function isSameEvidence({ assessment: a }: GroupSubject, { assessment: b }: GroupSubject): boolean {
  return (
    a.owner.stackName !== undefined &&
    a.owner.stackName === b.owner.stackName &&
    isNear(a.memory.maxMemoryUsedMb, b.memory.maxMemoryUsedMb) &&
    isNear(a.metrics?.meanDurationMs, b.metrics?.meanDurationMs)
  );
}

/** What is not known is like nothing. */
const isNear = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && Math.max(a, b) <= (1 + SAME_EVIDENCE_SHARE) * Math.min(a, b);
