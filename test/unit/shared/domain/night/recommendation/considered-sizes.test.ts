import { consideredSizes } from '../../../../../../shared/domain/night/recommendation/considered-sizes.ts';
import type { RecommendationRequest } from '../../../../../../shared/domain/night/recommendation/types.ts';
import { anObservation, aRequest } from './requests.ts';

function considered(overrides: Partial<RecommendationRequest> = {}): number[] {
  const request = aRequest({ strategy: 'balanced', ...overrides });
  return consideredSizes(request, request.observations);
}

describe('sizes that are considered', () => {
  it('are those people recognise, small steps down, the least that fits and the present one, ascending', () => {
    expect(considered({ currentMemorySizeMb: 1_000, bounds: { minMb: 700, maxMb: 1_300 } })).toEqual(
      // 1,000 ⁄ 1.35, 1.2, 1.1 and 1.05 are 741, 833, 909 and 952.
      [700, 704, 741, 768, 833, 896, 909, 952, 1_000, 1_024, 1_152, 1_280],
    );
  });

  it('take steps within tonight’s notch, and other sizes within what may be one day', () => {
    const sizes = considered({ currentMemorySizeMb: 2_048, observations: [anObservation({ maxMemoryUsedMb: 600 })] });
    expect(sizes.slice(0, 3)).toEqual([660, 704, 768]);
    expect(sizes).toContain(1_024);
    expect(sizes.at(-1)).toBe(10_240);
  });

  it('are those that were seen, where they still are allowed', () => {
    const observations = [333, 1_111, 1_000].map((memorySizeMb) => anObservation({ memorySizeMb }));
    const sizes = considered({ currentMemorySizeMb: 1_000, bounds: { minMb: 512 }, observations });
    expect(sizes).toContain(1_111);
    expect(sizes).not.toContain(333);
  });

  it('go no further than a vCPU or twice the larger of present and baseline under cost: nothing above can pay', () => {
    const most = (overrides: Partial<RecommendationRequest>) => considered({ strategy: 'cost', ...overrides }).at(-1);
    expect(most({ currentMemorySizeMb: 512 })).toBe(3_538);
    expect(most({ currentMemorySizeMb: 2_048 })).toBe(4_096);
    expect(most({ currentMemorySizeMb: 1_024, baselineMemorySizeMb: 2_560 })).toBe(5_120);
  });

  it('are those that people type too, where a question has a price, within tonight’s notch', () => {
    const free = considered({ strategy: 'cost', currentMemorySizeMb: 2_048 });
    const priced = considered({ strategy: 'cost', currentMemorySizeMb: 2_048, requestsPerMonth: 1_000 });
    expect(free).not.toContain(1_792);
    expect(priced).toEqual(expect.arrayContaining([1_792, 3_968]));
    expect(priced).not.toContain(832);
    expect(priced).not.toContain(4_224);
  });

  it("hold the brief's own size under the brief's rules alone", () => {
    expect(considered({ strategy: 'brief-rules', currentMemorySizeMb: 3_008 })).toContain(2_256);
    expect(considered({ currentMemorySizeMb: 3_008 })).not.toContain(2_256);
  });
});
