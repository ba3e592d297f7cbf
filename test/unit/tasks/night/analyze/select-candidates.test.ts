import type { Candidate, Recommendation } from '../../../../../shared/domain/night/recommendation/types.ts';
import { MAX_CANDIDATES, selectCandidates } from '../../../../../tasks/night/analyze/select-candidates.ts';

const SIZES = [128, 192, 256, 384, 512, 640, 768, 1024, 1280, 1536, 1769, 2048, 2560, 3008, 4096];

function recommendation(recommendedMemorySizeMb: number, observed: readonly number[]): Recommendation {
  const candidates = SIZES.map((memorySizeMb) => ({
    ...{ memorySizeMb, meanDurationMs: 100, meanDurationLowerMs: 90, meanDurationUpperMs: 110 },
    ...{ p95DurationMs: 150, p95DurationLowerMs: 140, p95DurationUpperMs: 160 },
    ...{ costUsdPerMillion: 1, relativeCost: 1, relativeDuration: 1, meetsGuard: true },
    observed: observed.includes(memorySizeMb),
  })) as unknown as Candidate[];
  const runnerUp = candidates.find(({ memorySizeMb }) => memorySizeMb === 2048);
  return { candidates, recommendedMemorySizeMb, runnerUp } as unknown as Recommendation;
}

const sizesOf = (each: Recommendation, current: number) =>
  selectCandidates(each, current).map(({ memorySizeMb }) => memorySizeMb);

describe('selectCandidates', () => {
  it('keeps what a person compares, and shows the curve from end to end', () => {
    const sizes = sizesOf(recommendation(2560, [3008]), 3008);
    expect(sizes).toEqual(expect.arrayContaining([3008, 2560, 2048]));
    expect([sizes[0], sizes.at(-1)]).toEqual([128, 4096]);
    expect(sizes).toHaveLength(MAX_CANDIDATES);
  });

  it('leaves no gap wider than a step of people’s where there are rows to fill it', () => {
    const sizes = sizesOf(recommendation(2560, [3008]), 3008);
    const gaps = sizes.slice(1).map((size, at) => size / sizes[at]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2.01);
  });

  it('prefers sizes that production has run at to points that only fill the curve', () => {
    expect(sizesOf(recommendation(1024, [640, 768, 1280]), 1024)).toEqual(expect.arrayContaining([640, 768, 1280]));
  });
});
