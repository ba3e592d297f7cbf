import type { Assessment, Savings } from '../../contracts/assessment.ts';
import { PROPOSALS_MAX } from '../../contracts/default-policy.ts';
import type { AssessedOutcome } from '../../contracts/outcome.ts';
import type { RunContext } from '../../contracts/run.ts';
import { groupProposals, type ProposalGroup } from './proposal/group-proposals.ts';

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

type Question = Pick<ProposalGroup<ProposableOutcome>, 'members'>;

/**
 * What people are asked about, and what they are not: functions at risk first (too little memory or time hurts users,
 * whatever it saves), then by worth, and no more than the night's budget of attention. Functions that are asked about as
 * one count once, unless a rule may approve them: where nobody has to look, the budget bounds how much is changed. Where
 * a question has no price, the tail is asked about as well.
 */
export function selectProposals(
  outcomes: readonly AssessedOutcome[],
  { policy, approvalMode }: SelectionRun,
  isCovered: (functionName: string) => boolean = () => false,
): Selection {
  const proposable = outcomes.filter(isProposable);
  const covered = proposable.filter(({ functionName }) => isCovered(functionName));
  // Weighed as a step that nobody is asked about, and then found to need somebody: the next night weighs it as that.
  const lapsed = proposable.filter(({ functionName, assessment }) => !isCovered(functionName) && assessment.isCovered);
  const askable = proposable.filter(
    ({ functionName, assessment }) => !isCovered(functionName) && assessment.isCovered !== true,
  );
  const ordered = questions(askable, approvalMode).toSorted(
    (a, b) => Number(isAtRisk(b)) - Number(isAtRisk(a)) || worthOf(b) - worthOf(a),
  );
  const read = policy.minimumSavingsUsdPerMonth > 0 ? withoutTail(ordered) : ordered;
  const asked = functionsOf(withinLimits(read, policy.maximumProposals));
  const names = new Set(asked.map(({ functionName }) => functionName));
  const leftOut = [...functionsOf(ordered), ...lapsed].filter(({ functionName }) => !names.has(functionName));
  return { asked, covered, leftOut };
}

export interface SelectionRun {
  approvalMode: RunContext['approvalMode'];
  policy: Pick<RunContext['policy'], 'maximumProposals' | 'minimumSavingsUsdPerMonth'>;
}

const questions = (askable: readonly ProposableOutcome[], approvalMode: RunContext['approvalMode']): Question[] =>
  approvalMode === 'policy' ? askable.map((each) => ({ members: [each] })) : groupProposals(askable);

const functionsOf = (asked: readonly Question[]): ProposableOutcome[] => asked.flatMap(({ members }) => members);

/** As many questions as the night may ask, as long as their functions are no more than a run can wait for. */
function withinLimits(read: readonly Question[], maximumProposals: number): Question[] {
  let functions = 0;
  return read.slice(0, maximumProposals).filter(({ members }) => {
    const fits = functions + members.length <= PROPOSALS_MAX;
    if (fits) functions += members.length;
    return fits;
  });
}

function withoutTail(ordered: readonly Question[]): Question[] {
  const worth = (each: Question): number => (isAtRisk(each) ? 0 : worthOf(each));
  const total = ordered.reduce((sum, each) => sum + worth(each), 0);
  let carried = 0;
  return ordered.filter((each, at) => {
    const isNeeded = isAtRisk(each) || at < ALWAYS_READ || carried < (1 - NEGLIGIBLE_SHARE) * total;
    carried += worth(each);
    return isNeeded;
  });
}

const worthOf = ({ members }: Question): number => members.reduce((sum, each) => sum + worthUsdPerMonth(each), 0);

/** What a proposal is expected to save in the end, USD a month. */
export const worthUsdPerMonth = ({ savings }: Pick<ProposableOutcome, 'savings'>): number =>
  Math.max(savings.savingsUsdPerMonth, savings.expectedEndSavingsUsdPerMonth ?? 0);

export const isProposable = (outcome: AssessedOutcome): outcome is ProposableOutcome =>
  outcome.kind === 'Proposable' && outcome.assessment !== undefined && outcome.savings !== undefined;

/** Findings that hurt users whatever they save. */
const RISKS: readonly string[] = ['MemoryUnderprovisioned', 'OutOfMemory', 'TimeoutTooShort'];

const isAtRisk = ({ members }: Question): boolean =>
  members.some(({ assessment }) => assessment.findingReasons.some((reason) => RISKS.includes(reason)));
