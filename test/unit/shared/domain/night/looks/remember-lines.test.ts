import type { FunctionMetrics, MemoryEvidence } from '../../../../../../shared/contracts/evidence.ts';
import type { LineReading, Look } from '../../../../../../shared/contracts/look.ts';
import { evidenceWindow } from '../../../../../../shared/domain/night/evidence/window.ts';
import { linesOf, linesOnly } from '../../../../../../shared/domain/night/looks/remember-lines.ts';
import { rememberLooks } from '../../../../../../shared/domain/night/looks/remember-looks.ts';
import { assessedOutcome, assessment } from '../../../../../support/builders.ts';
import { functionMetrics, memoryEvidence } from '../evidence/builders.ts';

const run = { runDate: '2026-11-24', startedAt: '2026-11-24T02:00:00.000Z', policy: { lookbackDays: 14 } as never };
const window = evidenceWindow(run);
const lastNight = '2026-11-23T02:00:00.000Z';
const from = new Date(window.startMs).toISOString();
const to = new Date(window.endMs).toISOString();
const former: LineReading = {
  from: '2026-11-09T02:00:00.000Z',
  to: lastNight,
  reports: 14_000,
  invocations: 14_000,
  maxMemoryUsedMb: 150,
};
const formerLook: Look = { on: '2026-11-23', lastModified: 'then', usdPerMonth: 3, lines: { readings: [former] } };
const accepted = { source: 'ReportLines', maxMemoryUsedMb: 200, coverage: 1 };
const read = (
  evidence: Partial<MemoryEvidence>,
  memory: object = accepted,
  metrics: Partial<FunctionMetrics> = {},
  look: Look | undefined = formerLook,
) =>
  linesOf(
    run,
    { assessment: assessment({ memory: memory as never, metrics: functionMetrics(metrics) }) },
    { lastModified: 'then', memoryEvidence: memoryEvidence({ coldStartShare: 0.1, initDurationMs: 300, ...evidence }) },
    look,
  );

describe('the lines that have been read', () => {
  it('are those of the look-back, counted, after a night that read all of it', () => {
    expect(read({ reportCount: 13_990 })).toEqual({
      readings: [{ from, to, reports: 13_990, invocations: 14_000, maxMemoryUsedMb: 200 }],
      coldStartShare: 0.1,
      initDurationMs: 300,
    });
  });

  it('are those of before and tonight’s, each with what it says itself, after one that read the rest', () => {
    const newLines = { from: lastNight, reports: 998, maxMemoryUsedMb: 120, invocationsBefore: 14_000 };
    expect(read({ newLines }, accepted, { invocationsSinceRead: 1_000 })!.readings).toEqual([
      former,
      { from: lastNight, to, reports: 998, invocations: 1_000, maxMemoryUsedMb: 120 },
    ]);
    const none = { from: lastNight, reports: 0, invocationsBefore: 14_000 };
    expect(read({ newLines: none }, accepted, { invocationsSinceRead: 0 })!.readings.at(-1)).toEqual({
      from: lastNight,
      to,
      reports: 0,
      invocations: 0,
    });
  });

  it.each([
    ['its lines were not read tonight', {}, { ...accepted, readOn: '2026-11-23' }, {}],
    ['its lines could not be read tonight', { source: 'none' }, { source: 'none', reason: 'over the budget' }, {}],
    ['another source knew', { source: 'ComputeOptimizer' }, { source: 'ComputeOptimizer', maxMemoryUsedMb: 9 }, {}],
    ['nobody could count its lines', {}, accepted, { invocationsInLookback: undefined }],
    [
      'nobody could count them since',
      { newLines: { from: lastNight, reports: 1, invocationsBefore: 1 } },
      accepted,
      {},
    ],
  ] as const)('stay those of before where %s', (_, evidence, memory, metrics) => {
    expect(read(evidence, memory, metrics as Partial<FunctionMetrics>)).toEqual(formerLook.lines);
  });

  it('stay those of before of a function that was not judged', () => {
    expect(linesOf(run, {}, { lastModified: 'then', memoryEvidence: memoryEvidence() }, formerLook)).toEqual(
      formerLook.lines,
    );
  });

  it('are forgotten where they were doubted, so that all are read anew', () => {
    expect(read({}, { source: 'ReportLines', reason: 'only 5 REPORT lines' })).toBeUndefined();
  });

  it.each([
    ['are no longer there', undefined],
    [
      'end before tonight’s begin',
      { ...formerLook, lines: { readings: [{ ...former, to: '2026-11-22T23:00:00.000Z' }] } },
    ],
  ])('are forgotten where those of before %s: a day must not pass for a fortnight', (_, look) => {
    const newLines = { from: lastNight, reports: 998, maxMemoryUsedMb: 90, invocationsBefore: 14_000 };
    const memory = memoryEvidence({ newLines });
    const judged = {
      assessment: assessment({ memory: accepted as never, metrics: functionMetrics({ invocationsSinceRead: 1_000 }) }),
    };
    expect(linesOf(run, judged, { lastModified: 'then', memoryEvidence: memory }, look)).toBeUndefined();
  });

  it('keep no cold starts of another configuration, and no reading that the look-back has left behind', () => {
    const old = { ...former, to: '2026-11-10T02:00:00.000Z' };
    const lines = { readings: [old, former], coldStartShare: 0.3, initDurationMs: 9_000 };
    const unread = { memoryEvidence: memoryEvidence({ source: 'none' }) };
    const kept = (lastModified: string) => linesOf(run, {}, { ...unread, lastModified }, { ...formerLook, lines });
    expect(kept('then')).toEqual({ readings: [former], coldStartShare: 0.3, initDurationMs: 9_000 });
    expect(kept('now')).toEqual({ readings: [former] });
    expect(
      linesOf(run, {}, { ...unread, lastModified: 'then' }, { ...formerLook, lines: { readings: [old] } }),
    ).toBeUndefined();
  });
});

