import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { curveLikelihoods, learnPrior } from '../../../../bench/learn-prior/learn.ts';
import { priorSource } from '../../../../bench/learn-prior/main.ts';
import { loadCurves, VENDORED_CURVES } from '../../../../bench/quality/curves.ts';
import type { CurvePrior } from '../../../../shared/domain/night/recommendation/prior.ts';
import { aCurve } from '../quality/curves-for-tests.ts';

function learned(...curves: ReturnType<typeof aCurve>[]): CurvePrior {
  return learnPrior(curves.map((curve) => ({ group: curve.group, likelihoods: curveLikelihoods(curve) })));
}

function weightWhere(prior: CurvePrior, holds: (ioShare: number) => boolean): number {
  return prior.shapes.reduce((sum, shape, index) => sum + (holds(shape.ioShare) ? prior.shapeWeights[index]! : 0), 0);
}

describe('learnPrior', () => {
  const waiting = aCurve(500, 0, { group: 'waiting' });
  const computing = aCurve(0, 100, { group: 'computing' });

  test('weighs shapes like the curves it saw', () => {
    const isWaiting = (ioShare: number): boolean => ioShare >= 0.9;
    const groups = (curve: typeof waiting): (typeof waiting)[] =>
      Array.from({ length: 10 }, (_, index) => ({ ...curve, group: `${curve.group} ${index}` }));

    expect(weightWhere(learned(...groups(waiting)), isWaiting)).toBeGreaterThan(
      1.5 * weightWhere(learned(...groups(computing)), isWaiting),
    );
  });

  test('counts clones once', () => {
    expect(priorSource(learned(waiting, computing, computing, computing))).toBe(
      priorSource(learned(waiting, computing)),
    );
  });

  test('has weights that add up to one', () => {
    const prior = learned(waiting, computing);

    expect(prior.shapeWeights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
    expect(prior.misfitWeights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 10);
  });
});

describe('the generated prior', () => {
  test('is what the vendored curves teach today', () => {
    const generated = join(import.meta.dirname, '../../../../shared/domain/night/recommendation/prior.generated.ts');

    expect(priorSource(learned(...loadCurves(VENDORED_CURVES)))).toBe(readFileSync(generated, 'utf8'));
  });
});
