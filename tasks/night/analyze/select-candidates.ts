import type { AssessedCandidate } from '../../../shared/contracts/assessment.ts';
import type { Candidate, Recommendation } from '../../../shared/domain/night/recommendation/types.ts';

/** As many points as draw a curve that people recognise, and as fit an item's share of a state's payload. */
export const MAX_CANDIDATES = 8;

/**
 * The rows a person decides by: the current and the recommended size always, then the runner-up and sizes production has
 * run at, then the ends of what policy allows and whatever lies farthest from the rows there are, so that the curve is
 * seen whole and not only where tonight's step is; ascending by size.
 */
export function selectCandidates(recommendation: Recommendation, currentMemorySizeMb: number): AssessedCandidate[] {
  const { candidates, recommendedMemorySizeMb, runnerUp } = recommendation;
  const rank = (each: Candidate): number => {
    if (each.memorySizeMb === currentMemorySizeMb || each.memorySizeMb === recommendedMemorySizeMb) return 0;
    if (each.memorySizeMb === runnerUp?.memorySizeMb) return 1;
    return each.observed ? 2 : 3;
  };
  const named = candidates.filter((each) => rank(each) < 3).toSorted((a, b) => rank(a) - rank(b));
  return spreadOut(named.slice(0, MAX_CANDIDATES), candidates)
    .sort((a, b) => a.memorySizeMb - b.memorySizeMb)
    .map(assessedCandidate);
}

/** Adds the row farthest from all others, as people see sizes (twice as much is one step), until there are enough. */
function spreadOut(rows: Candidate[], candidates: readonly Candidate[]): Candidate[] {
  const chosen = [...rows];
  const left = new Map(
    candidates.filter((each) => !rows.includes(each)).map((each) => [each, Number.POSITIVE_INFINITY]),
  );
  let added = rows;
  while (chosen.length < MAX_CANDIDATES && left.size > 0) {
    for (const row of added) comeNearer(left, row);
    added = [farthestOf(left)];
    left.delete(added[0]!);
    chosen.push(added[0]!);
  }
  return chosen;
}

/** Notes how far each is from what was chosen, now that the row was too. */
function comeNearer(distances: Map<Candidate, number>, { memorySizeMb }: Candidate): void {
  for (const [each, distance] of distances)
    distances.set(each, Math.min(distance, Math.abs(Math.log2(each.memorySizeMb / memorySizeMb))));
}

/** The first of the farthest. */
function farthestOf(distances: ReadonlyMap<Candidate, number>): Candidate {
  const [first, ...others] = distances;
  return others.reduce((best, each) => (each[1] > best[1] ? each : best), first!)[0];
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
