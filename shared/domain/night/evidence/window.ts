import type { RunContext } from '../../../contracts/run.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** GetMetricData: at most so many points, and so many queries, a call. */
export const MAX_POINTS_PER_CALL = 100_800;
export const MAX_QUERIES_PER_CALL = 500;
/** Statistics read of each function (metric-queries.ts names them). */
export const QUERIES_PER_FUNCTION = 9;
/** Periods a day divides into, so that they begin at the same hours every day; longer ones hide a night's change. */
const PERIOD_HOURS = [1, 2, 3, 4, 6] as const;

/** The stretch of production a night looks at, the same for metrics and logs, so that their counts compare. */
export interface EvidenceWindow {
  readonly startMs: number;
  /** Exclusive; the last whole period before the run started. */
  readonly endMs: number;
  readonly periodSeconds: number;
}

/**
 * The look-back before a run started, in whole periods. The period is the shortest that lets as many functions share
 * a call as the query limit does: 500 / 9 = 55 functions of 9 queries are 495 queries, which leaves 100,800 / 495 =
 * 203 points each. 14 days are 336 hours: 336 points at 1 h are too many, 168 at 2 h fit. 30 days come to 4 h.
 */
export function evidenceWindow(run: Pick<RunContext, 'startedAt' | 'policy'>): EvidenceWindow {
  const lookbackHours = run.policy.lookbackDays * 24;
  const functionsPerCall = Math.floor(MAX_QUERIES_PER_CALL / QUERIES_PER_FUNCTION);
  const pointsPerQuery = Math.floor(MAX_POINTS_PER_CALL / (functionsPerCall * QUERIES_PER_FUNCTION));
  const hours = PERIOD_HOURS.find((each) => lookbackHours / each <= pointsPerQuery) ?? PERIOD_HOURS.at(-1)!;
  const endMs = floorTo(Date.parse(run.startedAt), hours * HOUR_MS);
  const startMs = floorTo(endMs - run.policy.lookbackDays * DAY_MS, hours * HOUR_MS);
  return { startMs, endMs, periodSeconds: hours * 3600 };
}

/** The last one may be cut off by the window's end. */
export const periodsIn = (window: EvidenceWindow): number =>
  Math.ceil((window.endMs - window.startMs) / (window.periodSeconds * 1000));

/** CloudWatch keeps hourly points for 455 days, and days are made of those. One less, so that the first is whole. */
const KEPT_DAYS = 454;

/**
 * As far back as CloudWatch knows, in days (UTC) up to the same moment: for functions that rest for longer than the
 * look-back shows. As many metrics on the bill as the look-back is, since that counts metrics and not points.
 */
export function longWindow({ endMs }: EvidenceWindow): EvidenceWindow {
  return { startMs: floorTo(endMs, DAY_MS) - KEPT_DAYS * DAY_MS, endMs, periodSeconds: DAY_MS / 1000 };
}

/** As much of an assessment as says over which window it was made. */
export interface Assessed {
  readonly functionName: string;
  readonly rhythm?: unknown;
}

/** Names of functions by the window that they were judged by: the look-back, or as far back as CloudWatch knows. */
export function byWindow(
  run: Pick<RunContext, 'startedAt' | 'policy'>,
  assessed: readonly Assessed[],
): { window: EvidenceWindow; names: string[] }[] {
  const lookback = evidenceWindow(run);
  const named = (isRare: boolean) =>
    assessed.filter(({ rhythm }) => (rhythm !== undefined) === isRare).map(({ functionName }) => functionName);
  return [
    { window: lookback, names: named(false) },
    { window: longWindow(lookback), names: named(true) },
  ].filter(({ names }) => names.length > 0);
}

/** The last multiple of a step up to a value: a window begins and ends with whole periods since the epoch. */
export const floorTo = (value: number, step: number): number => Math.floor(value / step) * step;
