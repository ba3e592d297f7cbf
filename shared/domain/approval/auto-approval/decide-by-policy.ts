import type { Assessment, Savings } from '../../../contracts/assessment.ts';
import type { AutoApprovalRule } from '../../../contracts/auto-approval.ts';
import { RISKS, riskWords } from '../proposal/wording.ts';
import { personNeeded } from './hard-limits.ts';

export type PolicyVerdict =
  /** `reason` is what the ledger keeps as the decision's note. */
  { approved: true; rule: string; reason: string } | { approved: false; reason: string };

export interface PolicySubject {
  assessment: Assessment;
  savings: Savings;
}

/**
 * What the auto-approval policy makes of a proposal: approved by the first rule that it meets in full, or left to
 * people. A policy approves or is silent; it never rejects.
 */
export function decideByPolicy(subject: PolicySubject, rules: readonly AutoApprovalRule[]): PolicyVerdict {
  const why = personNeeded(subject.assessment);
  if (why !== undefined) return { approved: false, reason: why };
  const misses = rules.map((rule) => ({ rule, miss: missOf(rule, subject) }));
  const met = misses.find(({ miss }) => miss === undefined);
  if (met !== undefined) return { approved: true, rule: met.rule.name, reason: reasonOf(met.rule, subject) };
  const reasons = misses.map(({ rule, miss }) => `${rule.name}: ${miss}`);
  return { approved: false, reason: reasons.length === 0 ? 'there are no rules' : reasons.join('; ') };
}

/** The first condition of a rule that a proposal does not meet. */
function missOf(rule: AutoApprovalRule, { assessment, savings }: PolicySubject): string | undefined {
  const tag = Object.entries(rule.tags).find(([key, value]) => !hasTag(assessment.tags, key, value));
  if (tag !== undefined) return `the function is not tagged ${tag[0]}=${tag[1]}`;
  if (RISKS.indexOf(assessment.risk) > RISKS.indexOf(rule.maximumRisk)) {
    return `its risk is ${riskWords(assessment.risk)}, allowed is ${riskWords(rule.maximumRisk)}`;
  }
  if (memoryChange(assessment) > rule.maximumMemoryChange) {
    return `its memory changes by ${percent(memoryChange(assessment))}, allowed is ${percent(rule.maximumMemoryChange)}`;
  }
  if (rule.onlyWithinGuard && isExperiment(assessment)) {
    return 'the model is less than 95% sure that it stays fast enough at the lower size';
  }
  if (-savings.savingsUsdPerMonth > rule.maximumCostIncreaseUsdPerMonth) return 'it costs more than the rule allows';
  return undefined;
}

const hasTag = (tags: Readonly<Record<string, string>>, key: string, value: string): boolean =>
  Object.hasOwn(tags, key) && (value === '*' || tags[key] === value);

const memoryChange = ({ current, recommended }: Assessment): number =>
  Math.abs(recommended.memorySizeMb - current.memorySizeMb) / current.memorySizeMb;

/** A step down that the night would learn from, because the model is not sure yet. */
const isExperiment = ({ current, recommended, candidates }: Assessment): boolean =>
  recommended.memorySizeMb < current.memorySizeMb &&
  candidates.find(({ memorySizeMb }) => memorySizeMb === recommended.memorySizeMb)?.meetsGuard !== true;

const percent = (share: number): string => `${Math.round(share * 100)}%`;

function reasonOf(rule: AutoApprovalRule, { assessment }: PolicySubject): string {
  const tags = Object.entries(rule.tags).map(([key, value]) => `tagged ${key}=${value}`);
  const met = [`${riskWords(assessment.risk)} risk`, `memory changes by ${percent(memoryChange(assessment))}`, ...tags];
  return `rule ${rule.name}: ${met.join(', ')}`;
}
