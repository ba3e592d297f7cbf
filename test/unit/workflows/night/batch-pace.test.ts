import { AwsRate } from '../../../../shared/aws-rates.ts';
import { DECIDING_STATISTICS } from '../../../../shared/domain/night/evidence/metric-series.ts';
import { evidenceWindow, periodsIn } from '../../../../shared/domain/night/evidence/window.ts';
import { batchPace, FUNCTIONS_PER_BATCH } from '../../../../workflows/night/batch-pace.ts';
import { runContext } from '../../../support/builders.ts';

/** Data points that one batch asks for. */
function pointsOf(lookbackDays: number): number {
  const run = runContext();
  const window = evidenceWindow({ ...run, policy: { ...run.policy, lookbackDays } });
  return FUNCTIONS_PER_BATCH * DECIDING_STATISTICS.length * periodsIn(window);
}

it.each([0.01, 0.1, 0.3, 0.5, 0.77, 1])(
  'keeps within a share of %d of the data points, whatever the look-back',
  (share) => {
    const { batchesAtOnce, secondsPerBatch } = batchPace(share);
    for (let lookbackDays = 1; lookbackDays <= 30; lookbackDays += 1) {
      const pointsPerSecond = (batchesAtOnce * pointsOf(lookbackDays)) / secondsPerBatch;
      expect(pointsPerSecond).toBeLessThanOrEqual(AwsRate.metricPoints * share);
    }
  },
);

it.each([0.01, 0.1, 0.5, 1])('lets a batch that looks far back last longer, at a share of %d', (share) => {
  const { batchesAtOnce, pointsPerSecondOfBatch } = batchPace(share);
  expect(batchesAtOnce * pointsPerSecondOfBatch).toBeLessThanOrEqual(AwsRate.metricPoints * share);
});

it('takes a second a batch and three batches at once at half of what CloudWatch answers', () => {
  expect(batchPace(0.5)).toMatchObject({ batchesAtOnce: 3, secondsPerBatch: 1 });
});

it('never lasts longer than an Express execution may', () => {
  expect(batchPace(0.01).secondsPerBatch).toBeLessThan(60);
});
