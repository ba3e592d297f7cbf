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

  test('takes the edges of an interval for inside, and orders errors by their size', () => {
    const calibration = calibrate([verified(130), verified(80), verified(79), verified(131), verified(100)])!;
    expect(calibration.coverage).toBe(3 / 5);
    expect(calibration.medianAbsoluteError).toBeCloseTo(0.21, 10);
    expect(calibration.p90AbsoluteError).toBeCloseTo(0.31, 10);
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
