import type { FunctionConfiguration } from '../../../contracts/assessment.ts';
import type { Verdict } from '../../../contracts/decision.ts';

/** Production of one function over a stretch of time; durations in ms, absent where nothing ran. */
export interface WindowMetrics {
  invocations: number;
  errors: number;
  throttles: number;
  meanDurationMs?: number | undefined;
  p95DurationMs?: number | undefined;
  maxDurationMs?: number | undefined;
  /** Most memory an environment used, where REPORT lines tell. */
  maxMemoryUsedMb?: number | undefined;
}

export interface VerificationCase {
  before: WindowMetrics;
  after: WindowMetrics;
  configurationBefore: FunctionConfiguration;
  configurationAfter: FunctionConfiguration;
  /** Slowdown the policy allows, 0.1 = 10 %. */
  maxSlowdown: number;
  /** Mean duration at the new size against the old that whoever approved the change was told of, 1 = the same. */
  approvedSlowdown: number;
  minimumInvocations: number;
}

export interface Judgement {
  verdict: Verdict;
  reason: string;
}

/** Means of a few hundred invocations wander by this much on their own; measured curves show 2 %, hours differ more. */
const DURATION_NOISE = 0.1;
/** p95 wanders more than the mean. */
const P95_NOISE = 0.25;
/** This many invocations make a p95 (a twentieth of them lie above it). */
const P95_MINIMUM_INVOCATIONS = 100;
/** A rate counts as worse when it doubled, rose by a percentage point, and is made of at least this many events. */
const RATE_FACTOR = 2;
const RATE_STEP = 0.01;
const RATE_MINIMUM_EVENTS = 5;
/** What nothing is known of before the change is harm where most calls fail: no rate is not a rate of 0. */
const MOST = 0.5;
/** Enough failures to judge by even where successes are few. */
const CERTAIN_FAILURES = 10;

/**
 * Compares production after a change with the same hours before it. Harm is looked for first, in the order in which it
 * hurts; without harm, too few invocations mean that nothing is known yet, and that is not success.
 */
export function judgeChange(change: VerificationCase): Judgement {
  const harm = outOfMemory(change) ?? moreErrors(change) ?? moreThrottles(change) ?? slowerByMemory(change);
  if (harm !== undefined) return { verdict: 'worse', reason: harm };
  const { before, after, minimumInvocations } = change;
  if (after.invocations < minimumInvocations) {
    return inconclusive(`only ${after.invocations} invocations since the change, ${minimumInvocations} are needed`);
  }
  if (before.invocations < minimumInvocations) {
    return inconclusive(
      `only ${before.invocations} invocations in the same hours before the change, ${minimumInvocations} are needed`,
    );
  }
  if (after.meanDurationMs === undefined || before.meanDurationMs === undefined)
    return inconclusive('CloudWatch has no durations yet');
  const change_ = percent(after.meanDurationMs / before.meanDurationMs - 1);
  return {
    verdict: 'better',
    reason: `no more errors, mean duration ${change_} over ${after.invocations} invocations`,
  };
}

function outOfMemory({ after, configurationAfter }: VerificationCase): string | undefined {
  if (after.maxMemoryUsedMb === undefined || after.maxMemoryUsedMb < configurationAfter.memorySizeMb) return undefined;
  return `all ${configurationAfter.memorySizeMb} MB of memory were used`;
}

function moreErrors({ before, after, minimumInvocations }: VerificationCase): string | undefined {
  return rose('error rate', [before.errors, before.invocations], [after.errors, after.invocations], minimumInvocations);
}

function moreThrottles({ before, after, minimumInvocations }: VerificationCase): string | undefined {
  const rate = (window: WindowMetrics): [number, number] => [window.throttles, window.throttles + window.invocations];
  return rose('throttle rate', rate(before), rate(after), minimumInvocations);
}

function rose(
  what: string,
  before: [number, number],
  after: [number, number],
  minimumCount: number,
): string | undefined {
  const enough = after[1] >= minimumCount || after[0] >= CERTAIN_FAILURES;
  if (!enough || after[0] < RATE_MINIMUM_EVENTS) return undefined;
  const rateAfter = after[0] / after[1];
  if (before[1] === 0) {
    const isMost = rateAfter >= MOST;
    return isMost
      ? `${what} is ${share(rateAfter)} since the change; nothing ran in the same hours before it`
      : undefined;
  }
  const rateBefore = before[0] / before[1];
  if (rateAfter < rateBefore * RATE_FACTOR || rateAfter < rateBefore + RATE_STEP) return undefined;
  return `${what} rose from ${share(rateBefore)} to ${share(rateAfter)}`;
}

/** Only memory makes calls slower. A longer timeout lets the slow ones end that were cut off, so their durations grow. */
function slowerByMemory(change: VerificationCase): string | undefined {
  const { configurationBefore, configurationAfter } = change;
  if (configurationBefore.memorySizeMb === configurationAfter.memorySizeMb) return undefined;
  return slower(change) ?? slowerTail(change);
}

/** A slowdown that was predicted and approved is not harm; one beyond both prediction and policy is. */
function slower({ before, after, ...change }: VerificationCase): string | undefined {
  if (Math.min(after.invocations, before.invocations) < change.minimumInvocations) return undefined;
  if (after.meanDurationMs === undefined || before.meanDurationMs === undefined) return undefined;
  const slowdown = after.meanDurationMs / before.meanDurationMs;
  const allowed = Math.max(1 + change.maxSlowdown, change.approvedSlowdown) * (1 + DURATION_NOISE);
  if (slowdown <= allowed) return undefined;
  return `mean duration rose by ${percent(slowdown - 1)} (${ms(before.meanDurationMs)} to ${ms(after.meanDurationMs)})`;
}

function slowerTail({ before, after, ...change }: VerificationCase): string | undefined {
  if (Math.min(after.invocations, before.invocations) < Math.max(change.minimumInvocations, P95_MINIMUM_INVOCATIONS))
    return undefined;
  if (after.p95DurationMs === undefined || before.p95DurationMs === undefined) return undefined;
  const slowdown = after.p95DurationMs / before.p95DurationMs;
  const allowed = Math.max(1 + change.maxSlowdown, change.approvedSlowdown) * (1 + P95_NOISE);
  if (slowdown <= allowed) return undefined;
  return `p95 duration rose by ${percent(slowdown - 1)} (${ms(before.p95DurationMs)} to ${ms(after.p95DurationMs)})`;
}

const inconclusive = (reason: string): Judgement => ({ verdict: 'inconclusive', reason });
const percent = (fraction: number): string => `${fraction >= 0 ? '+' : ''}${(fraction * 100).toFixed(1)} %`;
const share = (fraction: number): string => `${(fraction * 100).toFixed(2)} %`;
const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
