import { calibrate, type VerifiedPrediction } from '../../../../../shared/domain/pricing/calibration.ts';

function verified(realizedDurationMs: number, realizedSavingsUsdPerMonth = 8): VerifiedPrediction {
  return {
    predictedDurationMs: 100,
    predictedLowerMs: 80,
    predictedUpperMs: 130,
    realizedDurationMs,
    estimatedSavingsUsdPerMonth: 10,
    realizedSavingsUsdPerMonth,
  };
}

describe('calibrate', () => {
  test('says nothing before anything has been verified', () => {
    expect(calibrate([])).toBeUndefined();
  });

  test('compares durations and savings with what was realized', () => {
    expect(calibrate([verified(90), verified(110), verified(150, -2)])).toEqual({
      predictions: 3,
      medianAbsoluteError: expect.closeTo(0.1, 10),
      p90AbsoluteError: expect.closeTo(0.5, 10),
      bias: expect.closeTo(0.5 / 3, 10),
      coverage: 2 / 3,
      estimatedSavingsUsdPerMonth: 30,
      realizedSavingsUsdPerMonth: 14,
    });
  });
});
