import type { Look } from '../../../../../../shared/contracts/look.ts';
import type { AssessedOutcome } from '../../../../../../shared/contracts/outcome.ts';
import { acceptedMemory } from '../../../../../../shared/domain/night/evidence/accepted-memory.ts';
import {
  awaitingFreshMemory,
  awaitsFreshMemory,
} from '../../../../../../shared/domain/night/looks/await-fresh-memory.ts';
import { isDue } from '../../../../../../shared/domain/night/looks/look-day.ts';
import { rememberLooks } from '../../../../../../shared/domain/night/looks/remember-looks.ts';
import { rememberedMemory } from '../../../../../../shared/domain/night/looks/remembered-memory.ts';
import { weeklyLook } from '../../../../../../shared/domain/night/looks/weekly-look.ts';
import { lookUsdPerMonth } from '../../../../../../shared/domain/pricing/estimate-night-usage.ts';
import { fallbackPrices } from '../../../../../../shared/domain/pricing/fallback-prices.ts';
import { assessedOutcome, assessment, savings } from '../../../../../support/builders.ts';

const proposable = (changes: Parameters<typeof assessment>[0] = {}) => ({
  ...assessedOutcome({ kind: 'Proposable' }),
  assessment: assessment(changes),
  savings: savings(),
});
const MODIFIED = '2026-06-01T00:00:00.000Z';
const DAY_MS = 86_400_000;
const named = (functionName: string) => ({ functionName, lastModified: MODIFIED });
const dayAfter = (date: string, days: number) => new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
const look = (changes: Partial<Look> = {}): Look => ({
  on: '2026-11-23',
  lastModified: MODIFIED,
  usdPerMonth: 0,
  ...changes,
});
const memory = { readOn: '2026-11-23', maxMemoryUsedMb: 90, coverage: 0.98 };

describe('the day of a look', () => {
  const names = Array.from({ length: 700 }, (_, at) => `orders-${at}-handler`);

  it('comes within a week of the last one, for every function', () => {
    for (const name of names) {
      const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => isDue(named(name), look(), dayAfter('2026-11-23', day)));
      expect(days.length).toBeGreaterThan(0);
    }
  });

  it('is spread over the week, so that no night has them all', () => {
    for (let day = 1; day < 7; day += 1) {
      const due = names.filter((name) => isDue(named(name), look(), dayAfter('2026-11-23', day)));
      expect(due.length).toBeGreaterThan(names.length / 14);
      expect(due.length).toBeLessThan((2 * names.length) / 7);
    }
  });

  it('is at once when the function was modified', () => {
    for (const name of names) {
      const modified = { functionName: name, lastModified: '2026-11-24T00:00:00.000Z' };
      expect(isDue(modified, look(), '2026-11-24')).toBe(true);
    }
  });
});

/** A night on which it is not this function's day. */
const quiet = [1, 2, 3]
  .map((day) => dayAfter('2026-11-23', day))
  .find((date) => !isDue(named('orders'), look(), date))!;

describe('weeklyLook', () => {
  it('passes over a function whose month costs less than looking at it, with both figures', () => {
    expect(weeklyLook(named('orders'), look({ usdPerMonth: 0.0001 }), quiet)).toBe(
      `its month costs about 0.00010 USD, looking at it every night ${lookUsdPerMonth().toFixed(5)} USD: looked at weekly, last on 2026-11-23`,
    );
  });

  it.each([
    ['costs as much as looking at it', look({ usdPerMonth: lookUsdPerMonth() })],
    ['was worth a question', { on: '2026-11-23', lastModified: MODIFIED }],
    ['was modified since', look({ lastModified: '2026-05-01T00:00:00.000Z' })],
    ['was never looked at', undefined],
  ])('looks at a function that %s', (_, remembered) => {
    expect(weeklyLook(named('orders'), remembered, quiet)).toBeUndefined();
  });
});

