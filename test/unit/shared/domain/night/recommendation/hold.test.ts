import fc from 'fast-check';
import { holdReason, medianDecides } from '../../../../../../shared/domain/night/recommendation/hold.ts';
import { recommend } from '../../../../../../shared/domain/night/recommendation/recommend.ts';
import { anObservation, aRequest } from './requests.ts';

const SIZE = 1024;
const at = (overrides: Parameters<typeof anObservation>[0]) =>
  anObservation({ memorySizeMb: SIZE, invocations: 100_000, maxMemoryUsedMb: 180, ...overrides });
const request = (...observations: ReturnType<typeof at>[]) =>
  aRequest({ strategy: 'cost', currentMemorySizeMb: SIZE, timeoutSeconds: 30, architecture: 'arm64', observations });

const PINGS_AND_WORK = at({ meanDurationMs: 3, p95DurationMs: 5, p99DurationMs: 4_000, maxDurationMs: 9_000 });

describe('two kinds of traffic', () => {
  it("keeps a function whose calls are a warmer's pings beside rare real work, and says so", () => {
    const { finding, recommendedMemorySizeMb, reason } = recommend(request(PINGS_AND_WORK));
    expect([finding, recommendedMemorySizeMb]).toEqual(['Optimized', SIZE]);
    expect(reason).toContain('two kinds of call');
  });

  it('knows a long tail from two kinds, and a rare kind that costs nothing', () => {
    expect(holdReason(request(at({ p95DurationMs: 100, p99DurationMs: 900 })))).toBeUndefined();
    expect(holdReason(request(at({ p95DurationMs: 1, p99DurationMs: 40 })))).toBeUndefined();
    expect(holdReason(request(at({ p95DurationMs: undefined, p99DurationMs: 4_000 })))).toBeUndefined();
  });

  it('is two kinds from twenty times p95 and 100 ms on, and says what either takes', () => {
    expect(holdReason(request(at({ p95DurationMs: 5, p99DurationMs: 100 })))).toBe(
      'keep 1024 MB: its traffic is two kinds of call (95 % take at most 5 ms, 1 % take 100 ms or more), and the mean of both tells nothing of either',
    );
    expect(holdReason(request(at({ p95DurationMs: 5, p99DurationMs: 99 })))).toBeUndefined();
    expect(holdReason(request(at({ p95DurationMs: 5.1, p99DurationMs: 101 })))).toBeUndefined();
    expect(holdReason(request(at({ p95DurationMs: 5, p99DurationMs: undefined })))).toBeUndefined();
  });

  it('is nothing that was seen at another size, nor where nothing was seen', () => {
    const elsewhere = { ...PINGS_AND_WORK, memorySizeMb: 2_048 };
    expect(holdReason(request(elsewhere))).toBeUndefined();
    expect(holdReason(request(PINGS_AND_WORK, elsewhere))).toContain('two kinds');
    expect(holdReason(request(elsewhere, at({ meanDurationMs: 3 })))).toBeUndefined();
  });

  const BATCH_AMONG_REQUESTS = at({
    meanDurationMs: 38,
    p50DurationMs: 18,
    p95DurationMs: 40,
    p99DurationMs: 55,
    maxDurationMs: 62_000,
  });

  it('keeps a function whose rare calls no percentile shows, and says what they take of its time', () => {
    const { recommendedMemorySizeMb, reason } = recommend({ ...request(BATCH_AMONG_REQUESTS), timeoutSeconds: 120 });
    expect(recommendedMemorySizeMb).toBe(SIZE);
    expect(reason).toContain('rare calls of up to 62 s among many that take at most 40 ms are about 42 % of its time');
  });

  it('does not mind slow calls that are too rare to cost anything, or a tail that thins out', () => {
    const cheap = { ...BATCH_AMONG_REQUESTS, meanDurationMs: 22 };
    const tail = { ...BATCH_AMONG_REQUESTS, maxDurationMs: 3_000 };
    for (const each of [cheap, tail]) expect(holdReason({ ...request(each), timeoutSeconds: 120 })).toBeUndefined();
  });

  it('asks for the median of every function that it may keep by it, and of few others', () => {
    const durations = fc.record({
      meanDurationMs: fc.double({ min: 1, max: 1_000, noNaN: true }),
      p95DurationMs: fc.double({ min: 1, max: 1_000, noNaN: true }),
      maxDurationMs: fc.double({ min: 100, max: 100_000, noNaN: true }),
      p50Share: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(durations, ({ p50Share, ...known }) => {
        const reason = holdReason({
          ...request(at({ ...known, p50DurationMs: Math.max(0.001, p50Share * known.p95DurationMs) })),
          timeoutSeconds: 900,
        });
        if (reason?.includes('rare calls')) expect(medianDecides(known)).toBe(true);
      }),
      { numRuns: 500, seed: 20_261_129 },
    );
    expect(medianDecides(BATCH_AMONG_REQUESTS)).toBe(true);
    expect(medianDecides({ ...BATCH_AMONG_REQUESTS, maxDurationMs: 3_000 })).toBe(false);
    expect(medianDecides({ ...BATCH_AMONG_REQUESTS, meanDurationMs: 13 })).toBe(false);
    expect(medianDecides({ maxDurationMs: 62_000, meanDurationMs: 40 })).toBe(false);
    expect(medianDecides({ maxDurationMs: 62_000, p95DurationMs: 40 })).toBe(false);
  });

  it('takes no single kind of call for two, however its durations spread within a factor of three', () => {
    const spread = fc.record({
      median: fc.double({ min: 5, max: 5_000, noNaN: true }),
      sigma: fc.double({ min: 0.02, max: 1.1, noNaN: true }),
    });
    fc.assert(
      fc.property(spread, ({ median, sigma }) => {
        const quantile = (deviations: number) => median * Math.exp(sigma * deviations);
        const lognormal = at({
          meanDurationMs: median * Math.exp(sigma ** 2 / 2),
          p50DurationMs: median,
          p95DurationMs: quantile(1.645),
          p99DurationMs: quantile(2.326),
          maxDurationMs: quantile(4.3),
        });
        expect(holdReason({ ...request(lognormal), timeoutSeconds: 900 })).toBeUndefined();
      }),
      { numRuns: 200, seed: 20_261_128 },
    );
  });

  it('still gives memory to a function that runs out of it', () => {
    const short = { ...PINGS_AND_WORK, maxMemoryUsedMb: 1_020 };
    expect(recommend(request(short)).recommendedMemorySizeMb).toBeGreaterThan(SIZE);
  });
});

describe('a level that is not steady', () => {
  const slow = at({ meanDurationMs: 4_000 });
  const fast = at({ meanDurationMs: 1_000 });

  it('keeps a function that took 1,000 and then 4,000 ms at one size, whichever came first', () => {
    for (const observations of [
      [fast, slow],
      [slow, fast],
    ] as const) {
      const { recommendedMemorySizeMb, reason } = recommend(request(...observations));
      expect(recommendedMemorySizeMb).toBe(SIZE);
      expect(reason).toContain('once that is steady it is judged again');
    }
  });

  it('judges it again once two looks agree', () => {
    expect(holdReason(request(fast, slow, at({ meanDurationMs: 4_200 })))).toBeUndefined();
  });

  it('keeps a function whose new code takes four times as long, until a week has shown its level', () => {
    const before = { ...fast, codeSha256: 'a' };
    const since = { ...slow, codeSha256: 'b' };
    const { recommendedMemorySizeMb, reason } = recommend(request(before, since));
    expect(recommendedMemorySizeMb).toBe(SIZE);
    expect(reason).toContain('the code before and the code deployed since took 1000 ms and then 4000 ms');
    expect(holdReason(request(before, { ...since, lookbackDays: 6 }))).toBeDefined();
    expect(holdReason(request(before, { ...since, lookbackDays: 7 }))).toBeUndefined();
  });

  it('is one at twice the duration and not below, said in ms and from ten seconds on in seconds', () => {
    expect(holdReason(request(fast, at({ meanDurationMs: 1_999 })))).toBeUndefined();
    expect(holdReason(request(fast, at({ meanDurationMs: 2_000 })))).toBe(
      'keep 1024 MB: the same code took 1000 ms and then 2000 ms at this size; once that is steady it is judged again',
    );
    expect(holdReason(request(at({ meanDurationMs: 3.456 }), at({ meanDurationMs: 12_345 })))).toContain(
      'took 3.46 ms and then 12 s at',
    );
    expect(holdReason(request(at({ meanDurationMs: 9_999 }), at({ meanDurationMs: 25_000 })))).toContain(
      'took 10000 ms and then 25 s at',
    );
    const deployed = { ...slow, codeSha256: 'b', lookbackDays: undefined };
    expect(holdReason(request({ ...fast, codeSha256: 'a' }, deployed))).toBeDefined();
    expect(holdReason(request(fast, { ...slow, lookbackDays: 30 }))).toBeDefined();
  });

  it('does not mind another size, or ordinary nights', () => {
    expect(holdReason(request({ ...fast, memorySizeMb: 2_048 }, slow))).toBeUndefined();
    expect(holdReason(request(fast, at({ meanDurationMs: 1_700 })))).toBeUndefined();
  });
});

it('keeps memory where calls are cut off, and raises the timeout alone', () => {
  const censored = { ...request(at({ meanDurationMs: 9_000, maxDurationMs: 30_000 })), timeoutSeconds: 30 };
  const { recommendedMemorySizeMb, recommendedTimeoutSeconds, reason } = recommend(censored);
  expect(recommendedMemorySizeMb).toBe(SIZE);
  expect(recommendedTimeoutSeconds).toBe(120);
  expect(reason).toContain('calls are cut off at 30 s');
});

it("leaves the brief's rules as they are", () => {
  const brief = { ...request(PINGS_AND_WORK), strategy: 'brief-rules' as const };
  expect(recommend(brief).recommendedMemorySizeMb).toBe(768);
});

it('takes a call for cut off from 99 % of the timeout on', () => {
  expect(holdReason(request(at({ maxDurationMs: 29_699 })))).toBeUndefined();
  expect(holdReason(request(at({ maxDurationMs: 29_700 })))).toBe(
    'keep 1024 MB: calls are cut off at 30 s, so what they take at this size is not known yet',
  );
});
