import { watchedChange, worseSince } from '../../../../../shared/domain/remediation/our-change.ts';
import { DEFAULT_REMEDIATION_SETTINGS as settings } from '../../../../../shared/domain/remediation/policy.ts';
import { change, functionRecord, liveFunction } from '../../../../support/builders.ts';
import { NOW_MS } from '../../../../support/remediation.ts';

const HOUR_MS = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

describe('watchedChange', () => {
  const live = liveFunction({ memorySizeMb: 512 });
  const appliedBefore = (hours: number) =>
    change({
      status: 'applied',
      appliedAt: iso(NOW_MS - hours * HOUR_MS),
      before: { memorySizeMb: 1_024, timeoutSeconds: 30, codeSha256: live.codeSha256 },
      after: { memorySizeMb: 512, timeoutSeconds: 30 },
    });
  const open = (kind: 'change' | 'proposal', runId = appliedBefore(0).runId) =>
    functionRecord({ open: { kind, runId, since: iso(NOW_MS) } });

  it('is one of the last day, to the hour', () => {
    expect(watchedChange({ lastChange: appliedBefore(24), live, record: undefined }, settings, NOW_MS)).toBeDefined();
    expect(watchedChange({ lastChange: appliedBefore(25), live, record: undefined }, settings, NOW_MS)).toBeUndefined();
  });

  it('is an older one that is still open, but not where only its function is proposed for again', () => {
    const old = { lastChange: appliedBefore(100), live };
    expect(watchedChange({ ...old, record: open('change') }, settings, NOW_MS)).toBeDefined();
    expect(watchedChange({ ...old, record: open('proposal') }, settings, NOW_MS)).toBeUndefined();
    expect(watchedChange({ ...old, record: open('change', 'another-run') }, settings, NOW_MS)).toBeUndefined();
  });

  it.each([
    ['the function was deleted', { live: undefined }],
    ['somebody changed its timeout', { live: liveFunction({ memorySizeMb: 512, timeoutSeconds: 60 }) }],
    ['nothing was ever applied', { lastChange: change({ appliedAt: undefined }) }],
  ])('is none where %s', (_, given) => {
    const evidence = { lastChange: appliedBefore(1), live, record: undefined, ...given };
    expect(watchedChange(evidence, settings, NOW_MS)).toBeUndefined();
  });
});

describe('worseSince', () => {
  const window = (invocations: number, errors: number, p95DurationMs?: number) => ({
    invocations,
    errors,
    throttles: 0,
    p95DurationMs,
  });

  it('sees errors rise by more than a percentage point', () => {
    expect(worseSince(window(1_000, 20), window(1_000, 5))).toBe('2.0 % of invocations fail, 0.5 % did before');
    expect(worseSince(window(1_000, 10), window(1_000, 0))).toBeUndefined();
    expect(worseSince(window(1_000, 11), window(1_000, 0))).toBeDefined();
  });

  it('takes an unknown past for one without errors', () => {
    expect(worseSince(window(1_000, 20), undefined)).toBe('2.0 % of invocations fail, hardly any did before');
    expect(worseSince(window(1_000, 10), undefined)).toBeUndefined();
  });

  it('sees nothing in a function that nobody calls', () => {
    expect(worseSince(window(0, 0), window(0, 0))).toBeUndefined();
    expect(worseSince(window(100, 50), window(0, 0))).toBe('50.0 % of invocations fail, 0.0 % did before');
  });

  it('sees a p95 that rose by more than a fifth', () => {
    expect(worseSince(window(1_000, 0, 120), window(1_000, 0, 100))).toBeUndefined();
    expect(worseSince(window(1_000, 0, 120.4), window(1_000, 0, 100.3))).toBe('p95 is 120 ms, it was 100 ms before');
  });

  it.each([
    [undefined, 100],
    [500, undefined],
  ])('compares no p95 of %s with one of %s', (now, before) => {
    expect(worseSince(window(1_000, 0, now), window(1_000, 0, before))).toBeUndefined();
  });
});
