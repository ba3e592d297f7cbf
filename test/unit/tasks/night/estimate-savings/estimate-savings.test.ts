import fc from 'fast-check';
import * as v from 'valibot';
import { type Assessment, estimateSavingsOutputSchema } from '../../../../../shared/contracts/assessment.ts';
import type { RunPolicy } from '../../../../../shared/contracts/run.ts';
import { fallbackPrices } from '../../../../../shared/domain/pricing/fallback-prices.ts';
import { estimateSavings } from '../../../../../tasks/night/estimate-savings/estimate-savings.ts';
import { isWorthProposing } from '../../../../../tasks/night/estimate-savings/is-worth-proposing.ts';
import { monthlySavings } from '../../../../../tasks/night/estimate-savings/monthly-savings.ts';
import { arnOf, functionMetrics, policy, runContext } from '../../../shared/domain/night/evidence/builders.ts';

const candidate = (memorySizeMb: number, meanDurationMs: number) => ({
  memorySizeMb,
  meanDurationMs,
  meanDurationLowerMs: meanDurationMs,
  meanDurationUpperMs: meanDurationMs,
  p95DurationMs: meanDurationMs,
  p95DurationLowerMs: meanDurationMs,
  p95DurationUpperMs: meanDurationMs,
  costUsdPerMillion: 1,
  relativeCost: 1,
  relativeDuration: 1,
  meetsGuard: true,
  observed: false,
});
const assessment = (changes: Partial<Assessment> = {}): Assessment => ({
  functionName: 'orders',
  functionArn: arnOf('orders'),
  architecture: 'x86_64',
  codeSha256: 'sha',
  owner: { tool: 'unknown' },
  tags: {},
  finding: 'NotOptimized',
  findingReasons: ['MemoryOverprovisioned'],
  reason: 'less',
  risk: 'Low',
  current: { memorySizeMb: 1024, timeoutSeconds: 30 },
  recommended: { memorySizeMb: 512, timeoutSeconds: 30 },
  baselineMemorySizeMb: 1024,
  ephemeralStorageMb: 512,
  metrics: functionMetrics({ invocationsPerMonth: 10_000_000, meanDurationMs: 100 }),
  memory: { source: 'ReportLines', maxMemoryUsedMb: 200 },
  candidates: [candidate(512, 110), candidate(1024, 100)],
  advice: [],
  ...changes,
});
const prices = fallbackPrices('us-east-1');

