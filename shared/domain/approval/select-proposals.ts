import type { Assessment, Savings } from '../../contracts/assessment.ts';
import type { AssessedOutcome } from '../../contracts/outcome.ts';

export type ProposableOutcome = AssessedOutcome & { assessment: Assessment; savings: Savings };

/**
 * What people are asked about: functions at risk first (too little memory hurts users, whatever it saves), then the
 * largest savings, and not more than one email and one fan-out can carry.
 */
export function selectProposals(outcomes: readonly AssessedOutcome[], maximumProposals: number): ProposableOutcome[] {
  return outcomes
    .filter(isProposable)
    .toSorted(
      (a, b) =>
        Number(isAtRisk(b)) - Number(isAtRisk(a)) || b.savings.savingsUsdPerMonth - a.savings.savingsUsdPerMonth,
    )
    .slice(0, maximumProposals);
}

const isProposable = (outcome: AssessedOutcome): outcome is ProposableOutcome =>
  outcome.kind === 'Proposable' && outcome.assessment !== undefined && outcome.savings !== undefined;

const isAtRisk = ({ assessment }: ProposableOutcome): boolean =>
  assessment.findingReasons.includes('MemoryUnderprovisioned');
