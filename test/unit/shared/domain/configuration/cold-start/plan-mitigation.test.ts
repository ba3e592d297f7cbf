import { type ColdStartSettings, DEFAULT_COLD_START } from '../../../../../../shared/contracts/cold-start.ts';
import {
  type MitigatedFunction,
  planMitigation,
} from '../../../../../../shared/domain/configuration/cold-start/plan-mitigation.ts';
import { fallbackPrices } from '../../../../../../shared/domain/pricing/fallback-prices.ts';

const periods = [{ invocations: 1_000, maximumConcurrency: 1 }];
const fn = (functionName: string, tags: Record<string, string>): MitigatedFunction => ({
  functionName,
  tags,
  memorySizeMb: 1024,
  architecture: 'arm64',
  ephemeralStorageMb: 512,
  packageType: 'Zip',
  qualifier: 'live',
  isScaled: false,
  periods,
  evidence: {
    invocationsPerMonth: 100_000,
    meanDurationMs: 100,
    p50DurationMs: 90,
    p99DurationMs: 300,
    coldStartShare: 0.1,
    meanInitDurationMs: 5_000,
    periods,
  },
});
/** Measured; nothing but provisioned concurrency keeps the default wish of three seconds here. */
const plan = (functions: MitigatedFunction[], provisionedBudgetUsdPerMonth = 1_000) =>
  planMitigation(
    functions,
    { ...DEFAULT_COLD_START, mode: 'measured', provisionedBudgetUsdPerMonth },
    fallbackPrices(),
  );

it('spends the budget on critical functions first, whatever their names', () => {
  const functions = [fn('a', { 'rightsizer:class': 'standard' }), fn('z', { 'rightsizer:class': 'critical' })];
  const both = plan(functions);
  expect(both.wanted.map(({ resource }) => resource)).toEqual(['function/z', 'function/a']);
  const usd = Number(/\$([\d.]+) a month$/.exec(both.wanted[0]!.reason)![1]);
  const forOne = plan(functions, usd * 1.5);
  expect(forOne.wanted.map(({ resource }) => resource)).toEqual(['function/z']);
  expect(forOne.skipped).toMatchObject([{ resource: 'function/a', reason: expect.stringContaining('of the budget') }]);
});

it('follows the wish in a function’s tag', () => {
  const { advice } = plan([fn('a', { 'rightsizer:class': 'critical', 'rightsizer:wanted-p99-ms': '6000' })]);
  expect(advice).toMatchObject([{ strategy: 'accept', reason: expect.stringContaining('6000 ms') }]);
});

it.each(['-5', '0', 'fast', 'Infinity', 'NaN', '1e9', ''])('takes the stage’s wish where the tag says %p', (wish) => {
  const { advice } = plan([fn('a', { 'rightsizer:class': 'critical', 'rightsizer:wanted-p99-ms': wish })]);
  expect(advice).toMatchObject([{ strategy: 'provisioned-concurrency', reason: expect.stringContaining('3000 ms') }]);
});

