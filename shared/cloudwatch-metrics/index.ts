/**
 * Custom metrics for Lambda handlers, written as log lines (Embedded Metric Format): response times, errors, cache
 * hits, cost, user activity and load. No API call in the request path, and a bounded number of metrics.
 */
export { CardinalityGuard, DIMENSION_BOUNDS, OTHER } from './cardinality-guard.ts';
export { DEFAULT_NAMESPACE, type DimensionName, METRICS, type MetricDefinition } from './metric-catalogue.ts';
export { METRIC_PRICES, type MetricsCost, type MetricsUsage, monthlyMetricsCost } from './metrics-cost.ts';
export type { MetricsSettings } from './metrics-settings.ts';
export { configureMetrics, type MetricsStatistics, metricsStatistics } from './metrics-writer.ts';
export { type CostCategory, type CostMetricsInput, trackCostMetrics } from './track-cost-metrics.ts';
export { type ResponseTimeInput, trackResponseTime } from './track-response-time.ts';
export { type ScalingMetricsInput, trackScalingMetrics } from './track-scaling-metrics.ts';
export { trackUserMetrics, type UserMetricsInput } from './track-user-metrics.ts';
