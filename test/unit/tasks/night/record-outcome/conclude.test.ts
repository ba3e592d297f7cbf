import { keepsOpen, learnedFrom } from '../../../../../tasks/night/record-outcome/conclude.ts';
import { change, functionRecord } from '../../../../support/builders.ts';

const settings = { coolDownDays: 14, nowMs: Date.parse('2026-11-23T14:00:00Z') };
const verified = change({
  verifications: [
    {
      at: '2026-11-23T14:00:00.000Z',
      verdict: 'better',
      reason: 'fine',
      invocationsBefore: 900,
      invocationsAfter: 1000,
      meanDurationMsAfter: 125,
      p95DurationMsAfter: 280,
    },
  ],
});

describe('keepsOpen', () => {
  it('keeps a watched change open', () => expect(keepsOpen('Watching', change())).toBe(true));
  it('keeps a written change open that nobody could judge', () =>
    expect(keepsOpen('Failed', change({ status: 'applied' }))).toBe(true));
  it('keeps a watched change open that one night could not look at', () =>
    expect(keepsOpen('Failed', change({ status: 'Watching' }))).toBe(true));
  it('closes a failure before anything was written', () => expect(keepsOpen('Failed', undefined)).toBe(false));
  it('closes whatever was decided', () => expect(keepsOpen('Verified', change())).toBe(false));
});

describe('learnedFrom', () => {
  it('remembers production at both sizes and what was left behind', () => {
    const learned = learnedFrom('Verified', verified, undefined, functionRecord(), settings);
    expect(learned.observations).toMatchObject([
      { memorySizeMb: 1024, meanDurationMs: 120, invocations: 140_000 },
      { memorySizeMb: 512, meanDurationMs: 125, invocations: 1000, observedAt: '2026-11-23T14:00:00.000Z' },
    ]);
    expect(learned.lastWritten).toMatchObject({ memorySizeMb: 512, timeoutSeconds: 30 });
    expect(learned.coolDownUntil).toBeUndefined();
  });

  it('remembers what a rolled-back size was like, and lets the function rest', () => {
    const learned = learnedFrom('RolledBack', verified, undefined, functionRecord(), settings);
    expect(learned.observations).toHaveLength(2);
    expect(learned.lastWritten).toMatchObject({ memorySizeMb: 1024 });
    expect(learned.coolDownUntil).toBe('2026-12-07T14:00:00.000Z');
  });

  it('learns nothing of the curve from a rejection, but does not nag', () => {
    expect(learnedFrom('Rejected', undefined, undefined, functionRecord(), settings)).toEqual({
      coolDownUntil: '2026-12-07T14:00:00.000Z',
    });
  });

  it('proposes again the next night after nobody answered', () => {
    expect(learnedFrom('Expired', undefined, undefined, functionRecord(), settings)).toEqual({});
  });

  it('keeps the newest observations when there are many', () => {
    const known = functionRecord({
      observations: Array.from({ length: 12 }, (_, at) => ({ memorySizeMb: at, invocations: 1, meanDurationMs: 1 })),
    });
    const sizes = learnedFrom('Verified', verified, undefined, known, settings).observations!.map(
      (each) => each.memorySizeMb,
    );
    expect(sizes).toHaveLength(12);
    expect(sizes.slice(-2)).toEqual([1024, 512]);
    expect(sizes[0]).toBe(2);
  });
});