describe('a plan by class', () => {
  const critical = { 'rightsizer:class': 'critical' };
  const standard = { 'rightsizer:class': 'standard', 'rightsizer:warm-up': 'true' };
  const busy = [{ invocations: 1_000, maximumConcurrency: 3 }];
  const byClass = (given: Partial<MitigatedFunction>, settings: Partial<ColdStartSettings> = {}) =>
    planMitigation(
      [{ ...fn('a', critical), periods: busy, ...given }],
      { ...DEFAULT_COLD_START, ...settings },
      fallbackPrices(),
      'Rightsizer-dev',
    );
  const refusal = (given: Partial<MitigatedFunction>, settings: Partial<ColdStartSettings> = {}) => {
    const { wanted, skipped } = byClass(given, settings);
    expect(wanted).toEqual([]);
    return skipped;
  };

  it('keeps environments of a critical function provisioned, as many as its traffic needs', () => {
    const { wanted, skipped, advice } = byClass({});
    expect(wanted).toEqual([
      {
        ...{ key: 'function/a/provisioned-concurrency:live', resource: 'function/a', value: { executions: 3 } },
        ...{ basis: 'live', stillServes: expect.any(Function) },
        reason: expect.stringMatching(/^class critical: .*: 3 on live, \$26\.30 a month$/),
      },
    ]);
    expect(skipped).toEqual([]);
    expect(advice).toEqual([
      {
        ...{ resource: 'function/a', strategy: 'provisioned-concurrency', arithmetic: [] },
        reason: expect.stringMatching(/^class critical/),
      },
    ]);
  });

  it('warms a standard function whose handler answers such calls, by its bare name where it has no alias', () => {
    const warmed = (qualifier: string | undefined) => byClass({ tags: standard, qualifier }).wanted[0]!;
    expect(warmed('live')).toEqual({
      ...{ key: 'function/a/warm-up', resource: 'function/a', basis: 'live every 5' },
      ...{ value: { qualifier: 'live', everyMinutes: 5, environments: 3 }, stillServes: expect.any(Function) },
      reason: expect.stringMatching(/^class standard: .*: 3 at once every 5 minutes, live$/),
    });
    expect(warmed(undefined).value).toMatchObject({ qualifier: '$LATEST' });
  });

  it('lets what was set serve until the need has doubled or halved', () => {
    const served = (tags: Record<string, string>, field: string) =>
      [1, 2, 3, 6, 7].map((each) => byClass({ tags }).wanted[0]!.stillServes!({ [field]: each }));
    expect(served(critical, 'executions')).toEqual([false, true, true, true, false]);
    expect(served(standard, 'environments')).toEqual([false, true, true, true, false]);
    const [wanted] = byClass({ periods: [{ invocations: 1_000, maximumConcurrency: 4 }] }).wanted;
    expect([2, 8].map((executions) => wanted!.stillServes!({ executions }))).toEqual([true, true]);
  });

  it.each([
    [
      'its owner excluded',
      { tags: { ...critical, 'rightsizer:exclude': 'true' } },
      { reason: 'tagged rightsizer:exclude' },
    ],
    ['has no class', { tags: {} }, { reason: 'no class (tag rightsizer:class)', isWithdrawn: true }],
    [
      'is of class batch',
      { tags: { 'rightsizer:class': 'batch' } },
      { reason: 'class batch: nobody waits, cold starts are accepted', isWithdrawn: true },
    ],
    ['has several aliases', { ambiguous: 'two aliases' }, { reason: 'two aliases' }],
    [
      'has no alias to provision',
      { qualifier: undefined },
      { reason: 'provisioned concurrency needs an alias, and callers use none' },
    ],
    ['is scaled already', { isScaled: true }, { reason: 'Application Auto Scaling moves its provisioned concurrency' }],
    [
      'would work at every warm-up call',
      { tags: { 'rightsizer:class': 'standard' } },
      {
        reason:
          'nothing says that its handler answers warm-up calls without working; wrap it in withWarmUp() and tag it rightsizer:warm-up',
      },
    ],
  ] as const)('leaves a function alone that %s, and says so', (_, given, why) => {
    expect(refusal(given)).toEqual([{ resource: 'function/a', ...why }]);
  });

  it('spends its budget to the cent, and says what is left', () => {
    const price = 3 * ((365.25 / 12) * 86_400) * fallbackPrices().architectures.arm64.provisionedUsdPerGbSecond;
    expect(byClass({}, { provisionedBudgetUsdPerMonth: price }).wanted).toHaveLength(1);
    expect(refusal({}, { provisionedBudgetUsdPerMonth: 26 })[0]!.reason).toBe(
      '3 provisioned would cost $26.30 a month, $26.00 of the budget are left',
    );
  });

  it('plans functions of one class in order of their names', () => {
    const { wanted } = plan([fn('c', critical), fn('a', critical), fn('b', critical)]);
    expect(wanted.map(({ resource }) => resource)).toEqual(['function/a', 'function/b', 'function/c']);
  });

  it('goes by class where evidence is missing, and says so', () => {
    const { advice } = byClass({ evidence: undefined }, { mode: 'measured' });
    expect(advice).toMatchObject([
      {
        strategy: 'provisioned-concurrency',
        reason: expect.stringMatching(/^not enough evidence of its starts, so by class\. class critical/),
      },
    ]);
  });

  it('offers by measurement only what can be had', () => {
    const strategies = (given: Partial<MitigatedFunction>) =>
      [
        ...new Set(
          byClass({ runtime: 'java21', ...given }, { mode: 'measured' }).advice[0]!.arithmetic.map(
            (each) => /^[a-z-]+(?= of|:)/.exec(each)![0],
          ),
        ),
      ].sort();
    expect(strategies({})).toEqual(['accept', 'provisioned-concurrency', 'snap-start']);
    expect(strategies({ qualifier: undefined })).toEqual(['accept']);
    expect(strategies({ qualifier: undefined, tags: standard })).toEqual(['accept', 'warm-up']);
  });

  it('leaves SnapStart to a deployment', () => {
    const [skipped] = refusal({ runtime: 'java21' }, { mode: 'measured' });
    expect(skipped!.reason).toMatch(
      /^cheapest of .*; switch SnapStart on and publish a version, which a deployment must do$/,
    );
    expect(skipped).not.toHaveProperty('isWithdrawn');
  });

  it('takes as many environments as the measurement says', () => {
    const { wanted, advice } = byClass({}, { mode: 'measured' });
    expect(advice[0]!.reason).toContain('provisioned-concurrency of 1');
    expect(wanted[0]!.value).toEqual({ executions: 1 });
  });

  it('follows a wish of as long as an invocation can take', () => {
    const wish = (ms: number) =>
      byClass({ tags: { ...critical, 'rightsizer:wanted-p99-ms': `${ms}` } }, { mode: 'measured' }).advice[0]!.reason;
    expect(wish(900_000)).toContain('900000 ms');
    expect(wish(900_001)).toContain('3000 ms');
  });
});
