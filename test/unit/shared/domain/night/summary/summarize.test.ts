import type { ChangedOutcome } from '../../../../../../shared/contracts/outcome.ts';
import {
  answeredSourcesOf,
  countNight,
  type NightResults,
  sumSavings,
  unavailableSourcesOf,
} from '../../../../../../shared/domain/night/summary/summarize.ts';

const changed = (kind: ChangedOutcome['kind'], more: Partial<ChangedOutcome> = {}): ChangedOutcome => ({
  schemaVersion: 1,
  functionName: 'orders',
  functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
  runId: 'scheduled-2026-11-02',
  kind,
  reason: 'because',
  ...more,
});
const night = (results: Partial<NightResults>): NightResults => ({
  excluded: [],
  assessed: [],
  settled: [],
  changed: [],
  ...results,
});

it("counts only tonight's proposals as proposed, applied, expired and refused, whatever of earlier nights was settled", () => {
  const settled = [changed('Verified'), changed('RolledBack'), changed('Refused'), changed('Expired')];
  const tonight = [changed('Watching', { decidedBy: 'Ada' }), changed('Rejected', { decidedBy: 'Ada' })];
  expect(countNight(night({ settled, changed: tonight }))).toMatchObject({
    proposed: 2,
    approved: 1,
    rejected: 1,
    applied: 1,
    expired: 0,
    refused: 0,
    // These count where a change ended tonight, whenever it was proposed.
    verified: 1,
    rolledBack: 1,
    watching: 1,
  });
});

it('counts every function once, whichever way it went', () => {
  const excluded = [{ functionName: 'a', functionArn: 'a', reason: 'OptedOut', message: 'tag' }] as const;
  const kinds = ['Optimized', 'Proposable', 'Excluded', 'Failed', 'Unavailable'] as const;
  const assessed = kinds.map((kind) => ({ ...changed('Verified'), kind }));
  expect(countNight(night({ excluded, assessed }))).toMatchObject({
    discovered: 6,
    excluded: 2,
    assessed: 3,
    failed: 1,
  });
});

it('adds up estimates of what stands, and measurements of what is verified', () => {
  const money = { estimatedSavingsUsdPerMonth: 10, realizedSavingsUsdPerMonth: 7 };
  const settled = [changed('Verified', money)];
  const tonight = [changed('Verified', money), changed('RolledBack', money), changed('Watching', money)];
  expect(sumSavings(night({ settled, changed: tonight }))).toEqual({
    estimatedUsdPerMonth: 20,
    realizedUsdPerMonth: 14,
  });
});

it('counts the Price List among the sources that answered where prices came from it', () => {
  const savings = { priceSource: 'PriceList' } as never;
  const assessed = [{ ...changed('Verified'), kind: 'Proposable' as const, savings }];
  expect(answeredSourcesOf([undefined, ['Tags'], ['Tags', 'Traffic']], night({ assessed }))).toEqual([
    ...['Tags', 'Traffic'],
    'PriceList',
  ]);
});

it('names a source once, with what was heard of it first', () => {
  const away = [{ source: 'Tags', reason: 'first' }];
  expect(unavailableSourcesOf([undefined, away, [{ source: 'Tags', reason: 'second' }]], night({}))).toEqual(away);
});

it.each([
  ['eu-west-1', ['PriceList']],
  ['cn-north-1', []],
  ['us-gov-west-1', []],
])('takes dated prices in %s for %j that was away', (region, names) => {
  const savings = { priceSource: 'Fallback', pricesAsOf: '2026-09-19' } as never;
  const functionArn = `arn:aws:lambda:${region}:123456789012:function:orders`;
  const assessed = [{ ...changed('Verified'), kind: 'Proposable' as const, functionArn, savings }];
  expect(unavailableSourcesOf([], night({ assessed })).map(({ source }) => source)).toEqual(names);
});
