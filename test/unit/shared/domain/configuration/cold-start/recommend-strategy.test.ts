import fc from 'fast-check';
import {
  type ColdStartEvidence,
  coveredShare,
  environmentsFor,
} from '../../../../../../shared/domain/configuration/cold-start/evidence.ts';
import { mixedP99Ms } from '../../../../../../shared/domain/configuration/cold-start/latency.ts';
import { strategyByMeasurement } from '../../../../../../shared/domain/configuration/cold-start/recommend-strategy.ts';
import { strategyOptions } from '../../../../../../shared/domain/configuration/cold-start/strategy-options.ts';
import { fallbackPrices } from '../../../../../../shared/domain/pricing/fallback-prices.ts';

const evidence = (overrides: Partial<ColdStartEvidence> = {}): ColdStartEvidence => ({
  invocationsPerMonth: 300_000,
  meanDurationMs: 120,
  p50DurationMs: 100,
  p99DurationMs: 400,
  coldStartShare: 0.02,
  meanInitDurationMs: 4_000,
  periods: Array.from({ length: 336 }, () => ({ invocations: 900, maximumConcurrency: 2 })),
  ...overrides,
});
const node = {
  memorySizeMb: 1024,
  architecture: 'arm64',
  runtime: 'nodejs24.x',
  ephemeralStorageMb: 512,
  packageType: 'Zip',
} as const;
const settings = { warmUpEveryMinutes: 5, maximumEnvironments: 10 };
const prices = fallbackPrices();
const advise = (given: ColdStartEvidence, wantedP99Ms: number, fn: Parameters<typeof strategyOptions>[1] = node) =>
  strategyByMeasurement({ evidence: given, fn, prices, wantedP99Ms, settings });

describe('the latency of a mix of warm and cold requests', () => {
  it('is the warm p99 where nothing starts cold', () => {
    expect(mixedP99Ms(evidence(), 0, 4_000)).toBeCloseTo(400, 0);
  });

  it('rises past the INIT time once more than one request in a hundred starts cold', () => {
    expect(mixedP99Ms(evidence(), 0.005, 4_000)).toBeLessThan(1_000);
    expect(mixedP99Ms(evidence(), 0.02, 4_000)).toBeGreaterThan(4_000);
  });

  it('never falls when more requests start cold', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, (a, b) => {
        const [fewer, more] = [Math.min(a, b), Math.max(a, b)];
        expect(mixedP99Ms(evidence(), more, 900)).toBeGreaterThanOrEqual(mixedP99Ms(evidence(), fewer, 900) - 0.01);
      }),
    );
  });
});

describe('environments that cover traffic', () => {
  const periods = [
    { invocations: 900, maximumConcurrency: 2 },
    { invocations: 100, maximumConcurrency: 10 },
  ];

  it('are counted by the invocations they can take, not by the hours', () => {
    expect(coveredShare(periods, 2)).toBeCloseTo(0.92);
    expect(environmentsFor(periods, 0.9, 10)).toBe(2);
    expect(environmentsFor(periods, 0.99, 10)).toBe(9);
    expect(environmentsFor(periods, 1, 6)).toBe(6);
  });

  it('are one where nothing ran', () => {
    expect(environmentsFor([], 0.9, 10)).toBe(1);
  });
});

describe('the measured strategy', () => {
  it('accepts cold starts where the wanted p99 is kept anyway', () => {
    const quick = evidence({ coldStartShare: 0.002, meanInitDurationMs: 300 });
    expect(advise(quick, 3_000)).toMatchObject({ strategy: 'accept', environments: 0 });
  });

  it('warms where that is cheaper than provisioning and enough', () => {
    const advice = advise(evidence(), 3_000);
    expect(advice).toMatchObject({ strategy: 'warm-up', environments: 2 });
    const cheaper = advice.options.filter(
      ({ usdPerMonth }) =>
        usdPerMonth <
        advice.options.find((each) => each.strategy === 'warm-up' && each.environments === 2)!.usdPerMonth,
    );
    expect(cheaper.every(({ p99Ms }) => p99Ms > 3_000)).toBe(true);
  });

  it('takes SnapStart where the runtime has it and restoring is fast enough', () => {
    const request = { evidence: evidence(), prices, wantedP99Ms: 3_000, settings };
    const available = ['accept', 'snap-start', 'provisioned-concurrency'] as const;
    const choose = (runtime: string) =>
      strategyByMeasurement({ ...request, available, fn: { ...node, runtime } }).strategy;
    expect(['java21', 'python3.13', 'python3.11', 'nodejs24.x'].map(choose)).toEqual([
      'snap-start',
      'snap-start',
      'provisioned-concurrency',
      'provisioned-concurrency',
    ]);
  });

  it('says so where nothing keeps the wanted p99', () => {
    expect(advise(evidence(), 50).reason).toMatch(
      /no option keeps the wanted p99 of 50 ms \(warm requests alone take 400 ms\), the fastest is/,
    );
  });

  it('offers only what the function can have', () => {
    const advice = strategyByMeasurement({
      evidence: evidence(),
      fn: node,
      prices,
      wantedP99Ms: 3_000,
      settings,
      available: ['accept', 'provisioned-concurrency'],
    });
    expect(new Set(advice.options.map(({ strategy }) => strategy))).toEqual(
      new Set(['accept', 'provisioned-concurrency']),
    );
    expect(advice.strategy).toBe('provisioned-concurrency');
  });

  it('shows the sum of every option', () => {
    const provisioned = strategyOptions(evidence(), node, prices, settings).find(
      ({ strategy, environments }) => strategy === 'provisioned-concurrency' && environments === 2,
    )!;
    // 2 × 1 GB × 2,629,800 s × $0.0000033334, and 36,000 GB-s that are billed cheaper: 0.0000077778 − 0.0000133334.
    expect(provisioned.usdPerMonth).toBeCloseTo(
      2 * 2_629_800 * 0.0000033334 + 36_000 * (0.0000077778 - 0.0000133334),
      4,
    );
    expect(provisioned.arithmetic).toContain('2 × 1 GB all month = $17.53');
  });

  it('is the cheapest of those that keep the wish, whatever the evidence', () => {
    const drawn = fc.record({
      invocationsPerMonth: fc.integer({ min: 1_000, max: 10_000_000 }),
      coldStartShare: fc.double({ min: 0, max: 0.5, noNaN: true }),
      meanInitDurationMs: fc.integer({ min: 50, max: 9_000 }),
      p50DurationMs: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(drawn, fc.integer({ min: 20, max: 9_000 }), (given, wantedP99Ms) => {
        const advice = advise(evidence({ ...given, p99DurationMs: given.p50DurationMs * 3 }), wantedP99Ms);
        const chosen = advice.options.find(
          ({ strategy, environments }) => strategy === advice.strategy && environments === advice.environments,
        )!;
        const good = advice.options.filter(({ p99Ms }) => p99Ms <= wantedP99Ms);
        if (good.length > 0) {
          expect(chosen.p99Ms).toBeLessThanOrEqual(wantedP99Ms);
          expect(chosen.usdPerMonth).toBe(Math.min(...good.map(({ usdPerMonth }) => usdPerMonth)));
        }
        for (const { usdPerMonth, coldStartShare } of advice.options.filter(
          ({ strategy }) => strategy !== 'provisioned-concurrency',
        )) {
          expect(usdPerMonth).toBeGreaterThanOrEqual(0);
          expect(coldStartShare).toBeLessThanOrEqual(given.coldStartShare);
        }
      }),
      { numRuns: 50 },
    );
  });
});
