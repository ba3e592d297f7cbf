import type { AssessedOutcome, ChangedOutcome } from '../../../../../../shared/contracts/outcome.ts';
import { operatingCost } from '../../../../../../shared/domain/night/summary/operating-cost.ts';
import {
  answeredSourcesOf,
  countNight,
  type NightResults,
  sumSavings,
  unavailableSourcesOf,
} from '../../../../../../shared/domain/night/summary/summarize.ts';
import { estimateNightUsage } from '../../../../../../shared/domain/pricing/estimate-night-usage.ts';
import { nightBill } from '../../../../../../shared/domain/pricing/night-bill.ts';
import { PRICES_AS_OF } from '../../../../../../shared/domain/pricing/service-prices.ts';

/** Every kind of outcome, and each count that it is part of. */
const identity = {
  schemaVersion: 1,
  functionName: 'orders',
  functionArn: 'arn:aws:lambda:eu-west-1:1:function:orders',
};
const changed = (kind: ChangedOutcome['kind'], more: Partial<ChangedOutcome> = {}) =>
  ({ ...identity, runId: 'r', kind, reason: 'because', ...more }) as ChangedOutcome;
const assessed = (kind: AssessedOutcome['kind'], more: Partial<AssessedOutcome> = {}) =>
  ({ ...identity, kind, reason: 'because', ...more }) as AssessedOutcome;
const night = (results: Partial<NightResults>): NightResults => ({
  excluded: [],
  assessed: [],
  settled: [],
  changed: [],
  ...results,
});

it.each<[ChangedOutcome['kind'], string[]]>([
  ['Verified', ['proposed', 'approved', 'applied', 'verified']],
  ['Watching', ['proposed', 'approved', 'applied', 'watching']],
  ['Unverified', ['proposed', 'approved', 'applied']],
  ['RollbackRefused', ['proposed', 'approved', 'applied']],
  ['RolledBack', ['proposed', 'approved', 'applied', 'rolledBack']],
  ['Refused', ['proposed', 'approved', 'refused']],
  ['Failed', ['proposed', 'approved', 'failed']],
  ['Rejected', ['proposed', 'rejected']],
])('a proposal that somebody decided on and that ends as %s counts as %j', (kind, expected) => {
  const counts = countNight(night({ changed: [changed(kind, { decidedBy: 'Ada' })] }));
  expect(Object.entries(counts).flatMap(([name, count]) => (count === 1 ? [name] : []))).toEqual(expected);
  expect(Object.values(counts).every((count) => count === 0 || count === 1)).toBe(true);
});

it('takes nobody’s silence for an approval', () => {
  expect(countNight(night({ changed: [changed('Expired')] }))).toMatchObject({ proposed: 1, approved: 0, expired: 1 });
});

it('counts failures of assessing and of changing together', () => {
  const results = night({ assessed: [assessed('Failed'), assessed('Failed')], changed: [changed('Failed')] });
  expect(countNight(results).failed).toBe(3);
});

it('says how many were left out, and nothing where none were', () => {
  expect(countNight(night({ assessed: [assessed('LeftOut'), assessed('Optimized')] })).leftOut).toBe(1);
  expect(countNight(night({ assessed: [assessed('Optimized')] }))).not.toHaveProperty('leftOut');
});

it('adds nothing for savings that nobody estimated or measured', () => {
  expect(sumSavings(night({ changed: [changed('Verified'), changed('Watching')] }))).toEqual({
    estimatedUsdPerMonth: 0,
    realizedUsdPerMonth: 0,
  });
});

it('realizes nothing before it is verified', () => {
  const measured = { realizedSavingsUsdPerMonth: 7 };
  const kinds = ['Watching', 'Unverified', 'RolledBack', 'Verified'] as const;
  expect(sumSavings(night({ changed: kinds.map((kind) => changed(kind, measured)) })).realizedUsdPerMonth).toBe(7);
});

describe('sources', () => {
  const priced = (priceSource: string) =>
    assessed('Proposable', { savings: { priceSource, pricesAsOf: '2026-09-19' } as never });

  it('tell of dated prices with their date, whoever else had none', () => {
    const results = night({ assessed: [assessed('Failed'), priced('PriceList'), priced('Fallback')] });
    expect(unavailableSourcesOf([[{ source: 'Tags', reason: 'denied' }]], results)).toEqual([
      { source: 'Tags', reason: 'denied' },
      { source: 'PriceList', reason: 'prices are those of 2026-09-19: the list could not be read' },
    ]);
  });

  it('have no dated prices where every price is of the list, or nobody was priced', () => {
    expect(unavailableSourcesOf([], night({ assessed: [priced('PriceList'), assessed('Failed')] }))).toEqual([]);
  });

  it('that answered include the Price List by one price, and not by none', () => {
    const answered = (...outcomes: AssessedOutcome[]) => answeredSourcesOf([], night({ assessed: outcomes }));
    expect(answered(assessed('Failed'), priced('PriceList'))).toEqual(['PriceList']);
    expect(answered(assessed('Failed'), priced('Fallback'))).toEqual([]);
    expect(answered()).toEqual([]);
  });
});

it('prices the night by its own counts, in lines that are worth a hundredth of a cent', () => {
  const results = night({
    assessed: Array.from({ length: 300 }, () => assessed('Optimized')),
    settled: [changed('Verified')],
    changed: [changed('Verified', { decidedBy: 'Ada' }), changed('Expired'), changed('Expired')],
  });
  const usage = estimateNightUsage({
    assessed: 300,
    applied: 1,
    notApplied: 2,
    settled: 1,
    scannedBytes: 5e9,
    ownMetrics: 7,
  });
  const { lines, usdPerNight } = nightBill(usage);
  const cost = operatingCost(results, 5e9);
  expect(cost.usdPerNight).toBeCloseTo(usdPerNight, 6);
  expect(cost.pricesAsOf).toBe(PRICES_AS_OF);
  const worthIt = lines.filter(({ usd }) => usd >= 0.0001).map(({ item }) => item);
  expect(Object.keys(cost.largestLinesUsd)).toEqual(worthIt);
  expect(worthIt.length).toBeLessThan(lines.length);
  for (const usd of [cost.usdPerNight, ...Object.values(cost.largestLinesUsd)])
    expect(Math.abs(usd * 1e6 - Math.round(usd * 1e6))).toBeLessThan(1e-6);
});
