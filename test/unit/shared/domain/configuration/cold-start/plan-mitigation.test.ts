import { DEFAULT_COLD_START } from '../../../../../../shared/contracts/cold-start.ts';
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
