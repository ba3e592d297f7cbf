import type {
  ColdStartEvidence,
  StartableFunction,
} from '../../../../../../shared/domain/configuration/cold-start/evidence.ts';
import {
  strategyByMeasurement,
  strategyForClass,
} from '../../../../../../shared/domain/configuration/cold-start/recommend-strategy.ts';
import {
  canSnapStart,
  strategyOptions,
} from '../../../../../../shared/domain/configuration/cold-start/strategy-options.ts';
import { fallbackPrices } from '../../../../../../shared/domain/pricing/fallback-prices.ts';

/** Ten cold starts in a hundred, 2 s each; in half of the periods one runs at once, in the others more. */
const evidence: ColdStartEvidence = {
  ...{ invocationsPerMonth: 1_000_000, meanDurationMs: 200, p50DurationMs: 180, p99DurationMs: 400 },
  ...{ coldStartShare: 0.1, meanInitDurationMs: 2_000 },
  periods: [10, 1, 1, 4, 1, 4, 1, 4, 1, 4].map((maximumConcurrency) => ({ invocations: 100, maximumConcurrency })),
};
const fn: StartableFunction = {
  ...{ memorySizeMb: 512, architecture: 'arm64', runtime: 'python3.13', ephemeralStorageMb: 512, packageType: 'Zip' },
};
const settings = { warmUpEveryMinutes: 10, maximumEnvironments: 20 };
const arithmetic = (overrides: Partial<StartableFunction> = {}, given = evidence, limits = settings) =>
  strategyOptions(given, { ...fn, ...overrides }, fallbackPrices(), limits).map((each) => each.arithmetic);

describe('the arithmetic of every option', () => {
  it('adds up what is billed', () => {
    // One environment takes 61 in a hundred: half of the periods whole, four by a quarter, one by a tenth. A ninetieth percentile
    // of warm requests is 279 ms, and so the 99th where every tenth takes INIT besides.
    expect(arithmetic()).toEqual([
      ...['accept: 100,000 × INIT of 2000 ms at 0.5 GB = $1.33; together $1.33 a month, p99 2279 ms, 10.00 % cold'],
      expect.stringMatching(
        /^snap-start: 100,000 × restore \(assumed 200 ms\) at 0\.5 GB = \$0\.13 \+ 0\.5 GB snapshot cached = \$1\.98 \+ 100,000 restores = \$6\.99; together \$9\.10 a month/,
      ),
      expect.stringMatching(
        /^warm-up of 1: 39,000 × INIT of 2000 ms at 0\.5 GB = \$0\.52 \+ 4,383 warm-ups of 80 ms at 0\.5 GB = \$0\.00 \+ 4,383 scheduled = \$0\.00; together \$0\.53 a month, p99 2225 ms, 3\.90 % cold/,
      ),
      expect.stringMatching(/^warm-up of 4: 6,000 × .* 17,532 warm-ups of .* 4,383 scheduled .* 0\.60 % cold$/),
      expect.stringMatching(/^warm-up of 10: 0 × .* 43,830 warm-ups of 80 ms at 0\.5 GB = \$0\.03 .* 0\.00 % cold$/),
      expect.stringMatching(
        /^provisioned-concurrency of 1: 1 × 0\.5 GB all month = \$4\.38 \+ 61,000 GB-s at the provisioned duration price = \$-0\.34 \+ 39,000 × INIT of 2000 ms at 0\.5 GB = \$0\.52; together \$4\.56 a month/,
      ),
      expect.stringMatching(/^provisioned-concurrency of 4: 4 × 0\.5 GB all month = \$17\.53 \+ 94,000 GB-s/),
      expect.stringMatching(/^provisioned-concurrency of 10: 10 × 0\.5 GB all month = \$43\.83 \+ 100,000 GB-s/),
    ]);
  });

  it('counts what a warm-up costs: the call, its time and the schedule', () => {
    const [, , warm] = strategyOptions({ ...evidence, coldStartShare: 0 }, fn, fallbackPrices(), settings);
    const { usdPerRequest, durationTiers } = fallbackPrices().architectures.arm64;
    const perCall = 0.08 * 0.5 * durationTiers[0]!.usdPerGbSecond + usdPerRequest;
    expect(warm!.usdPerMonth).toBeCloseTo(4_383 * (perCall + 1e-6), 8);
  });

  it('has SnapStart for nothing where it is Java, and restores in a tenth of INIT, from 200 ms on and never above it', () => {
    const snap = (runtime: string, meanInitDurationMs: number) =>
      arithmetic({ runtime }, { ...evidence, meanInitDurationMs })[1];
    expect(snap('java21', 9_000)).toMatch(/assumed 900 ms.*cached = \$0\.00 .* restores = \$0\.00/);
    expect(snap('java21', 1_000)).toContain('assumed 200 ms');
    expect(snap('java21', 150)).toContain('assumed 150 ms');
  });

  it('looks at as many environments as ran at once, in order, within what is allowed', () => {
    const counts = (periods: number[], maximumEnvironments = 20) =>
      arithmetic(
        { runtime: 'nodejs24.x' },
        { ...evidence, periods: periods.map((maximumConcurrency) => ({ invocations: 1, maximumConcurrency })) },
        { ...settings, maximumEnvironments },
      ).flatMap((each) => /^warm-up of (\d+)/.exec(each)?.[1] ?? []);
    expect(counts([10, 9, 2, 2, 2, 2, 2, 2, 2, 2])).toEqual(['1', '2', '10']);
    expect(counts([2.4, 2.4])).toEqual(['1', '3']);
    expect(counts([30, 30], 20)).toEqual(['1', '20']);
    expect(counts([])).toEqual(['1']);
  });
});

