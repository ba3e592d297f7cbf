import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE } from '../constants.ts';

/** Embedded-metric-format metrics of the pipeline; written with the logs, so no API call and no failure of its own. */
export const metrics = new Metrics({ namespace: METRIC_NAMESPACE });
