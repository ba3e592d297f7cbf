import fc from 'fast-check';
import type { Rhythm } from '../../../../../../shared/contracts/rhythm.ts';
import {
  everyInWords,
  leastInvocations,
  RUNS_NEEDED,
  waitingFor,
} from '../../../../../../shared/domain/night/recommendation/rare-runs.ts';
import { recommend } from '../../../../../../shared/domain/night/recommendation/recommend.ts';
import { anObservation, aRequest } from './requests.ts';

const weekly = (changes: Partial<Rhythm> = {}): Rhythm => ({
  everyDays: 7,
  runs: 3,
  nextRunOn: '2026-11-29',
  ...changes,
});
/** Half a minute of waiting with far more memory than it needs: without a rhythm it would get less at once. */
const batch = anObservation({ memorySizeMb: 1024, invocations: 6_000, meanDurationMs: 30_000, maxDurationMs: 40_000 });
const job = (rhythm?: Rhythm, observation = batch) =>
  aRequest({ strategy: 'cost', timeoutSeconds: 900, observations: [observation], ...(rhythm && { rhythm }) });

describe('a function that rests for days', () => {
  it('waits until enough runs were seen, and says how many, and when that will be', () => {
    expect(recommend(job()).finding).toBe('NotOptimized');
    expect(recommend(job(weekly()))).toMatchObject({
      finding: 'Unavailable',
      findingReasons: ['InsufficientData'],
      recommendedMemorySizeMb: 1024,
      reason:
        'keep 1024 MB: it runs about once a week; 3 of 5 runs seen since it was last changed, a recommendation by 2026-12-07',
    });
  });

  it('is judged like any other once they were', () => {
    const { recommendedMemorySizeMb, ...judged } = recommend(job(weekly({ runs: 5 })));
    expect(recommendedMemorySizeMb).toBe(recommend(job()).recommendedMemorySizeMb);
    expect(judged.finding).toBe('NotOptimized');
  });

  it('needs few calls where each run is one, and as many as any other where it keeps to no interval', () => {
    expect(leastInvocations(50, weekly())).toBe(5);
    expect(leastInvocations(50, { runs: 9 })).toBe(50);
    expect(leastInvocations(50, undefined)).toBe(50);
  });

  it('says what is missing of one that has not run since it was changed, and of one without an interval', () => {
    const nothing = { ...job(weekly({ runs: 0 })), observations: [] };
    expect(recommend(nothing).reason).toContain(
      '0 of 5 runs seen since it was last changed, a recommendation by 2026-12-28',
    );
    const seldom = { ...job({ runs: 4 }, { ...batch, invocations: 35 }), minimumInvocations: 50 };
    expect(recommend(seldom).reason).toContain(
      'it is called now and then; 35 of 50 calls seen since it was last changed',
    );
    expect(waitingFor({ ...seldom, minimumInvocations: 35 })).toBeUndefined();
    expect(waitingFor({ ...seldom, observations: [] })).toContain('nothing has called it for twelve weeks');
  });

  it('promises no day where runs did not come when they were due', () => {
    expect(waitingFor(job(weekly({ missedRun: true })))).toBe(
      'it runs about once a week; 3 of 5 runs seen since it was last changed, and not every run came when it was due',
    );
  });

  it('still gets a longer timeout where its runs are cut off, and memory where it runs out of it', () => {
    const cutOff = job(weekly(), { ...batch, maxDurationMs: 300_000 });
    expect(recommend({ ...cutOff, timeoutSeconds: 300 }).recommendedTimeoutSeconds).toBe(900);
    const short = job(weekly({ runs: 1 }), { ...batch, maxMemoryUsedMb: 1_020 });
    expect(recommend(short).recommendedMemorySizeMb).toBeGreaterThan(1024);
  });
});

describe('its timeout', () => {
  const seen = (rhythm: Rhythm | undefined, invocations = 12, lookbackDays = 84) =>
    recommend(job(rhythm, { ...batch, invocations, lookbackDays })).recommendedTimeoutSeconds;

  it('is lowered only where every run the function is known for was seen', () => {
    expect(seen(weekly({ runs: 12 }))).toBe(180);
    expect(seen(weekly({ runs: 4 }))).toBeUndefined();
    expect(seen(weekly({ runs: 11, missedRun: true }))).toBeUndefined();
    expect(seen({ runs: 12 }, 400)).toBeUndefined();
  });

  it('is not lowered where nobody says how it is called, and it is called less than once a day', () => {
    expect(seen(undefined, 83)).toBeUndefined();
    expect(seen(undefined, 84)).toBe(180);
  });

  it('is never lowered on a window that missed a run, whatever else is known', () => {
    const rhythms = fc.record({
      everyDays: fc.option(fc.double({ min: 4, max: 120, noNaN: true }), { nil: undefined }),
      runs: fc.integer({ min: 0, max: 60 }),
      missedRun: fc.option(fc.constant(true as const), { nil: undefined }),
    });
    fc.assert(
      fc.property(rhythms, fc.integer({ min: 5, max: 1_000_000 }), (rhythm, invocations) => {
        const timeout = seen(rhythm, invocations, 365);
        const hasSeenAll = rhythm.everyDays !== undefined && rhythm.runs >= RUNS_NEEDED && !rhythm.missedRun;
        if (!hasSeenAll) expect(timeout ?? 900).toBe(900);
      }),
      { numRuns: 60, seed: 20_261_128 },
    );
  });
});

it.each([
  [7, 'once a week'],
  [14, 'every two weeks'],
  [31, 'once a month'],
  [91, 'once a quarter'],
  [10, 'every 10 days'],
])('calls %d days %s', (days, words) => {
  expect(everyInWords(days)).toBe(words);
});
