import type { AskedProposal } from './run-seed.ts';

/*
 * Whether a proposal had a reason to be made, told from its evidence alone with none of the product's own rules, so that
 * a mistake in those shows here.
 */

/** The price of a question, USD a month. */
const HALF_DOLLAR = 0.5;
/** The default policy's headroom above the memory used, and the share of a timeout beyond which calls are near it. */
const MEMORY_HEADROOM = 0.1;
const NEAR_TIMEOUT_SHARE = 0.8;
/** Sizes that people recognise: steps of 64 MB up to 1,024 and of 128 above, and one vCPU's. */
const SMALL_STEP_MB = 64;
const SMALL_STEPS_UP_TO_MB = 1_024;
const LARGE_STEP_MB = 128;
const ONE_VCPU_MB = 1_769;

const changesMemory = ({ assessment: { current, recommended } }: AskedProposal): boolean =>
  current.memorySizeMb !== recommended.memorySizeMb;

/** It promises less than half a dollar a month, tonight or in the end, and nothing else speaks for it. */
export function isUnderHalfDollarWithoutReason(proposal: AskedProposal): boolean {
  return changesMemory(proposal)
    ? endSavingUsd(proposal) < HALF_DOLLAR && !isMemoryShort(proposal) && !isBeyondGuard(proposal)
    : !isTimeoutShort(proposal) && endSavingUsd(proposal) < HALF_DOLLAR;
}

/** Memory that makes the bill larger, and neither memory nor speed was short. */
export function isCostlyWithoutReason(proposal: AskedProposal): boolean {
  const costsMore = proposal.savings.savingsUsdPerMonth < 0;
  return changesMemory(proposal) && costsMore && !isMemoryShort(proposal) && !isBeyondGuard(proposal);
}

/** A size nobody would type, and the sentence does not say why it is exactly that one. */
export function isOddSizeWithoutReason(proposal: AskedProposal): boolean {
  const { recommended, reason } = proposal.assessment;
  return changesMemory(proposal) && !isFamiliar(recommended.memorySizeMb) && !reason.includes('exactly');
}

function isFamiliar(memorySizeMb: number): boolean {
  const step = memorySizeMb <= SMALL_STEPS_UP_TO_MB ? SMALL_STEP_MB : LARGE_STEP_MB;
  return memorySizeMb % step === 0 || memorySizeMb === ONE_VCPU_MB;
}

/** What it saves tonight, what the whole way is expected to save, or what the sentence promises whoever decides. */
const endSavingUsd = ({ savings, assessment }: AskedProposal): number =>
  Math.max(
    savings.savingsUsdPerMonth,
    (assessment.expectedGain ?? 0) * savings.costUsdPerMonthBefore,
    Number(/in the end about \$([\d.]+) a month/.exec(assessment.reason)?.[1] ?? 0),
  );

function isMemoryShort({ assessment: { memory, current } }: AskedProposal): boolean {
  return (memory.maxMemoryUsedMb ?? 0) * (1 + MEMORY_HEADROOM) > current.memorySizeMb;
}

/** A size that an earlier change made too slow: its speed is given back. */
function isBeyondGuard({ assessment: { candidates, current, recommended } }: AskedProposal): boolean {
  const now = candidates.find(({ memorySizeMb }) => memorySizeMb === current.memorySizeMb);
  return recommended.memorySizeMb > current.memorySizeMb && now?.meetsGuard === false;
}

function isTimeoutShort({ assessment: { metrics, current, recommended } }: AskedProposal): boolean {
  const slowestMs = metrics?.maxDurationMs ?? 0;
  return (
    recommended.timeoutSeconds > current.timeoutSeconds &&
    slowestMs > NEAR_TIMEOUT_SHARE * 1000 * current.timeoutSeconds
  );
}
