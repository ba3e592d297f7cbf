import { CHANGES, walk } from '../../../../bench/quality/protocol.ts';
import { always, type Recommender } from '../../../../bench/quality/recommenders.ts';
import { aCurve } from './curves-for-tests.ts';

const objective = { strategy: 'balanced', weightOrGuard: 0.5 } as const;

describe('walk', () => {
  test('shows the recommender what it did, oldest first', () => {
    const seen: number[][] = [];
    const doubling: Recommender = (request) => {
      seen.push(request.observations.map((each) => each.memorySizeMb));
      return request.currentMemorySizeMb * 2;
    };

    const { sizesMb } = walk(doubling, aCurve(100, 10), 256, objective);

    expect(sizesMb).toEqual([256, 512, 1024, 2048, 2048, 2048]);
    expect(seen).toHaveLength(CHANGES);
    expect(seen[2]).toEqual([256, 512, 1024]);
  });

  test('clamps proposals to the measured range', () => {
    expect(walk(() => 64, aCurve(100, 10), 256, objective).sizesMb[1]).toBe(128);
    expect(walk(() => 9_000, aCurve(100, 10), 256, objective).sizesMb[1]).toBe(2048);
  });

  test('binds constant recommenders by the notch rule too', () => {
    expect(walk(always(128), aCurve(100, 10), 2048, objective).sizesMb).toEqual([2048, 1024, 512, 256, 128, 128]);
  });
});
