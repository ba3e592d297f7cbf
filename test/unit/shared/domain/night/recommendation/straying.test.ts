import { seededNormals } from '../../../../../../shared/domain/night/recommendation/normal.ts';
import {
  drawStraying,
  strayingCovariance,
  strayingSteps,
} from '../../../../../../shared/domain/night/recommendation/straying.ts';

const misfit = { deviation: 0.2, lengthOctaves: 2 };
const sizesMb = [128, 256, 300, 1024];
const PATHS = 40_000;

function drawnPaths(): Float64Array[] {
  const steps = strayingSteps(misfit, sizesMb);
  const normals = seededNormals(PATHS * sizesMb.length * 2, 7);
  return Array.from({ length: PATHS }, (_, row) => {
    const path = new Float64Array(sizesMb.length);
    drawStraying(steps, { normals, offset: row * sizesMb.length * 2, sign: 1 }, path);
    return path;
  });
}

describe('straying', () => {
  test('draws paths whose covariance is the one predictions are made with', () => {
    const paths = drawnPaths();

    for (const [i, a] of sizesMb.entries()) {
      for (const [j, b] of sizesMb.entries()) {
        const sampled = paths.reduce((sum, path) => sum + path[i]! * path[j]!, 0) / PATHS;
        const exact = strayingCovariance(misfit, Math.abs(Math.log2(a / b)));
        expect(Math.abs(sampled - exact)).toBeLessThan(0.02 * misfit.deviation ** 2);
      }
    }
  });

  test('hardly moves within a small step, and forgets over many octaves', () => {
    const { deviation } = misfit;

    expect(Math.sqrt(2 * (deviation ** 2 - strayingCovariance(misfit, 0.1)))).toBeLessThan(0.1 * deviation);
    expect(strayingCovariance(misfit, 12)).toBeLessThan(0.001 * deviation ** 2);
  });

  test('mirrors a path, and has draws for more sizes than there are normals', () => {
    const steps = strayingSteps(misfit, sizesMb);
    const normals = seededNormals(3, 7);
    const draw = (sign: 1 | -1): number[] => {
      const path = new Float64Array(sizesMb.length);
      drawStraying(steps, { normals, offset: 1, sign }, path);
      return [...path];
    };

    expect(draw(1).every(Number.isFinite)).toBe(true);
    expect(draw(-1)).toEqual(draw(1).map((value) => -value));
  });
});
