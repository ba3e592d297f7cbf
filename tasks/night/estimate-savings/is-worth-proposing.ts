import type { Assessment, Savings } from '../../../shared/contracts/assessment.ts';
import type { RunPolicy } from '../../../shared/contracts/run.ts';
import { CUT_OFF_SHARE } from '../../../shared/domain/night/recommendation/timeout.ts';

/**
 * Whether a person should be asked: when what is expected to be saved in the end reaches the policy's minimum, or when the
 * change buys something that is not money: memory or time a function is about to run out of, the speed an earlier change
 * took beyond the guard, or the speed that the strategy was told to buy.
 */
export function isWorthProposing(assessment: Assessment, savings: Savings, policy: RunPolicy): boolean {
  const { current, recommended } = assessment;
  const changes =
    recommended.memorySizeMb !== current.memorySizeMb || recommended.timeoutSeconds !== current.timeoutSeconds;
  if (assessment.finding !== 'NotOptimized' || !changes) return false;
  if (recommended.timeoutSeconds > current.timeoutSeconds && isTimeoutWorthRaising(assessment, savings, policy))
    return true;
  return isMemoryWorthProposing(assessment, savings, policy);
}

/** Calls that are cut off are harm; calls that come near it are so where the function itself is worth a question. */
function isTimeoutWorthRaising(
  { metrics, current }: Assessment,
  { costUsdPerMonthBefore }: Savings,
  { minimumSavingsUsdPerMonth }: RunPolicy,
): boolean {
  const slowestMs = metrics?.maxDurationMs ?? Number.POSITIVE_INFINITY;
  const isCutOff = slowestMs >= CUT_OFF_SHARE * 1000 * current.timeoutSeconds;
  return isCutOff || costUsdPerMonthBefore >= minimumSavingsUsdPerMonth;
}

/**
 * What is less of a function's bill nobody could tell from the next week's scatter, neither who approves nor the proof: two
 * loads of the same function on one size differ by up to 1.7 % (see MEASURING_TOLERANCE).
 */
const LEAST_SHARE_OF_BILL = 0.01;

/** The same for the memory alone, whatever the timeout should be. */
export function isMemoryWorthProposing(assessment: Assessment, savings: Savings, policy: RunPolicy): boolean {
  const { current, recommended } = assessment;
  const raises = recommended.memorySizeMb > current.memorySizeMb;
  if (raises && (isMemoryAtRisk(assessment, policy) || isBeyondGuard(assessment) || isRaisedOnPurpose(policy)))
    return true;
  if (isPaidInsight(savings, policy)) return false;
  const expectedUsdPerMonth = Math.max(savings.savingsUsdPerMonth, insightUsdPerMonth(assessment, savings, policy));
  return expectedUsdPerMonth > 0 && expectedUsdPerMonth >= leastUsdPerMonth(assessment, savings, policy);
}

/** Of a step that nobody is asked about only the policy's minimum counts, of which it gets its own. */
function leastUsdPerMonth(
  { isCovered }: Assessment,
  { costUsdPerMonthBefore }: Savings,
  { strategy, minimumSavingsUsdPerMonth }: RunPolicy,
): number {
  const isPriced = strategy === 'cost' && minimumSavingsUsdPerMonth > 0 && isCovered !== true;
  return Math.max(minimumSavingsUsdPerMonth, isPriced ? LEAST_SHARE_OF_BILL * costUsdPerMonthBefore : 0);
}

/** A night that costs more, for what it teaches, is not asked of people whose minute has a price. */
const isPaidInsight = ({ savingsUsdPerMonth }: Savings, { strategy, minimumSavingsUsdPerMonth }: RunPolicy): boolean =>
  strategy === 'cost' && minimumSavingsUsdPerMonth > 0 && savingsUsdPerMonth < 0;

/**
 * Under `cost` a small step down is how a function's curve is found out: it saves little itself, and the nights after it
 * save the rest. Only the model's own expectation counts.
 */
function insightUsdPerMonth(
  { expectedGain = 0 }: Assessment,
  { costUsdPerMonthBefore, expectedEndSavingsUsdPerMonth }: Savings,
  { strategy }: RunPolicy,
): number {
  return strategy === 'cost' ? (expectedEndSavingsUsdPerMonth ?? expectedGain * costUsdPerMonthBefore) : 0;
}

/** Used memory plus the policy's headroom does not fit the current size, or production has already run out. */
function isMemoryAtRisk({ findingReasons, memory, current }: Assessment, { memoryHeadroom }: RunPolicy): boolean {
  if (findingReasons.includes('OutOfMemory')) return true;
  return (memory.maxMemoryUsedMb ?? 0) * (1 + memoryHeadroom) > current.memorySizeMb;
}

/** An earlier change made the function slower than `maxSlowdown` allows: it gets its speed back, whatever that costs. */
function isBeyondGuard({ candidates, current }: Assessment): boolean {
  return candidates.find((each) => each.memorySizeMb === current.memorySizeMb)?.meetsGuard === false;
}

/** Every strategy but `cost` may raise memory for another reason than money; it was chosen for that. */
const isRaisedOnPurpose = ({ strategy }: RunPolicy): boolean => strategy !== 'cost';
