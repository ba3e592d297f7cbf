import fc from 'fast-check';
import type { MemoryEvidence } from '../../../../../../shared/contracts/evidence.ts';
import type { LineReading, Look } from '../../../../../../shared/contracts/look.ts';
import { evidenceWindow } from '../../../../../../shared/domain/night/evidence/window.ts';
import { joinedEvidence, unreadLines, withReading } from '../../../../../../shared/domain/night/looks/read-lines.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MODIFIED = '2026-06-01T00:00:00.000Z';
const FIRST = Date.parse('2026-11-03T02:00:00.000Z');
const policy = { lookbackDays: 14 } as never;
const windowOf = (night: number) =>
  evidenceWindow({ startedAt: new Date(FIRST + night * DAY_MS).toISOString(), policy });
const at = (ms: number) => new Date(ms).toISOString();
const reading = (changes: Partial<LineReading> = {}): LineReading => ({
  from: at(windowOf(0).startMs),
  to: at(windowOf(0).endMs),
  reports: 1_400,
  invocations: 1_400,
  maxMemoryUsedMb: 90,
  ...changes,
});
const look = (lines: Look['lines'], changes: Partial<Look> = {}): Look => ({
  on: '2026-11-03',
  lastModified: MODIFIED,
  ...(lines && { lines }),
  ...changes,
});
const orders = { lastModified: MODIFIED };
const tonight = (changes: Partial<MemoryEvidence> = {}): MemoryEvidence => ({
  source: 'ReportLines',
  maxMemoryUsedMb: 120,
  reportCount: 100,
  coldStartShare: 0.2,
  initDurationMs: 300,
  ...changes,
});

describe('unread lines', () => {
  it('begin a period before the last reading ended, for what arrived late', () => {
    const unread = unreadLines(
      orders,
      look({ readings: [reading()], coldStartShare: 0.1, initDurationMs: 900 }),
      windowOf(1),
    )!;
    expect(unread).toEqual({
      startMs: windowOf(0).endMs - 2 * HOUR_MS,
      before: { reports: 1_400, invocations: 1_400, maxMemoryUsedMb: 90, coldStartShare: 0.1, initDurationMs: 900 },
    });
  });

  it('are of the night itself only where a second run of one night asks', () => {
    const { startMs } = unreadLines(orders, look({ readings: [reading()] }), windowOf(0))!;
    expect(startMs).toBe(windowOf(0).endMs - 2 * HOUR_MS);
  });

  it('are those of the last day where a schedule begins a little earlier than it did', () => {
    const later = reading({ from: at(windowOf(0).startMs + 2 * HOUR_MS) });
    expect(unreadLines(orders, look({ readings: [later] }), windowOf(0))).toBeDefined();
  });

  it('begin two hours before the last reading ended, also where periods are shorter', () => {
    const week = evidenceWindow({ startedAt: at(FIRST + DAY_MS), policy: { lookbackDays: 7 } as never });
    const { startMs } = unreadLines(orders, look({ readings: [reading({ from: at(week.startMs - DAY_MS) })] }), week)!;
    expect([week.periodSeconds, startMs]).toEqual([3_600, windowOf(0).endMs - 2 * HOUR_MS]);
  });

  it('are all of them where the look-back has become longer', () => {
    const month = evidenceWindow({ startedAt: at(FIRST + DAY_MS), policy: { lookbackDays: 30 } as never });
    expect(unreadLines(orders, look({ readings: [reading()] }), month)).toBeUndefined();
  });

  it('begin with a whole period, wherever a look-back of another length ended', () => {
    const odd = reading({ to: at(windowOf(0).endMs - HOUR_MS) });
    expect(unreadLines(orders, look({ readings: [odd] }), windowOf(1))!.startMs).toBe(windowOf(0).endMs - 4 * HOUR_MS);
  });

  it.each([
    ['nothing is remembered of it', undefined],
    ['no lines have been read', look(undefined)],
    ['the last reading ended before the look-back begins', look({ readings: [reading()] }, {}), 14],
    [
      'what is remembered does not begin with the look-back',
      look({ readings: [reading({ from: at(windowOf(3).startMs + 4 * HOUR_MS) })] }),
      3,
    ],
    ['it rests for days, so that each of its runs counts', look({ readings: [reading()] }, { rare: {} })],
  ])('are all of them where %s', (_, remembered, night = 1) => {
    expect(unreadLines(orders, remembered as Look | undefined, windowOf(night as number))).toBeUndefined();
  });

  it('are counted with what earlier nights read within the look-back only', () => {
    const old = reading({ to: at(windowOf(3).startMs), maxMemoryUsedMb: 500 });
    const recent = reading({ reports: 100, invocations: 101, maxMemoryUsedMb: 80 });
    const empty = reading({ reports: 0, invocations: 4 });
    delete empty.maxMemoryUsedMb;
    expect(unreadLines(orders, look({ readings: [old, recent, empty] }), windowOf(3))!.before).toMatchObject({
      reports: 100,
      invocations: 105,
      maxMemoryUsedMb: 80,
    });
  });

  it('bring no cold starts of another configuration', () => {
    const lines = { readings: [reading()], coldStartShare: 0.1, initDurationMs: 900 };
    const { before } = unreadLines({ lastModified: '2026-11-03T12:00:00.000Z' }, look(lines), windowOf(1))!;
    expect(before).toEqual({ reports: 1_400, invocations: 1_400, maxMemoryUsedMb: 90 });
  });
});

