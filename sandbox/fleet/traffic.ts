import { mix, normal, poisson } from './noise.ts';

// Local, because a test runner's sandbox makes every look-up of a global costly.
const { exp, floor } = Math;

export const HOUR_MS = 3_600_000;
export const HOURS_PER_WEEK = 168;
/** AWS's convention for a month's hours. */
export const HOURS_PER_MONTH = 730;

/**
 * How a function's load moves over the week. `weekly` (an hour on Sundays) and `monthly` (an hour on the first) are asked for
 * by tests, never drawn.
 */
export type TrafficPattern =
  | 'office'
  | 'consumer'
  | 'flat'
  | 'nightly'
  | 'weekend'
  | 'monthEnd'
  | 'idle'
  | 'weekly'
  | 'monthly';

/** 1970-01-01 was a Thursday; hour 0 of a week here is Monday 00:00 UTC. */
const EPOCH_HOUR_OF_WEEK = 72;

const SUNDAY_AT_THREE = 147;

function shapeFor(pattern: TrafficPattern, hourOfWeek: number): number {
  const hour = hourOfWeek % 24;
  const isWeekend = hourOfWeek >= 120;
  switch (pattern) {
    case 'office':
      return (isWeekend ? 0.15 : 1) * (0.1 + exp(-(((hour - 13) / 4) ** 2)));
    case 'consumer':
      return (isWeekend ? 1.2 : 1) * (0.3 + exp(-(((hour - 20) / 3.5) ** 2)) + 0.5 * exp(-(((hour - 12) / 3) ** 2)));
    case 'nightly':
      return hour === 3 ? 1 : 0;
    case 'weekly':
      return hourOfWeek === SUNDAY_AT_THREE ? 1 : 0;
    case 'weekend':
      return isWeekend ? 1 : 0.1;
    default:
      return 1;
  }
}

/** Weekly factors with mean 1, Monday 00:00 UTC first. */
const WEEKLY_FACTORS = new Map<TrafficPattern, Float64Array>();

function weeklyFactors(pattern: TrafficPattern): Float64Array {
  let factors = WEEKLY_FACTORS.get(pattern);
  if (!factors) {
    factors = Float64Array.from({ length: HOURS_PER_WEEK }, (_, hour) => shapeFor(pattern, hour));
    const mean = factors.reduce((sum, factor) => sum + factor, 0) / HOURS_PER_WEEK;
    for (let hour = 0; hour < HOURS_PER_WEEK; hour++) factors[hour]! /= mean;
    WEEKLY_FACTORS.set(pattern, factors);
  }
  return factors;
}

/** Two days of tenfold load and 28 quiet ones: mean 1, and a fortnight's evidence can miss the peak. */
const MONTH_END_PEAK = 6.25;
const MONTH_END_QUIET = 0.625;

function monthFactor(hour: number): number {
  const tomorrow = new Date((hour + 48) * HOUR_MS);
  return tomorrow.getUTCDate() <= 2 ? MONTH_END_PEAK : MONTH_END_QUIET;
}

/** The whole month's load in the fourth hour of its first day. */
function firstOfMonthFactor(hour: number): number {
  const at = new Date(hour * HOUR_MS);
  return at.getUTCDate() === 1 && at.getUTCHours() === 3 ? HOURS_PER_MONTH : 0;
}

function factorIn({ pattern, hoursAheadOfUtc }: TrafficProfile, hour: number): number {
  if (pattern === 'monthEnd') return monthFactor(hour);
  if (pattern === 'monthly') return firstOfMonthFactor(hour);
  return weeklyFactors(pattern)[(hour + hoursAheadOfUtc + EPOCH_HOUR_OF_WEEK) % HOURS_PER_WEEK]!;
}

/** A function's load, fixed when the fleet is made. */
export interface TrafficProfile {
  readonly pattern: TrafficPattern;
  /** Mean over the weeks; what money is counted with. */
  readonly invocationsPerHour: number;
  /** The owners' time zone. */
  readonly hoursAheadOfUtc: number;
  readonly seed: number;
}

const DAY_NOISE = 0.08;
const HOUR_NOISE = 0.12;
const SALT_DAY = 0x51ed;
const SALT_HOUR = 0x7f4a;
const SALT_COUNT = 0x1b56;

/** Invocations of one hour (hours since the epoch): cycle × day's mood × hour's mood, then a Poisson draw. */
export function invocationsInHour(traffic: TrafficProfile, hour: number): number {
  if (traffic.pattern === 'idle') return 0;
  const factor = factorIn(traffic, hour);
  if (factor === 0) return 0;
  const day = floor((hour + traffic.hoursAheadOfUtc) / 24);
  const mood =
    DAY_NOISE * normal(mix(traffic.seed ^ SALT_DAY, day)) + HOUR_NOISE * normal(mix(traffic.seed ^ SALT_HOUR, hour));
  return poisson(traffic.invocationsPerHour * factor * exp(mood), mix(traffic.seed ^ SALT_COUNT, hour));
}
