import { groupProposals } from '../../shared/domain/approval/proposal/group-proposals.ts';
import { rounded } from '../load/statistics.ts';
import { isCostlyWithoutReason, isOddSizeWithoutReason, isUnderHalfDollarWithoutReason } from './proposal-checks.ts';
import type { AskedProposal, SeedRun } from './run-seed.ts';

/** What one seed's nights asked of people, and what that brought. */
export interface AttentionRow {
  seed: number;
  /** Proposals that somebody was asked about, each function counted. */
  proposals: number;
  /** The same with what one night asks about as one, as functions that share their code, counted once. */
  questions: number;
  /** Further steps that an earlier answer covered. */
  coveredSteps: number;
  /** True saving at the end of the last night. */
  savingUsdPerMonth: number;
  /** Of all that the proposals that save say they save, the share that the twenty largest carry; 0 to 1. */
  shareOfFirst20: number;
  underHalfDollarWithoutReason: number;
  costlyWithoutReason: number;
  oddSizes: number;
  /** True saving against that of the same nights with attention for nothing; 1 = the same. */
  savingAgainstAskingEverything: number;
}

const FIRST = 20;

/**
 * @param priced the nights under the default policy
 * @param unpriced the same nights with every difference worth a question
 */
export function attentionRow(seed: number, priced: SeedRun, unpriced: SeedRun): AttentionRow {
  const proposals = priced.proposals.filter(isQuestion);
  const count = (matches: (proposal: AskedProposal) => boolean): number => proposals.filter(matches).length;
  return {
    seed,
    proposals: proposals.length,
    questions: countQuestions(proposals),
    coveredSteps: priced.proposals.length - proposals.length,
    savingUsdPerMonth: rounded(priced.savingUsdPerMonth, 2),
    shareOfFirst20: rounded(shareOfFirst(proposals, FIRST), 3),
    underHalfDollarWithoutReason: count(isUnderHalfDollarWithoutReason),
    costlyWithoutReason: count(isCostlyWithoutReason),
    oddSizes: count(isOddSizeWithoutReason),
    savingAgainstAskingEverything: rounded(priced.savingUsdPerMonth / unpriced.savingUsdPerMonth, 3),
  };
}

/** Counted by the product's own rule, since it is what the page shows: everything else here judges from outside. */
function countQuestions(proposals: readonly AskedProposal[]): number {
  const nights = Map.groupBy(proposals, ({ runId }) => runId);
  return [...nights.values()].reduce((sum, night) => sum + groupProposals(night).length, 0);
}

const isQuestion = ({ decision }: AskedProposal): boolean => decision?.by.kind !== 'consent';

function shareOfFirst(proposals: readonly AskedProposal[], first: number): number {
  const savings = proposals.map(({ savings }) => Math.max(0, savings.savingsUsdPerMonth)).toSorted((a, b) => b - a);
  const total = savings.reduce((sum, each) => sum + each, 0);
  return total === 0 ? 0 : savings.slice(0, first).reduce((sum, each) => sum + each, 0) / total;
}
