import type { AssessedCandidate } from '../../../shared/contracts/assessment.ts';
import type { Candidate, Recommendation } from '../../../shared/domain/night/recommendation/types.ts';

/** As many rows as a reader compares, and as fit an item's share of a state's payload. */
export const MAX_CANDIDATES = 8;

/**
 * The rows a person decides by: the current and the recommended size always, then the runner-up and sizes production
 * has run at, then the reachable ones nearest to the recommended; ascending by size.
 */
export function selectCandidates(recommendation: Recommendation, currentMemorySizeMb: number): AssessedCandidate[] {
  const { candidates, recommendedMemorySizeMb, runnerUp } = recommendation;
  const distance = (each: Candidate): number => Math.abs(Math.log2(each.memorySizeMb / recommendedMemorySizeMb));
  const rank = (each: Candidate): number => {
    if (each.memorySizeMb === currentMemorySizeMb || each.memorySizeMb === recommendedMemorySizeMb) return 0;
    if (each.memorySizeMb === runnerUp?.memorySizeMb) return 1;
    return each.observed ? 2 : 3;
  };
  return candidates
    .filter((each) => each.reachable || rank(each) === 0)
    .toSorted((a, b) => rank(a) - rank(b) || distance(a) - distance(b))
    .slice(0, MAX_CANDIDATES)
    .sort((a, b) => a.memorySizeMb - b.memorySizeMb)
    .map(assessedCandidate);
}

function assessedCandidate(each: Candidate): AssessedCandidate {
  return {
    memorySizeMb: each.memorySizeMb,
    meanDurationMs: significant(each.meanDurationMs),
    meanDurationLowerMs: significant(each.meanDurationLowerMs),
    meanDurationUpperMs: significant(each.meanDurationUpperMs),
    p95DurationMs: significant(each.p95DurationMs),
    p95DurationLowerMs: significant(each.p95DurationLowerMs),
    p95DurationUpperMs: significant(each.p95DurationUpperMs),
    costUsdPerMillion: significant(each.costUsdPerMillion),
    relativeCost: significant(each.relativeCost),
    relativeDuration: significant(each.relativeDuration),
    meetsGuard: each.meetsGuard,
    observed: each.observed,
  };
}

/** Four digits are more than any prediction is worth, and a quarter of the bytes of sixteen. */
export const significant = (value: number): number => Number(value.toPrecision(4));
