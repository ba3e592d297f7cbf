import fc from 'fast-check';
import { fallbackPrices } from '../../../../../shared/domain/pricing/fallback-prices.ts';
import { type MonthlyUsage, monthlyCost, savingsBetween } from '../../../../../shared/domain/pricing/monthly-cost.ts';

const prices = fallbackPrices();
const usage: MonthlyUsage = { architecture: 'x86_64', memorySizeMb: 1024, requests: 1_000_000, meanDurationMs: 99.5 };

describe('monthlyCost', () => {
  test('adds duration at whole milliseconds and requests', () => {
    expect(monthlyCost(usage, prices)).toEqual({
      durationUsd: expect.closeTo(100_000 * 0.0000166667, 8),
      requestsUsd: expect.closeTo(0.2, 10),
      ephemeralStorageUsd: 0,
      provisionedUsd: 0,
      totalUsd: expect.closeTo(1.86667, 6),
    });
  });

  test('charges ephemeral storage above the free 512 MB', () => {
    const { ephemeralStorageUsd } = monthlyCost({ ...usage, ephemeralStorageMb: 2560 }, prices);

    expect(ephemeralStorageUsd).toBeCloseTo(2 * 100_000 * 0.0000000309, 10);
  });

  test('charges provisioned environments all month and their invocations at the lower price', () => {
    const { durationUsd, provisionedUsd } = monthlyCost({ ...usage, provisionedConcurrency: 2 }, prices);

    expect(durationUsd).toBe(0);
    expect(provisionedUsd).toBeCloseTo(2 * 2_592_000 * 0.0000041667 + 100_000 * 0.0000097222, 8);
  });

  test('charges what spills over from provisioned environments on demand', () => {
    const spilled = monthlyCost({ ...usage, provisionedConcurrency: 2, provisionedShare: 0.75 }, prices);

    expect(spilled.durationUsd).toBeCloseTo(25_000 * 0.0000166667, 8);
  });

  test('bills memory by the GB, and adds every line up', () => {
    const small = { ...usage, memorySizeMb: 512, ephemeralStorageMb: 2560 };
    const cost = monthlyCost({ ...small, provisionedConcurrency: 2, provisionedShare: 0.75 }, prices);

    expect(cost.durationUsd).toBeCloseTo(12_500 * 0.0000166667, 8);
    expect(cost.provisionedUsd).toBeCloseTo(2_592_000 * 0.0000041667 + 37_500 * 0.0000097222, 8);
    const { durationUsd, requestsUsd, ephemeralStorageUsd, provisionedUsd, totalUsd } = cost;
    for (const line of [durationUsd, requestsUsd, ephemeralStorageUsd, provisionedUsd]) expect(line).toBeGreaterThan(0);
    expect(totalUsd).toBeCloseTo(durationUsd + requestsUsd + ephemeralStorageUsd + provisionedUsd, 10);
  });

  test('reaches the account’s cheaper tier', () => {
    const { durationUsd } = monthlyCost({ ...usage, accountGbSeconds: 6e9 }, prices);

    expect(durationUsd).toBeCloseTo(100_000 * 0.000015, 8);
  });
});

describe('savingsBetween', () => {
  const memory = fc.integer({ min: 128, max: 10_240 });
  const duration = fc.double({ min: 0, max: 900_000, noNaN: true });
  const requests = fc.integer({ min: 0, max: 1e9 });

  test('never exceed what the function cost', () => {
    fc.assert(
      fc.property(memory, memory, duration, duration, requests, (from, to, before, after, count) => {
        const was = { ...usage, memorySizeMb: from, meanDurationMs: before, requests: count };
        const becomes = { ...usage, memorySizeMb: to, meanDurationMs: after, requests: count };
        const { perMonthUsd, perYearUsd } = savingsBetween(was, becomes, prices);
        expect(perMonthUsd).toBeLessThanOrEqual(monthlyCost(was, prices).totalUsd);
        expect(perYearUsd).toBeCloseTo(12 * perMonthUsd, 4);
      }),
      { seed: 20_260_919 },
    );
  });

  test('are nothing without a change', () => {
    expect(savingsBetween(usage, usage, prices)).toEqual({ perMonthUsd: 0, perYearUsd: 0 });
  });
});
