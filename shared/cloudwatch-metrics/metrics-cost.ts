/** CloudWatch in us-east-1, USD, as of 2026-09: custom metric a month (first 10,000) and logs ingested a GB. */
export const METRIC_PRICES = { asOf: '2026-09', usdPerMetricMonth: 0.3, usdPerGbIngested: 0.5 } as const;

export interface MetricsUsage {
  readonly functions: number;
  readonly services: number;
  /** Distinct error types seen a function; the guard keeps it at 21 or less. */
  readonly errorTypesPerFunction: number;
  readonly costCategories: number;
  readonly requestsPerMonth: number;
  /** Measured length of one request's metric line, newline included. */
  readonly bytesPerRequest: number;
}

export interface MetricsCost {
  readonly customMetrics: number;
  readonly metricsUsdPerMonth: number;
  readonly logsUsdPerMonth: number;
  readonly totalUsdPerMonth: number;
}

/** Response time, error, cache hit and cost; a function that uses no cache or passes no cost pays for fewer. */
const METRICS_PER_FUNCTION = 4;
/** Three of users, one of cost per user, three of scaling. */
const METRICS_PER_SERVICE = 7;

/** What the whole catalogue costs a month when everything in it is used, free tier (10 metrics) not deducted. */
export function monthlyMetricsCost(usage: MetricsUsage): MetricsCost {
  const customMetrics =
    usage.functions * (METRICS_PER_FUNCTION + usage.errorTypesPerFunction) +
    usage.services * (METRICS_PER_SERVICE + usage.costCategories);
  const metricsUsdPerMonth = customMetrics * METRIC_PRICES.usdPerMetricMonth;
  const logsUsdPerMonth = ((usage.requestsPerMonth * usage.bytesPerRequest) / 2 ** 30) * METRIC_PRICES.usdPerGbIngested;
  return { customMetrics, metricsUsdPerMonth, logsUsdPerMonth, totalUsdPerMonth: metricsUsdPerMonth + logsUsdPerMonth };
}
