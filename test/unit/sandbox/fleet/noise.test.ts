import { DurationShape } from '../../../../sandbox/fleet/duration-shape.ts';
import {
  hashText,
  mix,
  normal,
  normalCdf,
  poisson,
  probit,
  SeededStream,
  uniform,
} from '../../../../sandbox/fleet/noise.ts';
import { Timeline } from '../../../../sandbox/fleet/timeline.ts';

const draws = Array.from({ length: 50_000 }, (_, index) => mix(hashText('draws'), index));

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('noise', () => {
  it('is uniform, and normal with mean 0 and deviation 1', () => {
    expect(mean(draws.map(uniform))).toBeCloseTo(0.5, 2);
    const normals = draws.map(normal);
    expect(mean(normals)).toBeCloseTo(0, 1);
    expect(mean(normals.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(normals.filter((value) => value > 3).length / normals.length).toBeCloseTo(0.00135, 3);
  });

  it('interpolates the inverse normal distribution to within 0.02, in the tails exactly', () => {
    const worst = Math.max(...draws.map((hash) => Math.abs(normal(hash) - probit(uniform(hash)))));
    expect(worst).toBeLessThan(0.02);
    expect(normal(0)).toBe(probit(uniform(0)));
    expect(normal(-1)).toBe(probit(uniform(-1)));
    expect(normalCdf(probit(0.975))).toBeCloseTo(0.975, 6);
  });

  it.each([0.2, 5, 29, 31, 5_000])('draws Poisson counts of mean and variance %d', (expected) => {
    const counts = draws.map((hash) => poisson(expected, hash));
    expect(mean(counts) / expected).toBeCloseTo(1, 1);
    expect(mean(counts.map((count) => (count - expected) ** 2)) / expected).toBeCloseTo(1, 1);
  });

  it('gives streams of different names different numbers', () => {
    const [a, b] = ['a', 'b'].map((name) => new SeededStream(1, name));
    expect(a!.next()).not.toBe(b!.next());
    expect(new SeededStream(1, 'a').next()).toBe(new SeededStream(1, 'a').next());
  });
});

describe('DurationShape', () => {
  it.each([
    ['a log-normal tail', DurationShape.logNormal(0.5)],
    [
      'measured percentiles',
      DurationShape.through([
        { p: 0.5, ratio: 0.98 },
        { p: 0.95, ratio: 1.2 },
        { p: 0.99, ratio: 2 },
      ]),
    ],
  ])('of %s has mean 1, and a distribution function that inverts its quantiles', (_title, shape) => {
    const ratios = draws.map((hash) => shape.ratioAt(normal(hash)));
    expect(mean(ratios)).toBeCloseTo(1, 1);
    for (const score of [-2, 0, 1, 2.5]) expect(shape.cdf(shape.logRatioAt(score))).toBeCloseTo(normalCdf(score), 6);
    expect(shape.limitedShare(Math.log(1e9))).toBeCloseTo(1, 9);
    expect(shape.limitedShare(0)).toBeLessThan(1);
  });
});

describe('Timeline', () => {
  const first = {
    fromMs: 0,
    parts: [],
    durationFactor: 1,
    extraErrorRate: 0,
    reservedConcurrency: undefined,
    leakMbPerHour: 0,
    freshSinceMs: 0,
    deleted: false,
  };

  it('holds each change until a later one of the same trait, in whatever order they are told', () => {
    const timeline = new Timeline(first);
    timeline.change(200, { durationFactor: 1 });
    timeline.change(100, { durationFactor: 2, leakMbPerHour: 5 });
    timeline.change(150, { extraErrorRate: 0.1 });
    const seen = timeline.regimes.map(({ fromMs, durationFactor, leakMbPerHour, extraErrorRate }) => [
      fromMs,
      durationFactor,
      leakMbPerHour,
      extraErrorRate,
    ]);
    expect(seen).toEqual([
      [0, 1, 0, 0],
      [100, 2, 5, 0],
      [150, 2, 5, 0.1],
      [200, 1, 5, 0.1],
    ]);
    expect(timeline.at(99)!.durationFactor).toBe(1);
    expect(timeline.at(-1)).toBeUndefined();
  });

  it('rejects a change before the function exists', () => {
    expect(() => new Timeline(first).change(-1, { deleted: true })).toThrow('does not exist yet');
  });
});
