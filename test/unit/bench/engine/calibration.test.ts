import { calibrationCpuSeconds } from '../../../../bench/engine/calibration.ts';

it('takes processor time, more for more objects', () => {
  calibrationCpuSeconds(10_000);
  expect(calibrationCpuSeconds(200_000)).toBeGreaterThan(calibrationCpuSeconds(1_000));
});
