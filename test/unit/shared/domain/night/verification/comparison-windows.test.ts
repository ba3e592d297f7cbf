import { comparisonWindows } from '../../../../../../shared/domain/night/verification/comparison-windows.ts';

const at = (iso: string): number => Date.parse(iso);
const show = (ms: number): string => new Date(ms).toISOString();

describe('comparisonWindows', () => {
  it('skips the settling time and compares with the same hours of the day before', () => {
    const windows = comparisonWindows(at('2026-11-23T08:00:00Z'), at('2026-11-23T14:00:00Z'))!;
    expect(show(windows.after.fromMs)).toBe('2026-11-23T08:15:00.000Z');
    expect(show(windows.after.toMs)).toBe('2026-11-23T14:00:00.000Z');
    expect(show(windows.before.fromMs)).toBe('2026-11-22T08:15:00.000Z');
    expect(show(windows.before.toMs)).toBe('2026-11-22T14:00:00.000Z');
  });

  it('compares with last week when the day before already ran on the change', () => {
    const windows = comparisonWindows(at('2026-11-23T08:00:00Z'), at('2026-11-25T02:00:00Z'))!;
    expect(show(windows.before.fromMs)).toBe('2026-11-16T09:00:00.000Z');
    expect(show(windows.before.toMs)).toBe('2026-11-18T02:00:00.000Z');
  });

  it('counts in five minutes for a day, and in hours from then on', () => {
    const seconds = (nowIso: string) => comparisonWindows(at('2026-11-23T08:00:00Z'), at(nowIso))!.after.periodSeconds;
    expect(seconds('2026-11-24T08:00:00Z')).toBe(300);
    expect(seconds('2026-11-24T08:00:01Z')).toBe(3_600);
  });

  it('still compares with the day before when that ends as the change begins', () => {
    const windows = comparisonWindows(at('2026-11-23T08:00:00Z'), at('2026-11-24T08:00:00Z'))!;
    expect(show(windows.before.toMs)).toBe('2026-11-23T08:00:00.000Z');
    expect(show(windows.before.fromMs)).toBe('2026-11-22T08:15:00.000Z');
  });

  it('never lets the window before reach into the change', () => {
    const appliedAt = at('2026-11-01T08:00:00Z');
    const windows = comparisonWindows(appliedAt, at('2026-11-09T08:00:00Z'))!;
    expect(windows.before.toMs).toBeLessThanOrEqual(appliedAt);
  });

  it.each([8, 13, 14, 20, 60])('compares a week with a whole one before the change, %d days after it', (days) => {
    const appliedAt = at('2026-11-01T08:00:00Z');
    const { before, after } = comparisonWindows(appliedAt, appliedAt + days * 86_400_000)!;
    expect(before.toMs).toBeLessThanOrEqual(appliedAt);
    expect(before.toMs - before.fromMs).toBe(after.toMs - after.fromMs);
    expect((after.toMs - before.toMs) % (7 * 86_400_000)).toBe(0);
    expect(appliedAt - before.toMs).toBeLessThan(7 * 86_400_000);
  });

  it('has nothing to compare while environments still settle', () => {
    expect(comparisonWindows(at('2026-11-23T08:00:00Z'), at('2026-11-23T08:14:00Z'))).toBeUndefined();
    expect(comparisonWindows(at('2026-11-23T08:00:00Z'), at('2026-11-23T08:15:00Z'))).toBeUndefined();
  });
});
