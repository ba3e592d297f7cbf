import type { LiveAlias } from '../../../../../../shared/domain/night/change/live-function.ts';
import { aliasTarget, carryingAlias } from '../../../../../../shared/domain/night/eligibility/alias-target.ts';
import { liveFunction } from '../../../../../support/builders.ts';

const alias = (overrides: Partial<LiveAlias> = {}): LiveAlias => ({
  name: 'live',
  functionVersion: '4',
  weights: {},
  revisionId: 'r',
  ...overrides,
});
const facts = {
  alias: alias(),
  live: liveFunction(),
  version: liveFunction(),
  hasProvisionedConcurrency: false,
};

describe('carryingAlias', () => {
  it('finds the alias that carries practically all traffic', () => {
    const shares = new Map([
      ['live', 0.95],
      ['canary', 0.05],
    ]);
    expect(carryingAlias([alias({ name: 'canary' }), alias()], shares)).toMatchObject({ name: 'live' });
  });

  it.each([
    [
      'two aliases share the traffic',
      [alias(), alias({ name: 'b' })],
      { live: 0.5, b: 0.5 },
      'no single alias carries it',
    ],
    ['an alias carries less than 95 %', [alias()], { live: 0.94 }, 'no single alias carries it'],
    ['nobody calls an alias', [alias()], {}, 'no single alias carries it'],
    ['somebody shifts it already', [alias({ weights: { 5: 0.1 } })], { live: 1 }, 'alias live already has weights'],
    ['it leads to $LATEST', [alias({ functionVersion: '$LATEST' })], { live: 1 }, 'alias live leads to $LATEST'],
  ])('finds none when %s', (_, aliases, shares, why) => {
    expect(carryingAlias(aliases, new Map(Object.entries(shares)))).toEqual({ why });
  });
});

describe('aliasTarget', () => {
  it('is the alias whose version is what $LATEST is', () => {
    expect(aliasTarget(facts)).toEqual({ kind: 'alias', aliasName: 'live', functionVersion: '4' });
  });

  it.each([
    ['provisioned concurrency', { hasProvisionedConcurrency: true }, /provisioned concurrency/],
    ['SnapStart on the version', { version: liveFunction({ snapStart: true }) }, /SnapStart/],
    ['SnapStart on $LATEST', { live: liveFunction({ snapStart: true }) }, /SnapStart/],
    ['unreleased code', { version: liveFunction({ codeSha256: 'older' }) }, /nobody has released/],
    ['another memory size', { version: liveFunction({ memorySizeMb: 2048 }) }, /another memory size/],
    ['another timeout', { version: liveFunction({ timeoutSeconds: 3 }) }, /another memory size or timeout/],
    ['a version that is gone', { version: undefined }, /version 4 is gone/],
  ])('is none with %s', (_, changes, why) => {
    expect(aliasTarget({ ...facts, ...changes })).toEqual({ why: expect.stringMatching(why) });
  });
});
