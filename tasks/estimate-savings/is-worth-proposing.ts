import type { Assessment, Savings } from '../../shared/contracts/assessment.ts';
import type { RunPolicy } from '../../shared/contracts/run.ts';

/**
 * Whether a person should be asked: when the saving reaches the policy's minimum, or when the change buys something
 * that is not money: memory or time a function is about to run out of, or the speed that the strategy was told to buy.
 */
export function isWorthProposing(assessment: Assessment, savings: Savings, policy: RunPolicy): boolean {
  const { current, recommended } = assessment;
  const raises = recommended.memorySizeMb > current.memorySizeMb;
  const changes =
    recommended.memorySizeMb !== current.memorySizeMb || recommended.timeoutSeconds !== current.timeoutSeconds;
  if (assessment.finding !== 'NotOptimized' || !changes) return false;
  if (recommended.timeoutSeconds > current.timeoutSeconds) return true;
  if (raises && (isMemoryAtRisk(assessment, policy) || isRaisedOnPurpose(policy))) return true;
  return savings.savingsUsdPerMonth > 0 && savings.savingsUsdPerMonth >= policy.minimumSavingsUsdPerMonth;
}

/** Used memory plus the policy's headroom does not fit the current size, or production has already run out. */
function isMemoryAtRisk({ findingReasons, memory, current }: Assessment, { memoryHeadroom }: RunPolicy): boolean {
  if (findingReasons.includes('OutOfMemory')) return true;
  return (memory.maxMemoryUsedMb ?? 0) * (1 + memoryHeadroom) > current.memorySizeMb;
}

/** Every strategy but `cost` may raise memory for another reason than money; it was chosen for that. */
const isRaisedOnPurpose = ({ strategy }: RunPolicy): boolean => strategy !== 'cost';
