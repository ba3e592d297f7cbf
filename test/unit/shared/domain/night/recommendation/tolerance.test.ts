import { CHOICE_TUNING } from '../../../../../../shared/domain/night/recommendation/choice-tuning.ts';
import { toleranceOf } from '../../../../../../shared/domain/night/recommendation/tolerance.ts';
import type { RecommendationRequest } from '../../../../../../shared/domain/night/recommendation/types.ts';
import { samplesOf } from './curve-samples.ts';
import { anObservation, aRequest } from './requests.ts';

const SIZES = [512, 896, 1_024, 2_048];
const CURRENT = 2;

/** Sizes that may be tried, where a share of the curves takes so long at 512 and 896 MB, the rest as long as at 1,024. */
function tolerated(
  slow: { share: number; ms: readonly [number, number] },
  request: Partial<RecommendationRequest> = {},
  options: { isLastNight?: boolean; baseline?: number } = {},
): number[] {
  const samples = samplesOf(SIZES, [
    { weight: slow.share, expectedMs: [...slow.ms, 400, 400] },
    { weight: 1 - slow.share, expectedMs: [400, 400, 400, 400] },
  ]);
  const asked = aRequest({ strategy: 'cost', ...request });
  const isTolerable = toleranceOf(asked, asked.observations, samples, {
    ...{ baseline: CURRENT, current: CURRENT, isLastNight: false, tuning: CHOICE_TUNING, ...options },
  });
  return SIZES.filter((_, column) => isTolerable(column));
}

describe('what cost may try', () => {
  it('is what few curves see beyond the guard: a quarter at 10 %, 36 in a hundred at 5 %', () => {
    const at = (share: number, maxSlowdown?: number) => tolerated({ share, ms: [480, 480] }, { maxSlowdown });
    expect(at(0.24)).toEqual(SIZES);
    expect(at(0.26)).toEqual([1_024, 2_048]);
    expect(at(0.26, 0.1)).toEqual([1_024, 2_048]);
    expect(at(0.26, 0.25)).toEqual(SIZES);
    expect(at(0.35, 0.05)).toEqual([896, 1_024, 2_048]);
    expect(at(0.37, 0.05)).toEqual([1_024, 2_048]);
  });

  it('is what is hardly ever slowed down severely, by 30 %', () => {
    expect(tolerated({ share: 0.04, ms: [600, 600] })).toEqual(SIZES);
    expect(tolerated({ share: 0.06, ms: [600, 480] })).toEqual([896, 1_024, 2_048]);
  });

  it('is next to nothing beyond the guard on the last night', () => {
    expect(tolerated({ share: 0.03, ms: [480, 480] }, {}, { isLastNight: true })).toEqual([1_024, 2_048]);
    expect(tolerated({ share: 0.01, ms: [480, 480] }, {}, { isLastNight: true })).toEqual(SIZES);
  });

  it('is a fifth less at most under a tight guard while one size was seen, and a half under a wide one', () => {
    const flat = { share: 0, ms: [400, 400] } as const;
    expect(tolerated(flat, { maxSlowdown: 0.05 })).toEqual([896, 1_024, 2_048]);
    expect(tolerated(flat, { maxSlowdown: 0.1 })).toEqual(SIZES);
    const observations = [anObservation({ memorySizeMb: 1_536 }), anObservation()];
    expect(tolerated(flat, { maxSlowdown: 0.05, observations })).toEqual(SIZES);
  });

  it('goes by what production showed, whatever the curves say', () => {
    const seen = (ms512: number, codeSha256?: string) => [
      anObservation({ memorySizeMb: 512, meanDurationMs: ms512, codeSha256 }),
      anObservation(),
    ];
    const fear = { share: 1, ms: [900, 400] } as const;
    expect(tolerated(fear, { observations: seen(430) })).toEqual(SIZES);
    expect(tolerated(fear, { observations: seen(430, 'before') })).toEqual([896, 1_024, 2_048]);
    const hope = { share: 0, ms: [400, 400] } as const;
    expect(tolerated(hope, { observations: seen(460) })).toEqual([896, 1_024, 2_048]);
    expect(tolerated(hope, { observations: seen(447) })).toEqual(SIZES);
    expect(tolerated(hope, { observations: seen(449) })).toEqual([896, 1_024, 2_048]);
  });

  it('judges against the baseline, to which the way back is always open', () => {
    const observations = [anObservation({ memorySizeMb: 768 }), anObservation()];
    expect(tolerated({ share: 1, ms: [400, 300] }, { observations }, { baseline: 1 })).toEqual([896]);
  });
});

describe('what the timeout leaves', () => {
  const at = (timeoutSeconds: number, share: number, maxDurationMs = 1_000) =>
    tolerated(
      { share, ms: [1_000, 480] },
      { strategy: 'balanced', timeoutSeconds, observations: [anObservation({ maxDurationMs })] },
    );

  it('is no smaller size whose slowest calls might take more than four fifths of it', () => {
    // 1,000 ms now and 2.5 times that, of 3.2 and 3.0 s of which four fifths may be taken.
    expect(at(3.2, 1)).toEqual(SIZES);
    expect(at(3, 1)).toEqual([896, 1_024, 2_048]);
    expect(at(3, 0.04)).toEqual(SIZES);
    expect(at(3, 0.06)).toEqual([896, 1_024, 2_048]);
  });

  it('never keeps from more memory, nor from the present size', () => {
    expect(at(1, 1, 950)).toEqual([1_024, 2_048]);
  });

  it('is not asked where calls take longer than it: it was another one then', () => {
    expect(at(0.4, 1, 400)).toEqual(SIZES);
    expect(at(0.41, 1, 401)).not.toEqual(SIZES);
  });

  it('goes by the latest night at the present size', () => {
    const observations = [
      anObservation({ maxDurationMs: 1_000 }),
      anObservation({ memorySizeMb: 512, maxDurationMs: 1 }),
    ];
    const request = { strategy: 'balanced', timeoutSeconds: 3, observations } as const;
    expect(tolerated({ share: 1, ms: [1_000, 480] }, request)).toEqual([896, 1_024, 2_048]);
  });
});

it('leaves balanced and speed to their losses', () => {
  for (const strategy of ['balanced', 'speed'] as const)
    expect(tolerated({ share: 1, ms: [900, 900] }, { strategy })).toEqual(SIZES);
});