it.each([
  ['python3.12', {}, true],
  ['java11', {}, true],
  ['dotnet8', {}, true],
  ['python3.11', {}, false],
  ['java8.al2', {}, false],
  ['nodejs24.x', {}, false],
  [undefined, {}, false],
  ['python3.13', { packageType: 'Image' }, false],
  ['python3.13', { ephemeralStorageMb: 513 }, false],
] as const)('whether %p %p has SnapStart: %p', (runtime, overrides, answer) => {
  const { runtime: _, ...bare } = fn;
  expect(canSnapStart({ ...bare, ...(runtime && { runtime }), ...overrides })).toBe(answer);
});

describe('the advice', () => {
  it('is by class what the brief says, with no options to show', () => {
    const by = (functionClass: Parameters<typeof strategyForClass>[0]) => strategyForClass(functionClass);
    expect(by('critical')).toMatchObject({ strategy: 'provisioned-concurrency', environments: 0, options: [] });
    expect(by('standard').strategy).toBe('warm-up');
    expect(by('batch').strategy).toBe('accept');
  });

  const advise = (wantedP99Ms: number, given = evidence) =>
    strategyByMeasurement({ evidence: given, fn, prices: fallbackPrices(), settings, wantedP99Ms });

  it('is the cheapest that keeps the wish to the millisecond, with its price', () => {
    const accepted = advise(9_000);
    expect(accepted.reason).toMatch(
      /^cheapest of 8 options that keep the wanted p99 of 9000 ms: warm-up of 10 at \$0\.0\d a month, p99 400 ms$/,
    );
    const [cheapest] = accepted.options;
    expect(advise(cheapest!.p99Ms).environments).toBe(cheapest!.environments);
    const cold = { ...evidence, coldStartShare: 0 };
    expect(advise(9_000, cold).reason).toContain(': accept at $0.00 a month, p99 400 ms');
  });

  it('is the fastest where none keeps it, but pays nothing more for a twentieth', () => {
    // Ten environments warm, or provisioned: both at the p99 of warm requests; SnapStart restores beside it.
    const { strategy, environments, reason } = advise(10);
    expect([strategy, environments]).toEqual(['warm-up', 10]);
    expect(reason).toMatch(
      /^no option keeps the wanted p99 of 10 ms \(warm requests alone take 400 ms\), the fastest is /,
    );
    // What restores in hardly more than nothing is not beaten by a twentieth.
    const quick = { ...evidence, meanInitDurationMs: 15, coldStartShare: 0.02 };
    expect(advise(10, quick).strategy).toBe(advise(10, quick).options[0]!.strategy);
  });
});
