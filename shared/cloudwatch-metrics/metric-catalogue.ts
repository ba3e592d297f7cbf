/**
 * Every metric this library can write: the one place that dashboards, alarms and the cost estimate read. It imports
 * nothing, so infrastructure code may use it.
 *
 * **What a metric costs.** CloudWatch charges each combination of name and dimension values that got at least one
 * value, by the hour: $0.30 a month for the first 10,000 (us-east-1, 2026-09). A value more in the same combination
 * costs only the log line that carries it ($0.50/GB ingested, about 0.4 KB a line). So the bill is decided by the
 * dimensions, not by the traffic, and that is why they are bounded: `combinations` says by what.
 */
export type DimensionName = 'Service' | 'FunctionName' | 'ErrorType' | 'CostCategory';

export interface MetricDefinition {
  readonly name: string;
  readonly unit: 'Milliseconds' | 'Count' | 'None' | 'Percent';
  readonly dimensions: readonly DimensionName[];
  /** The statistic that answers the question the metric is for. */
  readonly statistic: string;
  /** How many custom metrics this is, in words; `monthlyMetricsCost` does the arithmetic. */
  readonly combinations: string;
}

/** The namespace unless `configureMetrics` or `POWERTOOLS_METRICS_NAMESPACE` names another. */
export const DEFAULT_NAMESPACE = 'Rightsizer/Application';

/** Brief's word for each: response time, error rate, cache hit rate, cost per student, user activity, scaling. */
export const METRICS = {
  responseTime: {
    name: 'ResponseTime',
    unit: 'Milliseconds',
    dimensions: ['FunctionName'],
    statistic: 'p95 (its SampleCount is the number of requests, which needs no metric of its own)',
    combinations: 'one a function',
  },
  requestError: {
    name: 'RequestError',
    unit: 'Count',
    dimensions: ['FunctionName'],
    statistic: 'Average is the error rate; 0 or 1 a request',
    combinations: 'one a function',
  },
  cacheHit: {
    name: 'CacheHit',
    unit: 'Count',
    dimensions: ['FunctionName'],
    statistic: 'Average is the cache hit rate; 0 or 1 a request',
    combinations: 'one a function that uses a cache',
  },
  requestCost: {
    name: 'RequestCostUsd',
    unit: 'None',
    dimensions: ['FunctionName'],
    statistic: 'Sum, in USD',
    combinations: 'one a function that passes `cost`',
  },
  errorsByType: {
    name: 'ErrorsByType',
    unit: 'Count',
    dimensions: ['FunctionName', 'ErrorType'],
    statistic: 'Sum',
    combinations: 'one a function and error type, at most 21 types a function (20 and "Other")',
  },
  studyTime: {
    name: 'StudyTimeMinutes',
    unit: 'None',
    dimensions: ['Service'],
    statistic: 'Sum, in minutes',
    combinations: 'one a service',
  },
  documentsProcessed: {
    name: 'DocumentsProcessed',
    unit: 'Count',
    dimensions: ['Service'],
    statistic: 'Sum',
    combinations: 'one a service',
  },
  queriesAsked: {
    name: 'QueriesAsked',
    unit: 'Count',
    dimensions: ['Service'],
    statistic: 'Sum',
    combinations: 'one a service',
  },
  cost: {
    name: 'CostUsd',
    unit: 'None',
    dimensions: ['Service', 'CostCategory'],
    statistic: 'Sum, in USD',
    combinations: 'one a service and cost category, at most 5',
  },
  costPerUser: {
    name: 'CostPerUserPerMonth',
    unit: 'None',
    dimensions: ['Service'],
    statistic: 'Average, in the currency the caller reports (the brief: rupees)',
    combinations: 'one a service',
  },
  concurrentUsers: {
    name: 'ConcurrentUsers',
    unit: 'Count',
    dimensions: ['Service'],
    statistic: 'Maximum',
    combinations: 'one a service',
  },
  activeConnections: {
    name: 'ActiveConnections',
    unit: 'Count',
    dimensions: ['Service'],
    statistic: 'Maximum',
    combinations: 'one a service',
  },
  queueDepth: {
    name: 'QueueDepth',
    unit: 'Count',
    dimensions: ['Service'],
    statistic: 'Maximum',
    combinations: 'one a service',
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricKey = keyof typeof METRICS;
