import type { Assessment, Savings } from '../../../shared/contracts/assessment.ts';
import type { RunPolicy } from '../../../shared/contracts/run.ts';

/**
 * Whether a person should be asked: when the saving reaches the policy's minimum, now or by what the change teaches
 * about the sizes after it, or when the change buys something that is not money: memory or time a function is about to
 * run out of, the speed an earlier change took beyond the guard, or the speed that the strategy was told to buy.
 */
export function isWorthProposing(assessment: Assessment, savings: Savings, policy: RunPolicy): boolean {
  const { current, recommended } = assessment;
  const changes =
    recommended.memorySizeMb !== current.memorySizeMb || recommended.timeoutSeconds !== current.timeoutSeconds;
  if (assessment.finding !== 'NotOptimized' || !changes) return false;
  if (recommended.timeoutSeconds > current.timeoutSeconds) return true;
  return isMemoryWorthProposing(assessment, savings, policy);
}

/** The same for the memory alone, whatever the timeout should be. */
export function isMemoryWorthProposing(assessment: Assessment, savings: Savings, policy: RunPolicy): boolean {
  const { current, recommended } = assessment;
  const raises = recommended.memorySizeMb > current.memorySizeMb;
  if (raises && (isMemoryAtRisk(assessment, policy) || isBeyondGuard(assessment) || isRaisedOnPurpose(policy)))
    return true;
  const expectedUsdPerMonth = Math.max(savings.savingsUsdPerMonth, insightUsdPerMonth(assessment, savings, policy));
  return expectedUsdPerMonth > 0 && expectedUsdPerMonth >= policy.minimumSavingsUsdPerMonth;
}

/**
 * Under `cost` a small step down, or a night at a larger size, is how a function's curve is found out: it saves little
 * itself, and the nights after it save the rest. Only the model's own expectation counts.
 */
function insightUsdPerMonth({ expectedGain = 0 }: Assessment, savings: Savings, { strategy }: RunPolicy): number {
  return strategy === 'cost' ? expectedGain * savings.costUsdPerMonthBefore : 0;
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
