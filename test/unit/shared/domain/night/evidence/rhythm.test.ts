import fc from 'fast-check';
import {
  mayBeRare,
  nowAndThen,
  recogniseRhythm,
  rhythmIn,
  runsIn,
} from '../../../../../../shared/domain/night/evidence/rhythm.ts';

const DAYS = 455;
/** Invocations a day, NaN where there were none: CloudWatch has no point there. */
const calledOn = (isCalled: (day: number) => boolean, calls = 3) =>
  Float64Array.from({ length: DAYS }, (_, day) => (isCalled(day) ? calls : Number.NaN));
const every = (days: number, from = 0) => calledOn((day) => day >= from && (day - from) % days === 0);
const date = (day: number) => new Date(Date.UTC(2025, 8, 1 + day));
const firstOfMonth = calledOn((day) => date(day).getUTCDate() === 1);
/** Two days at the end of each month. */
const monthEnd = calledOn((day) => date(day + 2).getUTCDate() <= 2);

describe('recogniseRhythm', () => {
  it.each([
    ['a weekly job', every(7), 7],
    ['a job of every two weeks', every(14), 14],
    ['a weekly job of two days', calledOn((day) => day % 7 < 2), 7],
    ['a monthly job', firstOfMonth, 31],
    ['a month-end close of two days', monthEnd, 31],
    ['a quarterly job', every(91), 91],
  ])('knows %s', (_, invocations, everyDays) => {
    expect(recogniseRhythm(invocations)).toMatchObject({ everyDays, missedRun: false });
  });

  it.each([
    ['works every day', every(1)],
    ['works on weekdays', calledOn((day) => day % 7 < 5)],
    [
      'works on weekdays and rests for two weeks at Christmas',
      calledOn((day) => day % 7 < 5 && (day < 435 || day > 449)),
    ],
    ['is new and was called on each of its days', every(1, DAYS - 4)],
  ])('does not take for rare what %s', (_, invocations) => {
    expect(recogniseRhythm(invocations)).toBeUndefined();
  });

  it('says of runs without an interval only that they are rare', () => {
    const days = new Set([3, 11, 60, 64, 133, 200, 261, 400, 440]);
    const recognised = recogniseRhythm(calledOn((day) => days.has(day)));
    expect(recognised).toMatchObject({ evidenceDays: 84 });
    expect(recognised?.everyDays).toBeUndefined();
  });

  it('does not make an interval out of two runs, or of none', () => {
    expect(recogniseRhythm(calledOn((day) => day === 300 || day === 307))?.everyDays).toBeUndefined();
    expect(recogniseRhythm(calledOn(() => false))).toMatchObject({ runStarts: [] });
  });

  it.each([
    ['in between', calledOn((day) => day % 7 === 0 && day !== 427)],
    ['at the end', calledOn((day) => day % 7 === 0 && day < 440)],
  ])('notices a run that was missed %s', (_, invocations) => {
    expect(recogniseRhythm(invocations)).toMatchObject({ everyDays: 7, missedRun: true });
  });

  it('counts a dozen runs as evidence, a year of a monthly job', () => {
    expect(recogniseRhythm(every(7))?.evidenceDays).toBe(84);
    expect(recogniseRhythm(firstOfMonth)?.evidenceDays).toBe(372);
  });

  it('knows an interval that is held within a day, whatever it is', () => {
    const jitteredRuns = fc.record({
      everyDays: fc.integer({ min: 5, max: 90 }),
      jitter: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 100, maxLength: 100 }),
    });
    fc.assert(
      fc.property(jitteredRuns, ({ everyDays, jitter }) => {
        const days = new Set(jitter.map((late, run) => run * everyDays + late));
        const recognised = recogniseRhythm(calledOn((day) => days.has(day)));
        expect(Math.abs(recognised!.everyDays! - everyDays)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100, seed: 20_261_128 },
    );
  });
});

describe('rhythmIn', () => {
  const start = Date.UTC(2025, 8, 1);

  it('counts the runs since the function was last modified, and says when the next is due', () => {
    const weekly = recogniseRhythm(every(7))!;
    // The last of 455 days is 29 November; the last run was on the 23rd.
    expect(rhythmIn(weekly, DAYS - 22, start, DAYS)).toEqual({ everyDays: 7, runs: 3, nextRunOn: '2026-11-30' });
    expect(rhythmIn(weekly, DAYS, start, DAYS)).toMatchObject({ runs: 0 });
  });

  it('never gives a day that is over as the next', () => {
    const stopped = recogniseRhythm(calledOn((day) => day % 7 === 0 && day < 400))!;
    const { nextRunOn, missedRun } = rhythmIn(stopped, 0, start, DAYS);
    expect(Date.parse(nextRunOn!)).toBeGreaterThanOrEqual(start + (DAYS - 1) * 86_400_000);
    expect(missedRun).toBe(true);
  });

  it('has no date for what keeps to no interval', () => {
    expect(rhythmIn(nowAndThen(every(2)), 0, start, DAYS)).toEqual({ runs: 1 });
  });
});

describe('mayBeRare', () => {
  const window = { startMs: Date.UTC(2026, 10, 9), endMs: Date.UTC(2026, 10, 23), periodSeconds: 7_200 };
  const criteria = { minimumInvocations: 50, evenIdle: false };
  const periods = (isCalled: (period: number) => boolean, calls = 100) =>
    Float64Array.from({ length: 168 }, (_, period) => (isCalled(period) ? calls : Number.NaN));

  it('asks for more of what was called on few days, or seldom', () => {
    expect(
      mayBeRare(
        periods((period) => period === 30 || period === 114),
        window,
        criteria,
      ),
    ).toBe(true);
    expect(
      mayBeRare(
        periods((period) => period % 12 === 0, 3),
        window,
        criteria,
      ),
    ).toBe(true);
  });

  it('asks for more of what was not called at all only where it is told to', () => {
    expect(
      mayBeRare(
        periods(() => false),
        window,
        criteria,
      ),
    ).toBe(false);
    expect(
      mayBeRare(
        periods(() => false),
        window,
        { ...criteria, evenIdle: true },
      ),
    ).toBe(true);
  });

  it('asks for no more of what was called on most days', () => {
    expect(
      mayBeRare(
        periods((period) => period % 12 === 0),
        window,
        criteria,
      ),
    ).toBe(false);
    expect(
      mayBeRare(
        periods((period) => Math.floor(period / 12) % 7 < 5),
        window,
        criteria,
      ),
    ).toBe(false);
  });
});

it('counts the runs of a window of hours, however many calls each has', () => {
  const start = Date.UTC(2026, 10, 3);
  const hours = (...at: number[]) => Float64Array.from({ length: 21 * 24 }, (_, hour) => (at.includes(hour) ? 9 : 0));
  const window = { startMs: start, endMs: start + 21 * 86_400_000, periodSeconds: 3_600 };
  expect(runsIn(hours(), window)).toBe(0);
  expect(runsIn(hours(100, 101, 140, 268, 436), window)).toBe(3);
});
