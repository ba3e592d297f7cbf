import { rounded } from '../load/statistics.ts';
import { isCostlyWithoutReason, isOddSizeWithoutReason, isUnderHalfDollarWithoutReason } from './proposal-checks.ts';
import type { AskedProposal, SeedRun } from './run-seed.ts';

/** What one seed's nights asked of people, and what that brought. */
export interface AttentionRow {
  seed: number;
  /** Proposals that somebody was asked about. */
  proposals: number;
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
    coveredSteps: priced.proposals.length - proposals.length,
    savingUsdPerMonth: rounded(priced.savingUsdPerMonth, 2),
    shareOfFirst20: rounded(shareOfFirst(proposals, FIRST), 3),
    underHalfDollarWithoutReason: count(isUnderHalfDollarWithoutReason),
    costlyWithoutReason: count(isCostlyWithoutReason),
    oddSizes: count(isOddSizeWithoutReason),
    savingAgainstAskingEverything: rounded(priced.savingUsdPerMonth / unpriced.savingUsdPerMonth, 3),
  };
}

const isQuestion = ({ decision }: AskedProposal): boolean => decision?.by.kind !== 'consent';

function shareOfFirst(proposals: readonly AskedProposal[], first: number): number {
  const savings = proposals.map(({ savings }) => Math.max(0, savings.savingsUsdPerMonth)).toSorted((a, b) => b - a);
  const total = savings.reduce((sum, each) => sum + each, 0);
  return total === 0 ? 0 : savings.slice(0, first).reduce((sum, each) => sum + each, 0) / total;
}
