import { MetricResolution, Metrics } from '@aws-lambda-powertools/metrics';
import { CardinalityGuard } from './cardinality-guard.ts';
import { type DimensionName, METRICS, type MetricKey } from './metric-catalogue.ts';
import { defaultMetricsSettings, type MetricsSettings } from './metrics-settings.ts';

/** Values of several metrics; an absent one is not written. */
export type MetricValues = Partial<Record<MetricKey, number | undefined>>;

export interface MetricsStatistics {
  /** Lines written, one to three a call. */
  readonly linesWritten: number;
  /** Values left out because they were negative or not finite. */
  readonly valuesDropped: number;
  /** Dimension values counted under `Other`. */
  readonly valuesAggregated: number;
}

/**
 * Writes metrics as Embedded Metric Format lines through Powertools: a line on standard output, from which
 * CloudWatch makes the metrics. No API call and no waiting in the request path.
 */
export class MetricsWriter {
  readonly #metrics: Metrics;
  readonly #guard: CardinalityGuard;
  readonly #settings: MetricsSettings;
  #linesWritten = 0;
  #valuesDropped = 0;

  constructor(settings: MetricsSettings, seen?: Map<DimensionName, Set<string>>) {
    this.#settings = settings;
    this.#guard = new CardinalityGuard(settings.allowedDimensionValues, seen);
    this.#metrics = new Metrics({ namespace: settings.namespace, serviceName: settings.service });
    // Powertools adds a `service` dimension; every dimension here is in the catalogue, where its bound is.
    this.#metrics.clearDefaultDimensions();
  }

  get service(): string {
    return this.#settings.service;
  }

  /**
   * Writes one line. Bad values are left out and counted rather than thrown: measuring must not fail a request.
   * `properties` are searchable in the logs and are no dimensions: this is where a user id belongs.
   */
  write(
    values: MetricValues,
    dimensions: Partial<Record<DimensionName, string>>,
    properties: Record<string, string | number | undefined> = {},
  ): void {
    const written = this.#accepted(values);
    if (written.length === 0) return;
    const bounded = Object.entries(dimensions).map(([name, value]) => {
      return [name, this.#guard.admit(name as DimensionName, value)] as const;
    });
    this.#metrics.addDimensions(Object.fromEntries(bounded));
    for (const [name, value] of Object.entries(properties)) {
      // Types promise texts and numbers; JavaScript callers do not, and some objects have no text.
      if (typeof value === 'string' || typeof value === 'number') this.#metrics.addMetadata(name, String(value));
    }
    const resolution = this.#settings.highResolution ? MetricResolution.High : MetricResolution.Standard;
    for (const [key, value] of written)
      this.#metrics.addMetric(METRICS[key].name, METRICS[key].unit, value, resolution);
    this.#metrics.publishStoredMetrics();
    this.#linesWritten += 1;
  }

  statistics(): MetricsStatistics {
    const { aggregated: valuesAggregated } = this.#guard;
    return { linesWritten: this.#linesWritten, valuesDropped: this.#valuesDropped, valuesAggregated };
  }

  #accepted(values: MetricValues): [MetricKey, number][] {
    const given = Object.entries(values).filter((entry): entry is [MetricKey, number] => entry[1] !== undefined);
    const accepted = given.filter(([, value]) => Number.isFinite(value) && value >= 0);
    this.#valuesDropped += given.length - accepted.length;
    return accepted;
  }
}

let writer: MetricsWriter | undefined;
/** Belongs to the environment: a service named anew by each request must not begin a new count. */
const seen = new Map<DimensionName, Set<string>>();

/** The environment's writer, made by the first call, so that importing the library costs no set-up. */
export function metricsWriter(): MetricsWriter {
  writer ??= new MetricsWriter(defaultMetricsSettings(), seen);
  return writer;
}

/** Replaces the environment's writer by one with these settings; what is not given keeps its default. */
export function configureMetrics(settings: Partial<MetricsSettings>): void {
  const defaults = defaultMetricsSettings();
  const allowedDimensionValues = { ...defaults.allowedDimensionValues, ...settings.allowedDimensionValues };
  writer = new MetricsWriter({ ...defaults, ...settings, allowedDimensionValues }, seen);
}

/** What this environment has written, dropped and aggregated so far. */
export function metricsStatistics(): MetricsStatistics {
  return metricsWriter().statistics();
}
