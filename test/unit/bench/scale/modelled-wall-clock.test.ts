import { modelRow } from '../../../../bench/scale/model-row.ts';
import { modelledWallClock } from '../../../../bench/scale/modelled-wall-clock.ts';
import type { ScaleRow } from '../../../../bench/scale/scale-row.ts';

const largestRun = { functions: 10_000, assessed: 7_000, applied: 400 } as ScaleRow;

it('keeps what was promised: 10,000 functions in an hour, 100,000 in eight, at half of what AWS grants', () => {
  expect(modelRow(10_000, largestRun).wallClockSecondsAtAwsLimits).toBeLessThan(3_600);
  expect(modelRow(100_000, largestRun).wallClockSecondsAtAwsLimits).toBeLessThan(8 * 3_600);
});

it('asks no more people about ten times the functions than a night may', () => {
  expect(modelRow(100_000, largestRun)).toMatchObject({ looked: 70_000, changed: 1_000, by: 'counted model' });
});

it('takes as long as its slowest means: pages of log groups by their pace, changes by their turns', () => {
  const none = { functions: 0, looked: 0, changed: 0, settled: 0 };
  const seconds = (size: object) => modelledWallClock({ ...none, ...size }) - modelledWallClock(none);
  // 1,000 pages each of functions at 0.2 s and of log groups at 0.2 s, 500 reads of the ledger at 5 ms, 50 pages of advice.
  expect(seconds({ functions: 50_000 })).toBeCloseTo(200 + 200 + 2.5 + 2.5, 0);
  // A turn of 297 ms, 1.9 calls at 133 ms and three at 5 ms.
  expect(seconds({ changed: 1_000 })).toBeCloseTo(297 + 253 + 15, -1);
});