describe('what is remembered of a function beside its lines', () => {
  const outcome = (kind: 'Proposable' | 'Failed' | 'Optimized') => {
    const { assessment: _, ...unjudged } = assessedOutcome({ kind, functionName: 'orders' });
    const judged = assessment({ memory: accepted as never, metrics: functionMetrics() });
    return { ...unjudged, ...(kind !== 'Failed' && { assessment: judged }) };
  };
  const item = { functionName: 'orders', lastModified: 'now', memoryEvidence: memoryEvidence() };
  const remembered = (kind: Parameters<typeof outcome>[0], looks: Record<string, Look> = {}) =>
    rememberLooks(run, { assessed: [outcome(kind)], excluded: [] }, [item], looks)['orders'];

  it('is nothing of one that is asked about, so that the next night looks at it', () => {
    expect(remembered('Proposable')).toEqual({ on: '2026-11-24', lastModified: 'now', lines: expect.anything() });
    expect(remembered('Optimized')).toMatchObject({ usdPerMonth: expect.any(Number), lines: expect.anything() });
  });

  it('is nothing of one whose new lines were doubted: they may only be late, and the next night reads them all', () => {
    const newLines = { from: lastNight, reports: 4, invocationsBefore: 14_000 };
    const doubted = assessment({
      memory: { source: 'ReportLines', coverage: 0.9, reason: 'only 4 REPORT lines' },
      metrics: functionMetrics({ invocationsSinceRead: 1_000 }),
    });
    const night = { assessed: [{ ...outcome('Optimized'), assessment: doubted }], excluded: [] };
    const items = [{ ...item, memoryEvidence: memoryEvidence({ newLines }) }];
    expect(rememberLooks(run, night, items, { orders: formerLook })).toEqual({});
    const whole = [{ ...item, memoryEvidence: memoryEvidence() }];
    expect(rememberLooks(run, night, whole, { orders: formerLook })).toMatchObject({
      orders: { memory: { reason: 'only 4 REPORT lines' } },
    });
  });

  it('is nothing of one that failed, or was left alone for a while', () => {
    expect(remembered('Failed', { orders: formerLook })).toEqual({
      on: '2026-11-24',
      lastModified: 'now',
      lines: formerLook.lines,
    });
    const excluded = [{ functionName: 'orders', functionArn: 'arn', reason: 'ChangeOpen', message: '' } as never];
    const looks = rememberLooks(run, { assessed: [], excluded }, [], { orders: formerLook, gone: formerLook });
    expect(looks).toEqual({ orders: { on: '2026-11-23', lastModified: 'then', lines: formerLook.lines } });
    expect(linesOnly({ on: '2026-11-23', lastModified: 'then', usdPerMonth: 1 })).toBeUndefined();
    expect(linesOnly(undefined)).toBeUndefined();
  });
});
