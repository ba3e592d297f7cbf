import { CUT_OFF_SHARE } from './timeout.ts';
import type { Observation, RecommendationRequest } from './types.ts';

/**
 * Durations whose p99 is so many times their p95 are two kinds of call: a warmer's pings beside rare real work, a cache
 * hit beside a miss. A mean over both says what neither takes.
 */
const TWO_KINDS_P99_TO_P95 = 20;
/** Below this p99 the rare kind costs next to nothing as well. */
const TWO_KINDS_MIN_P99_MS = 100;
/**
 * A kind too rare for the percentiles, a night's batch among a day's requests, shows in the mean and the maximum: the
 * slowest call is so many times the p95, and so much of all time is spent beyond it. A single kind with a tail so long (log
 * deviation of 1.7) has no mean to go by either.
 */
const RARE_KIND_MAX_TO_P95 = 100;
const RARE_KIND_MIN_MAX_MS = 1_000;
const RARE_KIND_SHARE = 1 / 3;
/** Two looks at one size and one deployment, so far apart: the work itself has changed, and may change again. */
const UNSTEADY_FACTOR = 2;
/** Code that was watched for a week has a level of its own, whatever the code before it took. */
const STEADY_DAYS = 7;

/**
 * Why memory is left as it is although a size looks better: what was observed is no single level to predict from. The
 * current size's own observations decide; undefined where they are one kind of call at a steady level.
 */
export function holdReason({
  currentMemorySizeMb,
  observations,
  timeoutSeconds,
}: RecommendationRequest): string | undefined {
  const here = observations.filter(({ memorySizeMb }) => memorySizeMb === currentMemorySizeMb);
  const latest = here.at(-1);
  if (latest === undefined) return undefined;
  return (
    cutOff(latest, currentMemorySizeMb, timeoutSeconds) ??
    twoKinds(latest, currentMemorySizeMb) ??
    rareKind(latest, currentMemorySizeMb) ??
    unsteady(here.at(-2), latest, currentMemorySizeMb)
  );
}

/** Memory has no reason of its own while the timeout hides what calls take. */
function cutOff({ maxDurationMs = 0 }: Observation, sizeMb: number, timeoutSeconds: number): string | undefined {
  if (maxDurationMs < CUT_OFF_SHARE * 1000 * timeoutSeconds) return undefined;
  return `keep ${sizeMb} MB: calls are cut off at ${timeoutSeconds} s, so what they take at this size is not known yet`;
}

function twoKinds({ p95DurationMs: p95, p99DurationMs: p99 }: Observation, sizeMb: number): string | undefined {
  if (p95 === undefined || p99 === undefined) return undefined;
  if (p99 < TWO_KINDS_MIN_P99_MS || p99 < TWO_KINDS_P99_TO_P95 * p95) return undefined;
  return (
    `keep ${sizeMb} MB: its traffic is two kinds of call (95 % take at most ${ms(p95)}, 1 % take ${ms(p99)} or more), ` +
    'and the mean of both tells nothing of either'
  );
}

/**
 * Whether the median says if a rare kind of call is to be told from the others: without it there may be one, and with it there may be none.
 * It is a metric more to read, which few functions need.
 */
export const medianDecides = (observation: Durations): boolean =>
  rareShare({ ...observation, p50DurationMs: 0 }) !== undefined;

type Durations = Pick<Partial<Observation>, 'meanDurationMs' | 'p50DurationMs' | 'p95DurationMs' | 'maxDurationMs'>;

/** Share of all time that rare calls take; undefined where there are none to speak of. */
function rareShare(durations: Durations): number | undefined {
  const { p95DurationMs: p95, maxDurationMs: slowest = 0, meanDurationMs, p50DurationMs: p50 } = durations;
  if (p95 === undefined || meanDurationMs === undefined) return undefined;
  if (slowest < RARE_KIND_MIN_MAX_MS || slowest < RARE_KIND_MAX_TO_P95 * p95) return undefined;
  const share = 1 - mostOfCommonCallsMs(p95, p50) / meanDurationMs;
  return share < RARE_KIND_SHARE ? undefined : share;
}

function rareKind(observation: Observation, sizeMb: number): string | undefined {
  const share = rareShare(observation);
  if (share === undefined) return undefined;
  const { p95DurationMs: p95 = 0, maxDurationMs: slowest = 0 } = observation;
  return (
    `keep ${sizeMb} MB: rare calls of up to ${ms(slowest)} among many that take at most ${ms(p95)} are about ` +
    `${Math.round(share * 100)} % of its time, and the mean of both tells nothing of either`
  );
}

/** What 95 of 100 calls add to the mean at most: half take the median or less, the others thin out up to the p95. */
const mostOfCommonCallsMs = (p95: number, p50 = p95): number => 0.5 * p50 + 0.45 * ((p50 + p95) / 2);

function unsteady(before: Observation | undefined, latest: Observation, sizeMb: number): string | undefined {
  if (before === undefined) return undefined;
  const [from, to] = [before.meanDurationMs, latest.meanDurationMs];
  if (Math.max(from, to) < UNSTEADY_FACTOR * Math.min(from, to)) return undefined;
  const isSameCode = before.codeSha256 === latest.codeSha256;
  if (!isSameCode && (latest.lookbackDays ?? 0) >= STEADY_DAYS) return undefined;
  const code = isSameCode ? 'the same code' : 'the code before and the code deployed since';
  return `keep ${sizeMb} MB: ${code} took ${ms(from)} and then ${ms(to)} at this size; once that is steady it is judged again`;
}

const ms = (value: number): string =>
  value >= 10_000 ? `${(value / 1000).toFixed(0)} s` : `${Number(value.toPrecision(3))} ms`;
