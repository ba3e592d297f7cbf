import { RECOGNISABLE_SIZES_MB } from '../../shared/domain/night/recommendation/memory-sizes.ts';
import { recommend } from '../../shared/domain/night/recommendation/recommend.ts';
import type { Recommendation, Strategy } from '../../shared/domain/night/recommendation/types.ts';
import { observationAt } from './observation-at.ts';
import { maxMemoryUsedMbOf, type TaskProfile } from './task-profile.ts';

/** Nights within which a customer's function finds its size as well. */
const NIGHTS = 5;

/**
 * Kept free above the most memory used, where the policy's default for customers' functions is a tenth: it was measured
 * outside Lambda, and a task that runs out of memory costs a whole night.
 */
const MEMORY_HEADROOM = 0.25;

/** Tasks that a person waits for: what a second costs them counts as much as what it costs in money. */
const WAITED_FOR: ReadonlySet<string> = new Set(['serve-page', 'operate']);

export interface OwnRecommendation {
  readonly memorySizeMb: number;
  readonly strategy: Strategy;
  /** Why the last step was taken, or why none was. */
  readonly reason: string;
}

/**
 * The size that nights of our own would lead a task to: each asks the model that decides about customers' functions,
 * under the policy's defaults, and the next sees production at what was chosen. Nobody is asked, so that no saving is too
 * small. Beginning at the baseline, so that the guard does not wear off by asking again.
 */
export function recommendSize(task: string, profile: TaskProfile, timeoutSeconds: number): OwnRecommendation {
  const strategy = WAITED_FOR.has(task) ? 'balanced' : 'cost';
  let size = profile.baselineMemorySizeMb;
  const observations = [observationAt(profile, size)];
  let reason: string | undefined;
  const bounds = { minMb: leastMb(profile) };
  for (let remainingNights = NIGHTS; remainingNights > 0; remainingNights -= 1) {
    const answer: Recommendation = recommend({
      ...{ id: task, functionName: task, architecture: 'arm64', timeoutSeconds, strategy, observations },
      ...{ currentMemorySizeMb: size, baselineMemorySizeMb: profile.baselineMemorySizeMb, remainingNights },
      ...{ requestsPerMonth: profile.invocationsPerMonth, minimumSavingsUsdPerMonth: 0, familiarSizes: true },
      ...{ bounds, memoryHeadroom: MEMORY_HEADROOM, minimumInvocations: 1 },
    });
    reason ??= answer.reason;
    if (answer.recommendedMemorySizeMb === size) break;
    reason = answer.reason;
    size = answer.recommendedMemorySizeMb;
    observations.push(observationAt(profile, size));
  }
  return { memorySizeMb: size, strategy, reason: reason! };
}

/** The next size that people write: what a process held is no figure to keep to the megabyte. */
function leastMb(profile: TaskProfile): number {
  const neededMb = maxMemoryUsedMbOf(profile) * (1 + MEMORY_HEADROOM);
  return RECOGNISABLE_SIZES_MB.find((sizeMb) => sizeMb >= neededMb) ?? neededMb;
}
