import fc from 'fast-check';
import {
  judgeChange,
  type VerificationCase,
  type WindowMetrics,
} from '../../../../../../shared/domain/night/verification/judge-change.ts';
import { busyWindow, HALVED } from './halved-memory.ts';

const window = (overrides: Partial<WindowMetrics> = {}): WindowMetrics => busyWindow({ errors: 5, ...overrides });

const verification = (after: Partial<WindowMetrics>, overrides: Partial<VerificationCase> = {}): VerificationCase => ({
  before: window(),
  after: window(after),
  ...HALVED,
  ...overrides,
});

describe('judgeChange', () => {
  it('calls a change better when production goes on as before', () => {
    expect(judgeChange(verification({ meanDurationMs: 104 }))).toEqual({
      verdict: 'better',
      reason: expect.stringContaining('+4.0 %'),
    });
  });

  it('does not blame a longer timeout for the calls that it lets end', () => {
    const configurationBefore = { memorySizeMb: 512, timeoutSeconds: 3 };
    const configurationAfter = { memorySizeMb: 512, timeoutSeconds: 15 };
    const given = { configurationBefore, configurationAfter };
    expect(judgeChange(verification({ meanDurationMs: 130, p95DurationMs: 900 }, given)).verdict).toBe('better');
    expect(judgeChange(verification({ meanDurationMs: 130, errors: 150 }, given)).verdict).toBe('worse');
  });

  it.each([
    ['the error rate multiplied', { errors: 150 }, /error rate rose from 0.10 % to 3.00 %/],
    ['throttles appeared', { throttles: 300 }, /throttle rate/],
    ['the mean slowed beyond policy and noise', { meanDurationMs: 130 }, /mean duration rose by \+30.0 %/],
    ['the tail slowed beyond policy and noise', { p95DurationMs: 290 }, /p95 duration rose/],
    ['all memory was used', { maxMemoryUsedMb: 512 }, /all 512 MB/],
  ])('calls a change worse when %s', (_, after, reason) => {
    expect(judgeChange(verification(after))).toEqual({ verdict: 'worse', reason: expect.stringMatching(reason) });
  });

  it('does not hold a slowdown against a change that was approved with it', () => {
    expect(
      judgeChange(verification({ meanDurationMs: 140, p95DurationMs: 280 }, { approvedSlowdown: 1.5 })).verdict,
    ).toBe('better');
  });

  it('calls few invocations inconclusive, however good they look', () => {
    expect(judgeChange(verification({ invocations: 12, errors: 0, meanDurationMs: 10 })).verdict).toBe('inconclusive');
  });

  it('calls a change inconclusive when nothing ran in the same hours before', () => {
    const before = window({ invocations: 0, errors: 0, meanDurationMs: undefined, p95DurationMs: undefined });
    expect(judgeChange(verification({}, { before })).verdict).toBe('inconclusive');
  });

  it('takes no rate before for a rate of 0: only what mostly fails is harm then', () => {
    const before = window({
      invocations: 0,
      errors: 0,
      throttles: 0,
      meanDurationMs: undefined,
      p95DurationMs: undefined,
    });
    const judged = (errors: number) => judgeChange(verification({ invocations: 100, errors }, { before }));
    expect(judged(49).verdict).toBe('inconclusive');
    expect(judged(50)).toEqual({
      verdict: 'worse',
      reason: 'error rate is 50.00 % since the change; nothing ran in the same hours before it',
    });
  });

  it('needs no minimum of invocations to see that a rare function only fails now', () => {
    expect(judgeChange(verification({ invocations: 12, errors: 12 })).verdict).toBe('worse');
  });

  it('does not roll back for a handful of errors', () => {
    expect(judgeChange(verification({ invocations: 100, errors: 4 })).verdict).toBe('better');
  });

  it('never calls a window without invocations better', () => {
    const anyWindow = fc.record({ errors: fc.nat(100), throttles: fc.nat(100) });
    fc.assert(
      fc.property(anyWindow, (after) => {
        const quiet = { ...after, invocations: 0, meanDurationMs: undefined, p95DurationMs: undefined };
        return judgeChange(verification(quiet)).verdict !== 'better';
      }),
      { seed: 1 },
    );
  });

  it('never judges a slower window more kindly than a faster one', () => {
    const rank = { better: 0, inconclusive: 1, worse: 2 };
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1000, noNaN: true }),
        fc.double({ min: 1, max: 5, noNaN: true }),
        (mean, factor) => {
          const fast = judgeChange(verification({ meanDurationMs: mean })).verdict;
          const slow = judgeChange(verification({ meanDurationMs: mean * factor })).verdict;
          return rank[slow] >= rank[fast];
        },
      ),
      { seed: 1 },
    );
  });
});
