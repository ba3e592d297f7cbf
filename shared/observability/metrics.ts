import { Metrics } from '@aws-lambda-powertools/metrics';

/**
 * Embedded-metric-format metrics of the pipeline; written with the logs, so no API call and no failure of its own. The
 * stage's namespace is the function's POWERTOOLS_METRICS_NAMESPACE; without one, nothing is deployed that could look.
 */
export const metrics = new Metrics({ namespace: process.env['POWERTOOLS_METRICS_NAMESPACE'] ?? 'Rightsizer' });