describe('rememberedMemory', () => {
  it('takes what logs said some nights ago with the coverage that they had then', () => {
    const evidence = rememberedMemory(named('orders'), look({ memory }), quiet)!;
    const traffic = { invocationsInLookback: 1e9 } as never;
    expect(acceptedMemory(evidence, traffic)).toEqual({ source: 'ReportLines', ...memory });
  });

  it('forgets it a week after the lines were read, however often the function was looked at since', () => {
    const old = look({ on: quiet, memory: { ...memory, readOn: dayAfter(quiet, -7) } });
    expect(rememberedMemory(named('orders'), old, quiet)).toBeUndefined();
  });
});

describe('less memory by what an earlier night read', () => {
  const lower = proposable({ recommended: { memorySizeMb: 256, timeoutSeconds: 30 } });
  const by = (readOn: string | undefined, recommendedMb: number) => ({
    ...lower,
    assessment: {
      ...lower.assessment,
      memory: { source: 'ReportLines', ...(readOn !== undefined && { readOn }) },
      recommended: { memorySizeMb: recommendedMb, timeoutSeconds: 30 },
      current: { memorySizeMb: 512, timeoutSeconds: 30 },
    },
  });

  it('waits for the next night; more memory, and what was read tonight, does not', () => {
    expect(awaitsFreshMemory(by('2026-11-20', 256))).toBe(true);
    expect(awaitsFreshMemory(by('2026-11-20', 1024))).toBe(false);
    expect(awaitsFreshMemory(by(undefined, 256))).toBe(false);
  });

  it('says so, and is read anew because nothing is remembered of it', () => {
    const waiting = awaitingFreshMemory(by('2026-11-20', 256));
    expect(waiting).toMatchObject({ kind: 'LeftOut', reason: expect.stringContaining('last read on 2026-11-20') });
    expect(remember(waiting)).toEqual({});
  });
});

const tonight = (runDate: string) => ({
  runDate,
  startedAt: `${runDate}T02:00:00.000Z`,
  policy: { lookbackDays: 14 } as never,
});

function remember(outcome: AssessedOutcome, former = {}, excluded: never[] = []) {
  const run = tonight(quiet);
  const { functionName } = outcome;
  const item = { functionName, lastModified: MODIFIED, memoryEvidence: { source: 'ReportLines', maxMemoryUsedMb: 90 } };
  return rememberLooks(run, { assessed: [outcome], excluded }, [item as never], former);
}

