import { isFamiliarSize } from '../../../../../../shared/domain/night/recommendation/familiar-sizes.ts';
import { recommend } from '../../../../../../shared/domain/night/recommendation/recommend.ts';
import { anObservation, aRequest, observedAt } from './requests.ts';

/** Half its time waiting: an experiment down is what the model wants. */
const halfWaiting = (requestsPerMonth?: number, minimumSavingsUsdPerMonth?: number) =>
  recommend(
    aRequest({
      strategy: 'cost',
      observations: observedAt([1024], 600, 300),
      requestsPerMonth,
      minimumSavingsUsdPerMonth,
    }),
  );

describe('the price of a question', () => {
  it('keeps a function whose whole bill is less than a question costs', () => {
    expect(halfWaiting(100).recommendedMemorySizeMb).toBe(1024);
  });

  it('asks about the same function where it is called often enough', () => {
    const { recommendedMemorySizeMb, expectedEndGain } = halfWaiting(5_000_000);
    expect(recommendedMemorySizeMb).toBeLessThan(1024);
    expect(expectedEndGain).toBeGreaterThan(0);
  });

  it('goes by the minimum that the policy sets', () => {
    expect(halfWaiting(5_000_000, 1_000).recommendedMemorySizeMb).toBe(1024);
    expect(halfWaiting(100, 0).recommendedMemorySizeMb).not.toBe(1024);
  });

  it('is nothing where nobody says how often the function is called', () => {
    expect(halfWaiting().recommendedMemorySizeMb).not.toBe(1024);
  });

  it('never asks for what costs more than now', () => {
    for (const memorySizeMb of [256, 512, 1024, 1536]) {
      const { predicted } = recommend(
        aRequest({
          strategy: 'cost',
          currentMemorySizeMb: memorySizeMb,
          observations: [anObservation({ memorySizeMb, meanDurationMs: 900 })],
          requestsPerMonth: 10_000_000,
        }),
      );
      expect(predicted!.relativeCost).toBeLessThanOrEqual(1);
    }
  });
});

describe('sizes people recognise', () => {
  it.each([
    [128, true],
    [960, true],
    [1024, true],
    [1088, false],
    [1152, true],
    [1769, true],
    [931, false],
    [160, false],
  ])('%i MB: %s', (memorySizeMb, answer) => {
    expect(isFamiliarSize(memorySizeMb)).toBe(answer);
  });

  it.each([256, 512, 1024, 2048, 3008])('are asked for from %i MB, or the sentence says why not', (memorySizeMb) => {
    const { recommendedMemorySizeMb, reason } = recommend(
      aRequest({
        strategy: 'cost',
        currentMemorySizeMb: memorySizeMb,
        observations: [anObservation({ memorySizeMb, meanDurationMs: 900, maxMemoryUsedMb: 60 })],
        requestsPerMonth: 10_000_000,
      }),
    );
    const isAskedAsItIs = recommendedMemorySizeMb === memorySizeMb || isFamiliarSize(recommendedMemorySizeMb);
    expect(isAskedAsItIs || reason.includes(`exactly ${recommendedMemorySizeMb} MB because`)).toBe(true);
  });

  it('give way to the least memory that fits, which the sentence says', () => {
    const { recommendedMemorySizeMb, reason } = recommend(
      aRequest({
        strategy: 'cost',
        currentMemorySizeMb: 256,
        observations: observedAt([512, 256], 9_000, 0).map((each) => ({ ...each, maxMemoryUsedMb: 205 })),
        requestsPerMonth: 10_000_000,
      }),
    );
    expect(recommendedMemorySizeMb).toBe(226);
    expect(reason).toContain('exactly 226 MB because that is the least its memory use allows');
  });
});
