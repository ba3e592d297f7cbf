import { isOpen } from '../../../../../../shared/domain/approval/proposal/is-open.ts';
import {
  changeWithInterval,
  configurationChange,
  count,
  counted,
  deciderOf,
  duration,
  furtherSteps,
  instant,
  percentChange,
  RISKS,
  riskWords,
  timeSpan,
  toolName,
  usd,
} from '../../../../../../shared/domain/approval/proposal/wording.ts';
import { proposal } from '../../../../../support/builders.ts';

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

  it('counts in groups of three from a thousand on, and rounds', () => {
    expect([999.4, 999.5, 1_000, -1_234.5, 0.4].map(count)).toEqual(['999', '1,000', '1,000', '-1,234', '0']);
    expect(counted(2, 'entry', 'entries')).toBe('2 entries');
    expect(counted(0, 'change')).toBe('0 changes');
  });

  it('writes dollars without cents from a thousand on', () => {
    expect([1_000, -1_000, 999.994].map(usd)).toEqual(['$1,000', '-$1,000', '$999.99']);
  });

  it('writes seconds from where milliseconds would round to a thousand', () => {
    expect([999.49, 999.5].map(duration)).toEqual(['999 ms', '1 s']);
  });

  it('names further steps by their sizes and the last day', () => {
    const steps = { leastMemorySizeMb: 256, mostMemorySizeMb: 1_024, until: '2026-12-12T02:00:00.000Z' };
    expect(furtherSteps(steps)).toBe('further steps between 256 and 1,024 MB until 2026-12-12');
  });

  it('says of an earlier approval that it decided', () => {
    expect(deciderOf({ kind: 'oidc', name: 'Ada' })).toBe('Ada');
    expect(deciderOf({ kind: 'consent', name: 'Ada' })).toBe('Ada, by an earlier approval');
  });

  it('names risks in words, a change with its bounds, and tools as people write them', () => {
    expect(RISKS.map(riskWords)).toEqual(['very low', 'low', 'medium', 'high']);
    expect(changeWithInterval({ share: -0.02, lowerShare: -0.06, upperShare: 0.04 })).toBe('-2% (-6% to +4%)');
    expect(['cdk', 'sam', 'cloudformation', 'terraform', 'unknown'].map(toolName)).toEqual([
      ...['CDK', 'SAM', 'CloudFormation', 'Terraform', undefined],
    ]);
  });
});

describe('an open proposal', () => {
  const nowMs = Date.parse('2026-11-23T20:00:00Z');

  it('waits for somebody until it expires', () => {
    expect(isOpen(proposal({ expiresAt: '2026-11-23T20:00:00.001Z' }), nowMs)).toBe(true);
    expect(isOpen(proposal({ expiresAt: '2026-11-23T20:00:00.000Z' }), nowMs)).toBe(false);
    expect(isOpen(proposal({ status: 'approved' }), nowMs)).toBe(false);
    expect(isOpen(proposal({ outcome: 'Failed' as never }), nowMs)).toBe(false);
  });
});
