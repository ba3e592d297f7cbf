import type { ProposalRecord } from '../../shared/contracts/ledger.ts';
import { groupProposals, type ProposalGroup } from '../../shared/domain/approval/proposal/group-proposals.ts';
import { isOpen } from '../../shared/domain/approval/proposal/is-open.ts';

/**
 * A run's questions that still wait, each with the functions that do. They are told from all that was proposed, so that
 * a group keeps its name, and its members, whatever was decided of it.
 */
export const openGroups = (proposals: readonly ProposalRecord[], nowMs: number): ProposalGroup<ProposalRecord>[] =>
  groupProposals(proposals).flatMap(({ name, members }) => {
    const [first, ...others] = members.filter((each) => isOpen(each, nowMs));
    return first === undefined ? [] : [{ name, members: [first, ...others] as const }];
  });
