import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import { FULL_STATISTICS } from '../../../shared/domain/night/evidence/metric-series.ts';
import { periodsIn } from '../../../shared/domain/night/evidence/window.ts';

/** The reader, and how many data points it was asked for: CloudWatch estimates a call by its range, data or not. */
export function countingPoints(reader: MetricReader): MetricReader & { pointsAsked(): number } {
  let points = 0;
  return {
    readSeries: (subjects, window, statistics = FULL_STATISTICS) => {
      points += subjects.length * statistics.length * periodsIn(window);
      return reader.readSeries(subjects, window, statistics);
    },
    pointsAsked: () => points,
  };
}
