import type { ProposalView } from './proposal-view.ts';

/** A row of the page: a proposal, or several that are asked about as one. */
export interface QuestionView {
  /** The name of the group, which the address knows it by. */
  readonly groupName: string;
  /** Those that the list's filter shows, the largest saving first. */
  readonly members: readonly [ProposalView, ...ProposalView[]];
  readonly savingsUsdPerMonth: number;
  readonly placeName: string;
}

/** Proposals as rows: those of a group in one, unless `apart`. */
export function viewQuestions(views: readonly ProposalView[], { apart }: { apart: boolean }): QuestionView[] {
  const rows = Map.groupBy(views, ({ functionName, groupName }) => (apart ? functionName : groupName));
  return [...rows.values()].map((own) => {
    const members = own.toSorted(bySaving) as [ProposalView, ...ProposalView[]];
    const savingsUsdPerMonth = members.reduce((sum, each) => sum + each.savingsUsdPerMonth, 0);
    return { groupName: members[0].groupName, members, savingsUsdPerMonth, placeName: members[0].placeName };
  });
}

const bySaving = (a: ProposalView, b: ProposalView): number =>
  b.savingsUsdPerMonth - a.savingsUsdPerMonth || (a.functionName < b.functionName ? -1 : 1);
