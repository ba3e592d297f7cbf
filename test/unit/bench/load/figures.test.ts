import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { atLeast, atMost, below, printReport, table } from '../../../../bench/load/checks.ts';
import { billedDurationMs, type CostProfile, costPerUser } from '../../../../bench/load/cost-per-user.ts';
import { EmfReader } from '../../../../bench/load/emf-lines.ts';
import { median, medianInterval95, percentile } from '../../../../bench/load/statistics.ts';
import { seededRandom, zipfSampler } from '../../../../bench/load/zipf.ts';

const PROFILE = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../../bench/load/cost-profile.json'), 'utf8'),
) as CostProfile;

const REQUEST = {
  cacheHitRate: 0.5,
  meanDurationMs: 3,
  meanWaitMs: 2,
  initMs: 100,
  readsPerRequest: 0.5,
  metricBytesPerRequest: 400,
  customMetrics: 4,
};

describe('zipfSampler', () => {
  it('draws ranks in proportion to their weight', () => {
    const draw = zipfSampler(3, 1, seededRandom(5));
    const counts = [0, 0, 0];
    for (let index = 0; index < 11_000; index++) counts[draw()]! += 1;
    expect(counts.map((count) => Math.round(count / 1_000))).toEqual([6, 3, 2]);
  });
});

describe('percentile', () => {
  it('is the smallest value that the share does not exceed', () => {
    expect(percentile([5, 1, 3, 2, 4], 0.95)).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2);
    expect(percentile([], 0.5)).toBeNaN();
  });
});

describe('costPerUser', () => {
  it('makes the CPU part of a duration longer at a smaller memory size, and the waiting no longer', () => {
    const profile = { ...PROFILE, memorySizeMb: 1_769, coldStartShare: 0 };
    expect(billedDurationMs(REQUEST, profile)).toBeCloseTo(3);
    expect(billedDurationMs(REQUEST, { ...profile, memorySizeMb: 1_769 / 4 })).toBeCloseTo(2 + 4);
    expect(billedDurationMs(REQUEST, { ...profile, coldStartShare: 0.1 })).toBeCloseTo(3 + 10);
  });

  it('charges model calls for what the cache cannot answer only', () => {
    const ai = (cacheHitRate: number) =>
      costPerUser({ ...REQUEST, cacheHitRate }, PROFILE).find((line) => line.item === 'AI')!.usdPerUserPerMonth;
    expect(ai(1)).toBe(0);
    expect(ai(0)).toBeCloseTo(600 * ((800 * 0.25 + 250 * 1.25) / 1e6));
    expect(ai(0.5)).toBeCloseTo(ai(0) / 2);
  });

  it('calls measured only what was: prices of assumed work are modelled', () => {
    const basis = Object.fromEntries(costPerUser(REQUEST, PROFILE).map((line) => [line.item, line.basis]));
    expect(basis).toMatchObject({ DynamoDB: 'measured', Lambda: 'modelled', AI: 'modelled', Storage: 'modelled' });
  });
});

describe('EmfReader', () => {
  const line = (extra: object) =>
    JSON.stringify({
      _aws: {
        CloudWatchMetrics: [
          { Dimensions: [['FunctionName']], Metrics: [{ Name: 'ResponseTime' }, { Name: 'CacheHit' }] },
        ],
      },
      FunctionName: 'ask',
      ...extra,
    });

  it('counts requests, hits, bytes and the metrics that would be billed', () => {
    const reader = new EmfReader();
    const texts = [line({ ResponseTime: 4, CacheHit: 0 }), line({ ResponseTime: 1, CacheHit: 1, RequestError: 0 })];
    for (const text of [...texts, 'START RequestId: 1']) reader.read(text);
    expect(reader.totals()).toMatchObject({
      requests: 2,
      cacheHits: 1,
      cacheLookups: 2,
      customMetrics: 2,
      hitMs: [1],
      missMs: [4],
    });
    expect(reader.totals().bytes).toBe(texts.join('\n').length + 1);
  });
});

describe('printReport', () => {
  const assumptions = ['measured: all of it'];

  it('ends with 1 when a target is missed and 0 when all are met', () => {
    const write = jest.fn();
    const met = [atMost('a', 1, 1, 'ms', 'measured'), atLeast('b', 1, 1, '%', 'measured')];
    expect(printReport({ title: 't', checks: met, assumptions }, true, write)).toBe(0);
    const missed = [...met, below('c', 1, 1, 'ms', 'modelled')];
    expect(printReport({ title: 't', checks: missed, assumptions }, true, write)).toBe(1);
    expect(JSON.parse(write.mock.calls[1][0])).toMatchObject({
      met: false,
      checks: [{ met: true }, { met: true }, { met: false }],
    });
  });

  it('misses the target when nothing was measured', () => {
    expect([below('a', Number.NaN, 1, '', 'measured').met, atLeast('b', Number.NaN, 1, '', 'measured').met]).toEqual([
      false,
      false,
    ]);
  });

  it('prints a table for people, with what is measured and what is modelled', () => {
    const texts: string[] = [];
    const checks = [below('p95', 12, 3_000, 'ms', 'modelled')];
    printReport({ title: 'Load', checks, tables: { Rows: [{ users: 10 }] }, assumptions }, false, (text) =>
      texts.push(text),
    );
    expect(texts.join('\n')).toMatch(/Load[\s\S]*users[\s\S]*p95[\s\S]*modelled[\s\S]*measured: all of it/);
  });

  it('draws numbers in four digits', () => {
    expect(table([{ value: 1.23456 }])).toContain('1.235');
  });
});

describe('medianInterval95', () => {
  it('covers the true median of skewed samples about 95 times in 100', () => {
    const random = seededRandom(11);
    const trueMedian = Math.LN2;
    let covered = 0;
    for (let trial = 0; trial < 2_000; trial++) {
      const { low, high } = medianInterval95(Array.from({ length: 31 }, () => -Math.log(1 - random())));
      if (low <= trueMedian && trueMedian <= high) covered += 1;
    }
    expect(covered / 2_000).toBeGreaterThan(0.94);
    expect(covered / 2_000).toBeLessThan(0.985);
  });

  it('is the whole range of a handful of values, and NaN of none', () => {
    expect(medianInterval95([3, 1, 2])).toEqual({ low: 1, high: 3 });
    expect(medianInterval95([])).toEqual({ low: Number.NaN, high: Number.NaN });
  });
});
