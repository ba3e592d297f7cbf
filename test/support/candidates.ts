import type { AssessedCandidate } from '../../shared/contracts/assessment.ts';

/** A size as the model sees it: as fast and dear as today's, unless a test says otherwise. */
export function candidate(memorySizeMb: number, overrides: Partial<AssessedCandidate> = {}): AssessedCandidate {
  const { meanDurationMs = 120 } = overrides;
  return {
    memorySizeMb,
    meanDurationMs,
    meanDurationLowerMs: meanDurationMs * 0.9,
    meanDurationUpperMs: meanDurationMs * 1.1,
    p95DurationMs: meanDurationMs * 2,
    p95DurationLowerMs: meanDurationMs * 1.8,
    p95DurationUpperMs: meanDurationMs * 2.2,
    costUsdPerMillion: 2.5,
    relativeCost: 1,
    relativeDuration: 1,
    meetsGuard: true,
    observed: false,
    ...overrides,
  };
}
