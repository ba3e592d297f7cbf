import type { Observation, RecommendationRequest } from '../../../../../../shared/domain/night/recommendation/types.ts';

/** A request with sensible defaults; the base of most tests here. */
export function aRequest(overrides: Partial<RecommendationRequest> = {}): RecommendationRequest {
  return {
    id: 'orders#1',
    functionName: 'orders',
    architecture: 'x86_64',
    timeoutSeconds: 60,
    strategy: 'balanced',
    currentMemorySizeMb: 1024,
    observations: [anObservation()],
    ...overrides,
  };
}

export function anObservation(overrides: Partial<Observation> = {}): Observation {
  return { memorySizeMb: 1024, invocations: 5_000, meanDurationMs: 400, maxMemoryUsedMb: 100, ...overrides };
}

/** Observations of a function whose duration is waiting plus computing that shrinks up to one vCPU. */
export function observedAt(sizesMb: readonly number[], waitingMs: number, computingMs: number): Observation[] {
  return sizesMb.map((memorySizeMb) =>
    anObservation({ memorySizeMb, meanDurationMs: waitingMs + computingMs * (1769 / Math.min(memorySizeMb, 1769)) }),
  );
}
