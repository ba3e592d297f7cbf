import {
  configurationChange,
  count,
  counted,
  duration,
  instant,
  percentChange,
  timeSpan,
  usd,
} from '../../../../../../shared/domain/approval/proposal/wording.ts';

describe('wording', () => {
  it.each([
    [0, '$0.00'],
    [-0.001, '$0.00'],
    [12.345, '$12.35'],
    [-3.1, '-$3.10'],
    [999.99, '$999.99'],
    [1234.5, '$1,235'],
  ])('writes %d USD as %s', (amount, text) => {
    expect(usd(amount)).toBe(text);
  });

  it.each([
    [0.004, '0%'],
    [-0.004, '0%'],
    [0.1249, '+12%'],
    [-0.05, '-5%'],
  ])('writes a change of %d as %s', (share, text) => {
    expect(percentChange(share)).toBe(text);
  });

  it.each([
    [0.5, '0.5 ms'],
    [17.46, '17.5 ms'],
    [999.4, '999 ms'],
    [1234, '1.23 s'],
  ])('writes %d ms as %s', (durationMs, text) => {
    expect(duration(durationMs)).toBe(text);
  });

  it.each([
    [-5, '0 min'],
    [59_999, '0 min'],
    [3_600_000, '1 h'],
    [5_430_000, '1 h 30 min'],
  ])('writes a span of %d ms as %s', (spanMs, text) => {
    expect(timeSpan(spanMs)).toBe(text);
  });

  it('names only what changes in a configuration', () => {
    const before = { memorySizeMb: 1024, timeoutSeconds: 30 };
    expect(configurationChange(before, { memorySizeMb: 512, timeoutSeconds: 30 })).toBe('memory 1,024 -> 512 MB');
    expect(configurationChange(before, { memorySizeMb: 1024, timeoutSeconds: 60 })).toBe('timeout 30 -> 60 s');
    expect(configurationChange(before, { memorySizeMb: 512, timeoutSeconds: 60 })).toBe(
      'memory 1,024 -> 512 MB, timeout 30 -> 60 s',
    );
  });

  it('shows an instant on the wall clock of the time zone, summer time included', () => {
    expect(instant('2026-11-23T20:00:00Z', 'Europe/Berlin')).toBe('Mon, 23 Nov 2026, 21:00 CET');
    expect(instant('2026-07-23T20:00:00Z', 'Europe/Berlin')).toBe('Thu, 23 Jul 2026, 22:00 CEST');
  });

  it('counts in words', () => {
    expect(counted(1, 'change')).toBe('1 change');
    expect(counted(1204, 'change')).toBe('1,204 changes');
  });

  it.each([
    [-0.4, '0'],
    [999.5, '1,000'],
    [-1_234_567, '-1,234,567'],
    [100_000, '100,000'],
    [12_345_678_901, '12,345,678,901'],
  ])('counts %d as %s', (amount, text) => {
    expect(count(amount)).toBe(text);
  });
});
