import type { Architecture } from '../../pricing/types.ts';

/** One period of the look-back. */
export interface ColdStartPeriod {
  readonly invocations: number;
  /** Most executions at once. */
  readonly maximumConcurrency: number;
}

/** What was measured of a function's starts; all of it, or nothing. */
export interface ColdStartEvidence {
  readonly invocationsPerMonth: number;
  readonly meanDurationMs: number;
  /** Of `Duration`, which leaves the INIT phase out: warm requests. */
  readonly p50DurationMs: number;
  readonly p99DurationMs: number;
  /** Cold starts among all invocations, 0 to 1, from REPORT lines. */
  readonly coldStartShare: number;
  readonly meanInitDurationMs: number;
  readonly periods: readonly ColdStartPeriod[];
}

/** What decides which strategies a function can have at all, and what they cost. */
export interface StartableFunction {
  readonly memorySizeMb: number;
  readonly architecture: Architecture;
  readonly runtime?: string;
  readonly ephemeralStorageMb: number;
  readonly packageType: 'Zip' | 'Image';
}

/**
 * Share of invocations that `environments` ready ones could have taken: in a period in which more ran at once, as many
 * of them as were ready.
 */
export function coveredShare(periods: readonly ColdStartPeriod[], environments: number): number {
  const total = periods.reduce((sum, { invocations }) => sum + invocations, 0);
  if (total === 0) return 0;
  const covered = periods.reduce(
    (sum, { invocations, maximumConcurrency }) =>
      sum + invocations * Math.min(1, environments / Math.max(1, maximumConcurrency)),
    0,
  );
  return covered / total;
}

/** Fewest environments that cover the share, at most `maximum`; 1 where nothing ran. */
export function environmentsFor(periods: readonly ColdStartPeriod[], share: number, maximum: number): number {
  for (let environments = 1; environments < maximum; environments += 1) {
    if (coveredShare(periods, environments) >= share) return environments;
  }
  return periods.some(({ invocations }) => invocations > 0) ? maximum : 1;
}
