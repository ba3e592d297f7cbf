import {
  judgeChange,
  type VerificationCase,
  type WindowMetrics,
} from '../../../../../../shared/domain/night/verification/judge-change.ts';
import { busyWindow, HALVED } from './halved-memory.ts';

/** The numbers that decide, each met from both sides: a verdict rolls production back, or leaves it slower. */
const judge = (
  after: Partial<WindowMetrics>,
  before: Partial<WindowMetrics> = {},
  overrides: Partial<VerificationCase> = {},
) =>
  judgeChange({
    before: busyWindow(before),
    after: busyWindow(after),
    ...HALVED,
    ...overrides,
  });

describe('the least number of invocations', () => {
  it('is enough by itself, after and before', () => {
    expect(judge({ invocations: 50 }).verdict).toBe('better');
    expect(judge({}, { invocations: 50 }).verdict).toBe('better');
  });

  it('is missed by one, and the reason says on which side', () => {
    expect(judge({ invocations: 49 })).toEqual({
      verdict: 'inconclusive',
      reason: 'only 49 invocations since the change, 50 are needed',
    });
    expect(judge({}, { invocations: 49 })).toEqual({
      verdict: 'inconclusive',
      reason: 'only 49 invocations in the same hours before the change, 50 are needed',
    });
  });
});

it.each([
  ['after', { meanDurationMs: undefined, p95DurationMs: undefined }, {}],
  ['before', {}, { meanDurationMs: undefined, p95DurationMs: undefined }],
])('is inconclusive while CloudWatch has counts but no durations %s', (_, after, before) => {
  expect(judge(after, before)).toEqual({ verdict: 'inconclusive', reason: 'CloudWatch has no durations yet' });
});

it('finds no harm in memory that was not used up', () => {
  expect(judge({ maxMemoryUsedMb: 511 }).verdict).toBe('better');
  expect(judge({ maxMemoryUsedMb: 512 }).verdict).toBe('worse');
});

describe('a rate', () => {
  it.each([
    ['of as many calls as are needed', { invocations: 50, errors: 5 }, 'worse'],
    ['of one call fewer', { invocations: 49, errors: 5 }, 'inconclusive'],
    ['of few calls, ten of which failed', { invocations: 12, errors: 10 }, 'worse'],
    ['of few calls, nine of which failed', { invocations: 12, errors: 9 }, 'inconclusive'],
  ])('%s is judged as %j says', (_, after, verdict) => {
    expect(judge(after).verdict).toBe(verdict);
  });

  it('counts throttled calls among the calls, so that a function that was only throttled is judged', () => {
    expect(judge({ invocations: 40, throttles: 10 })).toEqual({
      verdict: 'worse',
      reason: 'throttle rate rose from 0.00 % to 20.00 %',
    });
  });

  it('is worse when it doubled and rose by a percentage point, and not before', () => {
    const errors = (before: number, after: number) => judge({ errors: after }, { errors: before }).verdict;
    expect(errors(100, 200)).toBe('worse');
    expect(errors(100, 199)).toBe('better');
    expect(errors(10, 60)).toBe('worse');
    expect(errors(10, 59)).toBe('better');
  });
});

describe('a slowdown', () => {
  it('is harm beyond policy and the noise of a mean', () => {
    expect(judge({ meanDurationMs: 121 }, {}, { maxSlowdown: 0.1 }).verdict).toBe('better');
    expect(judge({ meanDurationMs: 122 })).toEqual({
      verdict: 'worse',
      reason: 'mean duration rose by +22.0 % (100 ms to 122 ms)',
    });
  });

  it('is allowed at the very limit', () => {
    const exact = { maxSlowdown: 0, approvedSlowdown: 2 };
    expect(judge({ meanDurationMs: 220, p95DurationMs: 500 }, {}, exact).verdict).toBe('better');
    expect(judge({ meanDurationMs: 221, p95DurationMs: 500 }, {}, exact).verdict).toBe('worse');
    expect(judge({ meanDurationMs: 220, p95DurationMs: 501 }, {}, exact).verdict).toBe('worse');
  });

  it('of the tail is harm beyond policy and the noise of a p95', () => {
    expect(judge({ p95DurationMs: 275 }).verdict).toBe('better');
    expect(judge({ p95DurationMs: 276 })).toEqual({
      verdict: 'worse',
      reason: 'p95 duration rose by +38.0 % (200 ms to 276 ms)',
    });
  });

  it('is not measured on fewer calls than are needed on either side', () => {
    const slow = { meanDurationMs: 300, p95DurationMs: 200 };
    expect(judge({ ...slow, invocations: 49 }).verdict).toBe('inconclusive');
    expect(judge(slow, { invocations: 49 }).verdict).toBe('inconclusive');
    expect(judge({ ...slow, invocations: 50 }, { invocations: 50 }).verdict).toBe('worse');
  });

  it('of the tail wants a hundred calls on both sides, or more where the policy wants more', () => {
    const tail = { p95DurationMs: 900 };
    expect(judge({ ...tail, invocations: 99 }).verdict).toBe('better');
    expect(judge(tail, { invocations: 99 }).verdict).toBe('better');
    expect(judge({ ...tail, invocations: 100 }, { invocations: 100 }).verdict).toBe('worse');
    expect(judge({ ...tail, invocations: 150 }, {}, { minimumInvocations: 200 }).verdict).toBe('inconclusive');
  });

  it('of the tail is not measured where one side has no p95', () => {
    expect(judge({ p95DurationMs: undefined }).verdict).toBe('better');
    expect(judge({}, { p95DurationMs: undefined }).verdict).toBe('better');
  });
});

describe('the reason', () => {
  it.each([
    [100, '+0.0 %'],
    [90, '-10.0 %'],
  ])('says how a mean of 100 ms went to %d ms', (meanDurationMs, change) => {
    expect(judge({ meanDurationMs }).reason).toBe(`no more errors, mean duration ${change} over 5000 invocations`);
  });

  it('gives durations below ten milliseconds a decimal', () => {
    expect(judge({ meanDurationMs: 10 }, { meanDurationMs: 5 }).reason).toBe(
      'mean duration rose by +100.0 % (5.0 ms to 10 ms)',
    );
  });
});
