import { normalCdf } from '../../night/recommendation/normal.ts';
import type { ColdStartEvidence } from './evidence.ts';

/** 99th percentile of the standard normal distribution. */
const Z99 = 2.3263;
const LEAST_SPREAD = 0.01;
const BISECTIONS = 60;

/**
 * p99 in milliseconds of a mix of warm requests and cold ones, which take the INIT time more. Warm durations are taken
 * for log-normal through the measured p50 and p99.
 */
export function mixedP99Ms(
  { p50DurationMs, p99DurationMs }: Pick<ColdStartEvidence, 'p50DurationMs' | 'p99DurationMs'>,
  coldStartShare: number,
  initMs: number,
): number {
  const middle = Math.log(Math.max(p50DurationMs, 0.1));
  const spread = Math.max(LEAST_SPREAD, (Math.log(Math.max(p99DurationMs, p50DurationMs, 0.1)) - middle) / Z99);
  const below = (ms: number): number => (ms <= 0 ? 0 : normalCdf((Math.log(ms) - middle) / spread));
  const within = (ms: number): number => (1 - coldStartShare) * below(ms) + coldStartShare * below(ms - initMs);
  let low = 0;
  let high = Math.exp(middle + 6 * spread) + initMs;
  for (let step = 0; step < BISECTIONS; step += 1) {
    const ms = (low + high) / 2;
    if (within(ms) < 0.99) low = ms;
    else high = ms;
  }
  return high;
}
