import { DEFAULT_NAMESPACE, type DimensionName } from './metric-catalogue.ts';

export interface MetricsSettings {
  /** @default `POWERTOOLS_METRICS_NAMESPACE`, or `Rightsizer/Application` */
  readonly namespace: string;
  /** Dimension of the metrics that belong to no function. @default `POWERTOOLS_SERVICE_NAME`, or `application` */
  readonly service: string;
  /**
   * Stores one-second resolution instead of one-minute. The metric itself costs the same, but an alarm on it costs
   * three times as much ($0.30) and dashboards read ten times the points, so it is for the days of an incident.
   *
   * @default false
   */
  readonly highResolution: boolean;
  /**
   * The only values these dimensions may take; all others are counted under `Other`. A function that tracks others names
   * them here.
   *
   * @default `FunctionName`: inside Lambda, the function's own; `CostCategory`: the five there are; else the guard's rules
   */
  readonly allowedDimensionValues: Partial<Record<DimensionName, readonly string[]>>;
}

/** What money is spent on; the brief's cost table has the same rows. */
export const COST_CATEGORIES = ['lambda', 'ai', 'storage', 'database', 'monitoring'] as const;

/** What the environment says, and defaults for the rest. */
export function defaultMetricsSettings(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): MetricsSettings {
  const ownName = environment['AWS_LAMBDA_FUNCTION_NAME'];
  return {
    namespace: environment['POWERTOOLS_METRICS_NAMESPACE'] || DEFAULT_NAMESPACE,
    service: environment['POWERTOOLS_SERVICE_NAME'] || 'application',
    highResolution: false,
    allowedDimensionValues: { CostCategory: COST_CATEGORIES, ...(ownName && { FunctionName: [ownName] }) },
  };
}