describe('evidence of lines that several nights read', () => {
  const before = { reports: 300, invocations: 310, maxMemoryUsedMb: 90, coldStartShare: 0.1, initDurationMs: 700 };
  const startMs = windowOf(0).endMs;

  it('is the most memory of all, all lines, and cold starts by their number', () => {
    expect(joinedEvidence(tonight(), { startMs, before })).toEqual({
      source: 'ReportLines',
      maxMemoryUsedMb: 120,
      reportCount: 400,
      newLines: { from: at(startMs), reports: 100, maxMemoryUsedMb: 120, invocationsBefore: 310 },
      coldStartShare: 0.125,
      initDurationMs: 540,
    });
  });

  it('is that of earlier nights where nothing ran since', () => {
    const nothing: MemoryEvidence = { source: 'none', reason: 'no REPORT lines in the look-back' };
    expect(joinedEvidence(nothing, { startMs, before })).toEqual({
      source: 'ReportLines',
      maxMemoryUsedMb: 90,
      reportCount: 300,
      newLines: { from: at(startMs), reports: 0, invocationsBefore: 310 },
      coldStartShare: 0.1,
      initDurationMs: 700,
    });
  });

  it('has the cold starts of tonight alone after a change, and none where nobody saw any', () => {
    const { coldStartShare: _, initDurationMs: __, ...changed } = before;
    const joined = joinedEvidence(tonight(), { startMs, before: changed });
    expect(joined).toMatchObject({ maxMemoryUsedMb: 120, coldStartShare: 0.2, initDurationMs: 300 });
    const warm = joinedEvidence({ source: 'none' }, { startMs, before: changed });
    expect(warm).not.toHaveProperty('coldStartShare');
    const never = joinedEvidence(tonight({ coldStartShare: 0 }), {
      startMs,
      before: { ...changed, coldStartShare: 0 },
    });
    expect(never.coldStartShare).toBe(0);
    expect(never).not.toHaveProperty('initDurationMs');
  });
});

/** What each day of a function's life used at most, and how often it was called; a night reads the lines of its days. */
interface Day {
  readonly maxMemoryUsedMb: number;
  readonly calls: number;
}

/** Nights that each read what is unread, as CollectMemoryEvidence and SummarizeRun do; answers what each knew. */
function nights(days: readonly Day[], readsOn: (night: number) => boolean) {
  let lines: Look['lines'];
  const known: { night: number; evidence: MemoryEvidence; readDays: number[]; readings: number }[] = [];
  for (let night = 14; night < days.length; night += 1) {
    if (!readsOn(night)) continue;
    const window = windowOf(night);
    const unread = unreadLines(orders, lines && look(lines), window);
    const firstDay = night - 14 + Math.ceil(((unread?.startMs ?? window.startMs) - window.startMs) / DAY_MS);
    const readDays = days.map((_, day) => day).filter((day) => day >= firstDay && day < night && days[day]!.calls > 0);
    const reports = readDays.reduce((sum, day) => sum + days[day]!.calls, 0);
    const read: MemoryEvidence =
      reports === 0
        ? { source: 'none' }
        : {
            ...tonight(),
            reportCount: reports,
            maxMemoryUsedMb: Math.max(...readDays.map((day) => days[day]!.maxMemoryUsedMb)),
          };
    const evidence = unread === undefined ? read : joinedEvidence(read, unread);
    if (evidence.source === 'none') continue;
    const { maxMemoryUsedMb } = evidence.newLines ?? evidence;
    const stretch: LineReading = {
      from: at(unread?.startMs ?? window.startMs),
      to: at(window.endMs),
      reports,
      invocations: reports,
      ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
    };
    lines = withReading(unread && lines, stretch, evidence, window);
    known.push({ night, evidence, readDays, readings: lines.readings.length });
  }
  return known;
}

describe('nights that read each line once', () => {
  const day = fc.record({
    maxMemoryUsedMb: fc.integer({ min: 30, max: 3_000 }),
    calls: fc.integer({ min: 0, max: 50 }),
  });
  const lives = fc.array(day, { minLength: 15, maxLength: 80 });
  const rhythms = fc.array(fc.boolean(), { minLength: 1, maxLength: 9 });

  it('never know of less memory than the look-back’s lines say, nor of more than twice the look-back said', () => {
    fc.assert(
      fc.property(lives, rhythms, (days, rhythm) => {
        for (const { night, evidence } of nights(days, (each) => rhythm[each % rhythm.length]!)) {
          const used = (from: number) =>
            Math.max(
              ...days
                .slice(Math.max(0, from), night)
                .filter(({ calls }) => calls > 0)
                .map((each) => each.maxMemoryUsedMb),
            );
          expect(evidence.maxMemoryUsedMb).toBeGreaterThanOrEqual(used(night - 14));
          expect(evidence.maxMemoryUsedMb).toBeLessThanOrEqual(used(night - 28));
        }
      }),
    );
  });

  it('read no day twice, and remember a handful of readings', () => {
    fc.assert(
      fc.property(lives, (days) => {
        const known = nights(days, () => true);
        const busy = days.every(({ calls }) => calls > 0);
        const read = known.flatMap(({ readDays }) => readDays);
        if (busy) expect(new Set(read).size).toBe(read.length);
        for (const { readings } of known) expect(readings).toBeLessThanOrEqual(4);
      }),
    );
  });
});
