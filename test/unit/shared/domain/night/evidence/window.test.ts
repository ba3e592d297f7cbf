import {
  byWindow,
  evidenceWindow,
  longWindow,
  MAX_POINTS_PER_CALL,
  MAX_QUERIES_PER_CALL,
  periodsIn,
  QUERIES_PER_FUNCTION,
} from '../../../../../../shared/domain/night/evidence/window.ts';
import { policy, runContext } from './builders.ts';

const HOUR_MS = 3_600_000;
const windowOf = (lookbackDays: number, startedAt = '2026-11-23T02:37:12.000Z') =>
  evidenceWindow({ startedAt, policy: policy({ lookbackDays }) });

describe('evidenceWindow', () => {
  it.each([
    [1, 1],
    [7, 1],
    [14, 2],
    [30, 4],
    [42, 6],
  ])('looks %i days back in periods of %i hours', (days, hours) => {
    const window = windowOf(days);
    expect(window.periodSeconds).toBe(hours * 3600);
    expect(window.endMs - window.startMs).toBe(days * 24 * HOUR_MS);
  });

  it.each([1, 7, 14, 30])('lets 55 functions share a call over %i days', (days) => {
    const queries = Math.floor(MAX_QUERIES_PER_CALL / QUERIES_PER_FUNCTION) * QUERIES_PER_FUNCTION;
    expect(queries * periodsIn(windowOf(days))).toBeLessThanOrEqual(MAX_POINTS_PER_CALL);
  });

  it('ends with the last whole period before the run started', () => {
    const window = windowOf(14);
    expect(new Date(window.endMs).toISOString()).toBe('2026-11-23T02:00:00.000Z');
    expect(window.startMs % (window.periodSeconds * 1000)).toBe(0);
  });
});

describe('byWindow', () => {
  it('looks at functions that rest for days over all that CloudWatch knows, and at the others over the look-back', () => {
    const run = runContext();
    const assessed = [{ functionName: 'a' }, { functionName: 'b', rhythm: { runs: 3 } }, { functionName: 'c' }];
    expect(byWindow(run, assessed)).toEqual([
      { window: evidenceWindow(run), names: ['a', 'c'] },
      { window: longWindow(evidenceWindow(run)), names: ['b'] },
    ]);
    expect(byWindow(run, [{ functionName: 'a' }])).toHaveLength(1);
    expect(byWindow(run, [])).toEqual([]);
  });
});
