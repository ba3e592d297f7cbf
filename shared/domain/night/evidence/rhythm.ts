import type { Rhythm } from '../../../contracts/rhythm.ts';
import type { MetricSeries } from './metric-series.ts';
import type { EvidenceWindow } from './window.ts';

const DAY_MS = 86_400_000;
/** Called on fewer days than this share, a function rests more than it works; an office's weeks are at five sevenths. */
const RARE_SHARE = 1 / 3;
/** Days over which that is counted: a season, in which holidays do not tell. */
const SEASON_DAYS = 84;
/** So many days without a call end a run; a weekend does not. */
const DAYS_BETWEEN_RUNS = 3;
/** Intervals looked at: what a function did before that may be another habit. */
const MOST_INTERVALS = 12;
const LEAST_INTERVALS = 2;
/** Most of the intervals must be this near to the middle one: months differ by a tenth, and a working day shifts a run. */
const NEARNESS_SHARE = 0.2;
const NEARNESS_DAYS = 1.5;
const MOST_INTERVALS_SHARE = 0.75;
/** An interval this many times the middle one has left a run out. */
const MISSED_FACTOR = 1.5;

/** Runs that count as evidence at most: a dozen weeks, or a year of months. */
const MOST_RUNS = 12;

/** Whether there was any call, day by day. */
type Days = readonly boolean[];

/** What the calls of a window say about how a function is called. */
export interface Recognised {
  /** Days from one run to the next; absent where they keep to no interval. */
  readonly everyDays?: number;
  readonly missedRun: boolean;
  /** Days before the window's end from which on its runs are evidence. */
  readonly evidenceDays: number;
  /** On which day of the window each run began, oldest first. */
  readonly runStarts: readonly number[];
}

export interface RareCriteria {
  /** So many calls in the look-back are evidence. */
  readonly minimumInvocations: number;
  /** Whether that goes for one without any call as well. */
  readonly evenIdle: boolean;
}

/** Whether the look-back holds so few days with calls, or so few calls, that only a longer one can tell of the function. */
export function mayBeRare(
  invocations: MetricSeries,
  { startMs, periodSeconds }: EvidenceWindow,
  { minimumInvocations, evenIdle }: RareCriteria,
): boolean {
  const activeDays = new Set<number>();
  let calls = 0;
  for (const [period, count] of invocations.entries()) {
    if (!(count > 0)) continue;
    calls += count;
    activeDays.add(Math.floor((startMs + period * periodSeconds * 1000) / DAY_MS));
  }
  const windowDays = (invocations.length * periodSeconds * 1000) / DAY_MS;
  if (calls === 0) return evenIdle;
  return calls < minimumInvocations || activeDays.size < RARE_SHARE * windowDays;
}

/**
 * How a function is called, from its invocations a day; undefined where it works on most days. Of one whose whole life so
 * far is a few days in a row nothing is said either: it may be new.
 */
export function recogniseRhythm(invocationsPerDay: MetricSeries): Recognised | undefined {
  const days = Array.from(invocationsPerDay, (count) => count > 0);
  return isRare(days) ? recognised(days) : undefined;
}

/** The same of a function that works on most days, but is called too seldom for the look-back to be evidence. */
export function nowAndThen(invocationsPerDay: MetricSeries): Recognised {
  const days = Array.from(invocationsPerDay, (count) => count > 0);
  return { missedRun: false, evidenceDays: SEASON_DAYS, runStarts: runStartsOf(days) };
}

/** As the rest of the night is told of it: with the runs that began at the present configuration. */
export function rhythmIn(
  { everyDays, missedRun, runStarts }: Recognised,
  firstUsableDay: number,
  windowStartMs: number,
  windowDays: number,
): Rhythm {
  const runs = runStarts.filter((day) => day >= firstUsableDay).length;
  if (everyDays === undefined) return { runs };
  const last = runStarts.at(-1)!;
  const due = last + everyDays * Math.max(1, Math.ceil((windowDays - 1 - last) / everyDays));
  const nextRunOn = new Date(windowStartMs + Math.round(due) * DAY_MS).toISOString().slice(0, 10);
  return { everyDays, runs, nextRunOn, ...(missedRun && { missedRun }) };
}

/** Since the first call, so that a function's childhood does not count as rest. */
function isRare(days: Days): boolean {
  const first = days.indexOf(true);
  if (first < 0) return true;
  const season = days.slice(Math.max(first, days.length - SEASON_DAYS));
  return season.filter(Boolean).length < RARE_SHARE * season.length;
}

function recognised(days: Days): Recognised {
  const runStarts = runStartsOf(days);
  const recent = runStarts.slice(-(MOST_INTERVALS + 1));
  const intervals = recent.slice(1).map((start, index) => start - recent[index]!);
  const everyDays = regularInterval(intervals);
  if (everyDays === undefined) return { missedRun: false, evidenceDays: SEASON_DAYS, runStarts };
  const sinceLast = days.length - 1 - runStarts.at(-1)!;
  const missedRun = [...intervals, sinceLast].some((each) => each > MISSED_FACTOR * everyDays);
  return { everyDays, missedRun, evidenceDays: Math.ceil(MOST_RUNS * everyDays), runStarts };
}

/** Runs within a window of whole hours or days. */
export function runsIn(invocations: MetricSeries, { startMs, periodSeconds }: EvidenceWindow): number {
  const active = new Set<number>();
  for (const [period, count] of invocations.entries()) {
    if (count > 0) active.add(Math.floor((startMs + period * periodSeconds * 1000) / DAY_MS));
  }
  const [first = 0] = active;
  return runStartsOf(Array.from({ length: Math.max(0, ...active) - first + 1 }, (_, day) => active.has(first + day)))
    .length;
}

function runStartsOf(days: Days): number[] {
  const starts: number[] = [];
  let lastActive = Number.NEGATIVE_INFINITY;
  for (const [day, isActive] of days.entries()) {
    if (!isActive) continue;
    if (day - lastActive > DAYS_BETWEEN_RUNS) starts.push(day);
    lastActive = day;
  }
  return starts;
}

function regularInterval(intervals: readonly number[]): number | undefined {
  if (intervals.length < LEAST_INTERVALS) return undefined;
  const sorted = intervals.toSorted((a, b) => a - b);
  const middle = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.floor(sorted.length / 2)]!) / 2;
  const within = Math.max(NEARNESS_DAYS, NEARNESS_SHARE * middle);
  const near = intervals.filter((each) => Math.abs(each - middle) <= within).length;
  return near >= MOST_INTERVALS_SHARE * intervals.length ? middle : undefined;
}
