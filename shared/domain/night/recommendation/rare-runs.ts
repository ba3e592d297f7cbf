import type { Rhythm } from '../../../contracts/rhythm.ts';
import { DEFAULT_MINIMUM_INVOCATIONS } from './evidence.ts';
import type { RecommendationRequest } from './types.ts';

const DAY_MS = 86_400_000;
/**
 * Runs that must have been seen at the present configuration. One run tells of one day's work: the amount of it differs from run
 * to run, and five show by how much.
 */
export const RUNS_NEEDED = 5;

/** Calls that are evidence: of a function with an interval its runs are counted, however few calls one takes. */
export function leastInvocations(policyMinimum: number, rhythm: Rhythm | undefined): number {
  return rhythm?.everyDays === undefined ? policyMinimum : Math.min(policyMinimum, DEFAULT_MINIMUM_INVOCATIONS);
}

/** What a function that rests for days waits for, in words; undefined where it waits for nothing. */
export function waitingFor({
  rhythm,
  observations,
  currentMemorySizeMb,
  minimumInvocations = DEFAULT_MINIMUM_INVOCATIONS,
}: RecommendationRequest): string | undefined {
  if (rhythm === undefined) return undefined;
  const { everyDays, runs, nextRunOn } = rhythm;
  if (everyDays === undefined) {
    const calls = observations.findLast((each) => each.memorySizeMb === currentMemorySizeMb)?.invocations ?? 0;
    if (calls >= minimumInvocations) return undefined;
    if (calls === 0) return 'nothing has called it for twelve weeks, or since it was last changed';
    return `it is called now and then; ${calls} of ${minimumInvocations} calls seen since it was last changed`;
  }
  if (runs >= RUNS_NEEDED) return undefined;
  const seen = `it runs about ${everyInWords(everyDays)}; ${runs} of ${RUNS_NEEDED} runs seen since it was last changed`;
  if (rhythm.missedRun) return `${seen}, and not every run came when it was due`;
  return nextRunOn === undefined ? seen : `${seen}, a recommendation by ${byWhen(nextRunOn, everyDays, runs)}`;
}

/** The night after the last run that is needed. */
function byWhen(nextRunOn: string, everyDays: number, runs: number): string {
  const waitDays = Math.round((RUNS_NEEDED - runs - 1) * everyDays) + 1;
  return new Date(Date.parse(nextRunOn) + waitDays * DAY_MS).toISOString().slice(0, 10);
}

/** Intervals that have a name, and how far from it they may be: days. */
const NAMED_INTERVALS = [
  [7, 0.75, 'once a week'],
  [14, 1, 'every two weeks'],
  [30.4, 1.5, 'once a month'],
  [91, 3, 'once a quarter'],
] as const;

export function everyInWords(everyDays: number): string {
  const named = NAMED_INTERVALS.find(([days, within]) => Math.abs(everyDays - days) <= within);
  return named?.[2] ?? `every ${Math.round(everyDays)} days`;
}

/**
 * Whether the evidence holds every kind of run that the function is known for, so that what was slowest in it may bound the
 * next ones. Not where it keeps to no interval, nor where a run was missed; and where nobody says how it is called, not where
 * it is called less than once a day.
 */
export function hasSeenEveryRun({ rhythm }: RecommendationRequest, invocations: number, days: number): boolean {
  if (rhythm === undefined) return invocations >= days;
  return rhythm.everyDays !== undefined && rhythm.runs >= RUNS_NEEDED && rhythm.missedRun !== true;
}