describe('monthlySavings', () => {
  it('is cost before less cost after at the traffic production has', () => {
    const savings = monthlySavings(assessment(), prices);
    // 10 M × (0.1 s × 1 GB × 0.0000166667 + 0.0000002) and 10 M × (0.11 s × 0.5 GB × 0.0000166667 + 0.0000002)
    expect(savings.costUsdPerMonthBefore).toBeCloseTo(18.6667, 4);
    expect(savings.costUsdPerMonthAfter).toBeCloseTo(11.166685, 4);
    expect(savings.savingsUsdPerMonth).toBeCloseTo(7.500015, 4);
    expect(savings.savingsUsdPerYear).toBeCloseTo(savings.savingsUsdPerMonth * 12, 4);
    expect(savings).toMatchObject({ priceSource: 'Fallback', pricesAsOf: prices.asOf });
  });

  it('starts from the measured duration, whatever level the model put the current size at', () => {
    const shifted = assessment({ candidates: [candidate(512, 220), candidate(1024, 200)] });
    expect(monthlySavings(shifted, prices)).toEqual(monthlySavings(assessment(), prices));
  });

  it('charges ephemeral storage above 512 MB for as long as the function runs', () => {
    const extra = monthlySavings(assessment({ ephemeralStorageMb: 2560 }), prices).costUsdPerMonthBefore;
    expect(extra - monthlySavings(assessment(), prices).costUsdPerMonthBefore).toBeCloseTo(
      1e7 * 0.1 * 2 * 0.0000000309,
      5,
    );
  });

  it('uses the price of the architecture', () => {
    const arm = monthlySavings(assessment({ architecture: 'arm64' }), prices);
    expect(arm.costUsdPerMonthBefore).toBeLessThan(monthlySavings(assessment(), prices).costUsdPerMonthBefore);
  });

  it.each<[string, Partial<Assessment>]>([
    ['metrics', { metrics: undefined }],
    ['a duration', { metrics: functionMetrics({ meanDurationMs: undefined }) }],
  ])('claims nothing without %s', (_what, changes) => {
    expect(monthlySavings(assessment(changes), prices)).toMatchObject({
      costUsdPerMonthBefore: 0,
      costUsdPerMonthAfter: 0,
      savingsUsdPerMonth: 0,
    });
  });

  it('never saves more than the function costs, and adds up', () => {
    const ms = fc.double({ min: 1, max: 900_000, noNaN: true });
    const mb = fc.integer({ min: 128, max: 10_240 });
    fc.assert(
      fc.property(
        mb,
        mb,
        ms,
        ms,
        fc.nat(1e9),
        fc.integer({ min: 512, max: 10_240 }),
        (now, then, nowMs, thenMs, invocationsPerMonth, ephemeralStorageMb) => {
          const savings = monthlySavings(
            assessment({
              current: { memorySizeMb: now, timeoutSeconds: 30 },
              recommended: { memorySizeMb: then, timeoutSeconds: 30 },
              metrics: functionMetrics({ invocationsPerMonth, meanDurationMs: nowMs }),
              candidates: [candidate(now, nowMs), ...(then === now ? [] : [candidate(then, thenMs)])],
              ephemeralStorageMb,
            }),
            prices,
          );
          expect(savings.savingsUsdPerMonth).toBeLessThanOrEqual(savings.costUsdPerMonthBefore);
          expect(savings.costUsdPerMonthAfter).toBeGreaterThanOrEqual(0);
          const gap = savings.costUsdPerMonthBefore - savings.costUsdPerMonthAfter - savings.savingsUsdPerMonth;
          expect(Math.abs(gap)).toBeLessThan(1e-5 + savings.costUsdPerMonthBefore * 1e-9);
        },
      ),
    );
  });
});

