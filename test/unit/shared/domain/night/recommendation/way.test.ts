import type { RecommendationRequest } from '../../../../../../shared/domain/night/recommendation/types.ts';
import { leastOnTheWay } from '../../../../../../shared/domain/night/recommendation/way.ts';
import { lossesOf, samplesOf } from './curve-samples.ts';
import { anObservation, aRequest } from './requests.ts';

const SIZES = [200, 256, 320, 333, 512, 1_024];
const bestAt = (size: number): number[] => SIZES.map((each) => Math.abs(each - size));

/** Curves by their weight and best size. */
function least(
  curves: readonly (readonly [weight: number, bestMb: number])[],
  request: Partial<RecommendationRequest> = {},
  { columns = SIZES.length, ends = [1_024, 512] } = {},
): number {
  const samples = samplesOf(
    SIZES,
    curves.map(([weight]) => ({ weight, expectedMs: SIZES })),
  );
  const lasting = Float64Array.from(curves.flatMap(([, size]) => bestAt(size).slice(0, columns)));
  return leastOnTheWay(
    aRequest(request),
    samples,
    lossesOf(samples.weights, { columns, tonight: lasting, lasting }),
    ends,
  );
}

describe('the least size on the way', () => {
  it('is that below which only one curve in twenty has its best size', () => {
    expect(
      least([
        [0.04, 256],
        [0.96, 320],
      ]),
    ).toBe(320);
    expect(
      least([
        [0.05, 256],
        [0.95, 320],
      ]),
    ).toBe(320);
    expect(
      least([
        [0.06, 256],
        [0.94, 320],
      ]),
    ).toBe(256);
    expect(
      least([
        [0.03, 256],
        [0.9, 512],
        [0.03, 256],
        [0.04, 320],
      ]),
    ).toBe(256);
    expect(
      least([
        [0.96, 512],
        [0.04, 256],
      ]),
    ).toBe(512);
  });

  it('is one that people recognise', () => {
    expect(least([[1, 333]])).toBe(320);
    expect(least([[1, 200]])).toBe(256);
  });

  it('is within what the memory in use and the policy allow', () => {
    expect(least([[1, 256]], { observations: [anObservation({ maxMemoryUsedMb: 280 })] })).toBe(320);
    expect(least([[1, 1_024]], { bounds: { maxMb: 512 } }, { ends: [2_048, 900] })).toBe(512);
    expect(least([[1, 256]], { bounds: { minMb: 256 } })).toBe(256);
  });

  it('is never above tonight’s step, nor above the present', () => {
    expect(least([[1, 1_024]])).toBe(512);
    expect(least([[1, 1_024]], {}, { ends: [256, 512] })).toBe(256);
  });

  it('is tonight’s step where nothing else is in reach, and a baseline beside the sizes is no end', () => {
    expect(least([[1, 256]], { bounds: { minMb: 3_000 } })).toBe(512);
    expect(least([[1, 1_024]], {}, { columns: 4, ends: [2_048, 900] })).toBe(320);
  });

  it('takes the smaller of two sizes as good', () => {
    // Of 256 and 320 MB neither is better for a curve that is best in between.
    expect(least([[1, 288]])).toBe(256);
  });
});
