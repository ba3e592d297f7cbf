import type { Assessment, Savings } from '../../contracts/assessment.ts';
import type { AssessedOutcome } from '../../contracts/outcome.ts';
import type { RunPolicy } from '../../contracts/run.ts';

export type ProposableOutcome = AssessedOutcome & { assessment: Assessment; savings: Savings };

export interface Selection {
  asked: ProposableOutcome[];
  /** What an earlier approval covers: proposed for the record, at no cost of attention. */
  covered: ProposableOutcome[];
  /** What would be proposed if attention had no end; named in the report. */
  leftOut: ProposableOutcome[];
}

/**
 * Share of a night's worth that the smallest proposals together may carry without being asked about: what is left out then
 * is less than what the estimates are off by (the model's median error after one observation is 24 %).
 */
const NEGLIGIBLE_SHARE = 0.02;
/** A night of so few questions is read to its end whatever they carry. */
const ALWAYS_READ = 10;

/**
 * What people are asked about, and what they are not: functions at risk first (too little memory or time hurts users,
 * whatever it saves), then by worth, and no more than the night's budget of attention. Where a question has no price, the
 * tail is asked about as well.
 */
export function selectProposals(
  outcomes: readonly AssessedOutcome[],
  { maximumProposals, minimumSavingsUsdPerMonth }: Pick<RunPolicy, 'maximumProposals' | 'minimumSavingsUsdPerMonth'>,
  isCovered: (functionName: string) => boolean = () => false,
): Selection {
  const proposable = outcomes.filter(isProposable);
  const covered = proposable.filter(({ functionName }) => isCovered(functionName));
  // Weighed as a step that nobody is asked about, and then found to need somebody: the next night weighs it as that.
  const lapsed = proposable.filter(({ functionName, assessment }) => !isCovered(functionName) && assessment.isCovered);
  const ordered = proposable
    .filter(({ functionName, assessment }) => !isCovered(functionName) && assessment.isCovered !== true)
    .toSorted((a, b) => Number(isAtRisk(b)) - Number(isAtRisk(a)) || worthUsdPerMonth(b) - worthUsdPerMonth(a));
  const read = minimumSavingsUsdPerMonth > 0 ? withoutTail(ordered) : ordered;
  const asked = read.slice(0, maximumProposals);
  const names = new Set(asked.map(({ functionName }) => functionName));
  return { asked, covered, leftOut: [...ordered, ...lapsed].filter(({ functionName }) => !names.has(functionName)) };
}

function withoutTail(ordered: readonly ProposableOutcome[]): ProposableOutcome[] {
  const worth = (each: ProposableOutcome): number => (isAtRisk(each) ? 0 : worthUsdPerMonth(each));
  const total = ordered.reduce((sum, each) => sum + worth(each), 0);
  let carried = 0;
  return ordered.filter((each, at) => {
    const isNeeded = isAtRisk(each) || at < ALWAYS_READ || carried < (1 - NEGLIGIBLE_SHARE) * total;
    carried += worth(each);
    return isNeeded;
  });
}

/** What a proposal is expected to save in the end, USD a month. */
export const worthUsdPerMonth = ({ savings }: Pick<ProposableOutcome, 'savings'>): number =>
  Math.max(savings.savingsUsdPerMonth, savings.expectedEndSavingsUsdPerMonth ?? 0);

export const isProposable = (outcome: AssessedOutcome): outcome is ProposableOutcome =>
  outcome.kind === 'Proposable' && outcome.assessment !== undefined && outcome.savings !== undefined;

/** Findings that hurt users whatever they save. */
const RISKS: readonly string[] = ['MemoryUnderprovisioned', 'OutOfMemory', 'TimeoutTooShort'];

const isAtRisk = ({ assessment }: ProposableOutcome): boolean =>
  assessment.findingReasons.some((reason) => RISKS.includes(reason));