describe('isWorthProposing', () => {
  it.each<[string, number, Partial<Assessment>, boolean]>([
    ['is not where less than one per cent of the bill would be saved', 0.9, {}, false],
    ['is from one per cent on', 1, {}, true],
    ['is for less where nobody is asked', 0.9, { isCovered: true }, true],
  ])('%s', (_, savingsUsdPerMonth, changes, isWorth) => {
    const savings = { ...monthlySavings(assessment(), prices), costUsdPerMonthBefore: 100, savingsUsdPerMonth };
    expect(
      isWorthProposing(assessment(changes), savings, policy({ strategy: 'cost', minimumSavingsUsdPerMonth: 0.5 })),
    ).toBe(isWorth);
  });

  it('is for any share of the bill where attention has no price, or money is not what the strategy is about', () => {
    const savings = { ...monthlySavings(assessment(), prices), costUsdPerMonthBefore: 100, savingsUsdPerMonth: 0.9 };
    const free = policy({ strategy: 'cost', minimumSavingsUsdPerMonth: 0 });
    expect(isWorthProposing(assessment(), savings, free)).toBe(true);
    const balanced = policy({ strategy: 'balanced', minimumSavingsUsdPerMonth: 0.5 });
    expect(isWorthProposing(assessment(), savings, balanced)).toBe(true);
  });

  const worth = (changes: Partial<Assessment>, savingsUsdPerMonth: number, policyChanges: Partial<RunPolicy> = {}) => {
    const savings = { ...monthlySavings(assessment(), prices), savingsUsdPerMonth };
    return isWorthProposing(assessment(changes), savings, policy(policyChanges));
  };
  const raised = {
    recommended: { memorySizeMb: 2048, timeoutSeconds: 30 },
    findingReasons: ['MemoryUnderprovisioned'],
  };

  it.each([
    [1, true],
    [0.999999, false],
    [-5, false],
  ])('asks for a saving of $%d: %s', (saved, answer) => {
    expect(worth({}, saved)).toBe(answer);
  });

  it('asks nobody for a change that saves nothing, however low the minimum', () => {
    expect(worth({}, 0, { minimumSavingsUsdPerMonth: 0 })).toBe(false);
  });

  it.each<[string, Partial<Assessment>]>([
    ['used memory nearly fills the size', { ...raised, memory: { source: 'ReportLines', maxMemoryUsedMb: 950 } }],
    ['it has run out of memory', { ...raised, findingReasons: ['OutOfMemory'] }],
    ['its timeout is too short', { recommended: { memorySizeMb: 1024, timeoutSeconds: 60 } }],
  ])('asks for safety at any price where %s', (_what, changes) => {
    expect(worth(changes, -100)).toBe(true);
  });

  it('does not pay for memory that is not needed under the cost strategy, and does where speed was asked for', () => {
    expect(worth(raised, -3)).toBe(false);
    expect(worth(raised, -3, { strategy: 'speed' })).toBe(true);
    expect(worth(raised, -3, { strategy: 'brief-rules' })).toBe(true);
  });

  it('pays for the speed that an earlier change took beyond the guard', () => {
    const slow = { ...candidate(1024, 130), meetsGuard: false };

    expect(worth({ ...raised, candidates: [slow, candidate(2048, 100)] }, -3)).toBe(true);
    expect(worth({ ...raised, candidates: [{ ...slow, meetsGuard: true }, candidate(2048, 100)] }, -3)).toBe(false);
  });

  it('asks for an experiment by what it is expected to save in the end, under the cost strategy only', () => {
    const { costUsdPerMonthBefore } = monthlySavings(assessment(), prices);
    const minimumSavingsUsdPerMonth = 0.1 * costUsdPerMonthBefore;

    expect(worth({ expectedGain: 0.11 }, 0.01, { minimumSavingsUsdPerMonth })).toBe(true);
    expect(worth({ expectedGain: 0.09 }, 0.01, { minimumSavingsUsdPerMonth })).toBe(false);
    expect(worth({ expectedGain: 0.11 }, 0, { minimumSavingsUsdPerMonth, strategy: 'balanced' })).toBe(false);
  });

  it('asks nobody to pay for insight, unless attention costs nothing', () => {
    expect(worth({ ...raised, expectedGain: 0.9 }, -3)).toBe(false);
    expect(worth({ ...raised, expectedGain: 0.9 }, -3, { minimumSavingsUsdPerMonth: 0 })).toBe(true);
  });

  it('asks for a longer timeout where calls are cut off, and where they come near it if the function is worth a question', () => {
    const longer = { recommended: { memorySizeMb: 1024, timeoutSeconds: 60 } };
    const slowest = (maxDurationMs: number) => ({ ...longer, metrics: { ...assessment().metrics!, maxDurationMs } });
    const minimumSavingsUsdPerMonth = 1 + monthlySavings(assessment(), prices).costUsdPerMonthBefore;

    expect(worth(slowest(30_000), 0, { minimumSavingsUsdPerMonth })).toBe(true);
    expect(worth(slowest(26_000), 0, { minimumSavingsUsdPerMonth })).toBe(false);
    expect(worth(slowest(26_000), 0)).toBe(true);
  });

  it.each<[string, Partial<Assessment>]>([
    ['optimized', { finding: 'Optimized' }],
    ['unavailable', { finding: 'Unavailable' }],
    ['not to be changed', { recommended: { memorySizeMb: 1024, timeoutSeconds: 30 } }],
  ])('asks nobody about a function that is %s', (_what, changes) => {
    expect(worth(changes, 100)).toBe(false);
  });
});

describe('estimateSavings', () => {
  it("asks for the prices of the function's region and answers the contract", async () => {
    const regions: string[] = [];
    const lambdaPrices = async (region: string) => {
      regions.push(region);
      return fallbackPrices(region);
    };
    const output = await estimateSavings({ run: runContext(), assessment: assessment() }, { prices: { lambdaPrices } });
    expect(regions).toEqual(['eu-west-1']);
    expect(v.parse(estimateSavingsOutputSchema, output)).toEqual(output);
    expect(output.worthProposing).toBe(true);
  });

  it('rejects an input without an assessment', async () => {
    const prices = { lambdaPrices: async () => fallbackPrices() };
    await expect(estimateSavings({ run: runContext() }, { prices })).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});
