/**
 * Rates that AWS documents for an account and region, us-east-1's defaults of 2026, as far as a night comes near them.
 * Everybody in the account shares them, so the product takes a share (`rateLimitShare`) and leaves the rest.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
export const AwsRate = {
  /** All operations of Lambda's control plane but GetFunction together; AWS raises it for nobody. */
  lambdaControlPlane: 15,
  getFunction: 100,
  /** Data points of GetMetricData older than three hours, estimated by range and period. */
  metricPoints: 396_000,
  putMetricAlarm: 3,
  describeAlarms: 9,
  startQuery: 5,
  getQueryResults: 5,
  describeLogGroups: 10,
} as const;

/** Logs Insights queries at once: the long-standing quota; newer accounts have 100. */
export const LOG_QUERIES_AT_ONCE = 30;

/** What is taken of them unless a stage says otherwise. */
export const RATE_LIMIT_SHARE = 0.5;