describe('rememberLooks', () => {
  const outcome = (kind: AssessedOutcome['kind'], changes = {}): AssessedOutcome => ({
    ...proposable(),
    kind,
    assessment: { ...assessment(), memory: { source: 'ReportLines', maxMemoryUsedMb: 90, coverage: 1 }, ...changes },
  });

  it('keeps what the function costs and what its logs said, of one that there was nothing to ask about', () => {
    const { functionName } = outcome('Optimized');
    expect(remember(outcome('Optimized'))).toEqual({
      [functionName]: {
        on: quiet,
        lastModified: MODIFIED,
        usdPerMonth: expect.any(Number),
        memory: { readOn: quiet, maxMemoryUsedMb: 90, coverage: 1 },
      },
    });
  });

  it('keeps no cost of one that was left out, so that it is looked at every night', () => {
    const [kept] = Object.values(remember(outcome('LeftOut')));
    expect(kept).toMatchObject({ memory: { maxMemoryUsedMb: 90 } });
    expect(kept).not.toHaveProperty('usdPerMonth');
  });

  it.each(['Proposable', 'Excluded', 'Failed'] as const)('keeps nothing of one that is %s', (kind) => {
    expect(remember(outcome(kind))).toEqual({});
  });

  it('takes one without metrics for idle only where it was not modified within the look-back', () => {
    const silent = outcome('Unavailable', { metrics: undefined });
    expect(Object.values(remember(silent))).toMatchObject([{ usdPerMonth: 0 }]);
    const run = tonight(dayAfter(MODIFIED.slice(0, 10), 5));
    const item = { functionName: silent.functionName, lastModified: MODIFIED, memoryEvidence: { source: 'none' } };
    expect(rememberLooks(run, { assessed: [silent], excluded: [] }, [item as never], {})).toEqual({});
  });

  it('hands on the look of a function that it passed over', () => {
    const passedOver = { functionName: 'idle', functionArn: 'arn', reason: 'WeeklyLook', message: '' } as never;
    expect(remember(outcome('Failed'), { idle: look(), gone: look() }, [passedOver])).toEqual({ idle: look() });
  });

  it('hands on nothing of what was left alone for another reason, or never looked at', () => {
    const leftAlone = (functionName: string, reason: string) =>
      ({ functionName, functionArn: 'arn', reason, message: '' }) as never;
    const excluded = [leftAlone('idle', 'OptedOut'), leftAlone('new', 'WeeklyLook')];
    expect(remember(outcome('Failed'), { idle: look() }, excluded)).toEqual({});
  });

  it('keeps nothing of one that was never judged, is read anew, or of which nobody knows when it was modified', () => {
    const { assessment: _, ...unjudged } = outcome('Unavailable');
    expect(remember(unjudged)).toEqual({});
    expect(remember({ ...outcome('LeftOut'), readAnew: true })).toEqual({});
    const run = tonight(quiet);
    expect(rememberLooks(run, { assessed: [outcome('Optimized')], excluded: [] }, [], {})).toEqual({});
  });

  it('takes a function without traffic for idle only where it was modified before the look-back', () => {
    const silent = outcome('Unavailable', { metrics: undefined });
    const at = (days: number) =>
      Object.keys(
        rememberLooks(
          tonight(dayAfter(MODIFIED.slice(0, 10), days)),
          { assessed: [silent], excluded: [] },
          [{ ...named(silent.functionName), memoryEvidence: { source: 'none' } } as never],
          {},
        ),
      ).length;
    expect([at(14), at(15)]).toEqual([0, 1]);
  });

  it('keeps of what logs said all that there was, and the night that read them; of other sources nothing', () => {
    const read = (memoryEvidence: object, judged: object) => {
      const assessed = outcome('Optimized', { memory: judged });
      const item = { ...named(assessed.functionName), memoryEvidence } as never;
      const run = tonight(quiet);
      return rememberLooks(run, { assessed: [assessed], excluded: [] }, [item], {})[assessed.functionName]!.memory;
    };
    const starts = { coldStartShare: 0.1, initDurationMs: 900, readOn: '2026-11-20' };
    expect(read(starts, { source: 'ReportLines', reason: 'few lines' })).toEqual({ ...starts, reason: 'few lines' });
    expect(read({}, { source: 'ReportLines' })).toEqual({ readOn: quiet });
    expect(Object.keys(read({}, { source: 'ReportLines' })!)).toEqual(['readOn']);
    expect(read(starts, { source: 'ComputeOptimizer', maxMemoryUsedMb: 90 })).toBeUndefined();
  });

  it('keeps a month’s cost to the millionth of a dollar', () => {
    const [kept] = Object.values(remember(outcome('Optimized')));
    const { metrics, current, architecture } = assessment();
    const { invocationsPerMonth, meanDurationMs = 0 } = metrics!;
    const { durationTiers, usdPerRequest } = fallbackPrices().architectures[architecture];
    const gbSeconds = invocationsPerMonth * (Math.ceil(meanDurationMs) / 1_000) * (current.memorySizeMb / 1_024);
    const usd = gbSeconds * durationTiers[0]!.usdPerGbSecond + invocationsPerMonth * usdPerRequest;
    expect(kept!.usdPerMonth).toBeCloseTo(usd, 5);
    expect(kept!.usdPerMonth).toBe(Number(kept!.usdPerMonth!.toFixed(6)));
  });
});
