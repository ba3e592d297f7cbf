import type { AccountContext } from '../core/account-context.ts';
import type { Operation, Service } from '../core/operation.ts';
import { RateLimit } from '../core/rate-limit.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { Alarms } from './alarms.ts';
import { CustomMetrics } from './custom-metrics.ts';
import { rateExceeded } from './errors.ts';
import { getMetricData } from './get-metric-data.ts';
import { LambdaInsightsMetrics, LambdaMetrics } from './lambda-metrics.ts';
import type { MetricSource } from './metric-source.ts';

/** Calls a second (CloudWatch service quotas, 2026). */
const CALLS_PER_SECOND: Readonly<Record<string, number>> = {
  GetMetricData: 500,
  PutMetricData: 500,
  PutMetricAlarm: 3,
  SetAlarmState: 3,
  DeleteAlarms: 3,
  DescribeAlarms: 9,
};

/** Metrics and alarms. Metrics come from sources by namespace; alarms are stored and not evaluated. */
export class CloudWatchService implements Service {
  readonly name = 'CloudWatch';
  readonly alarms: Alarms;
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly sources = new Map<string, MetricSource>();
  private readonly custom: CustomMetrics;
  private readonly rates: ReadonlyMap<string, RateLimit>;

  constructor(context: AccountContext) {
    this.alarms = new Alarms(context);
    this.custom = new CustomMetrics(context);
    this.sources.set('AWS/Lambda', new LambdaMetrics(context.telemetry));
    this.sources.set('LambdaInsights', new LambdaInsightsMetrics(context.telemetry));
    const now = () => context.clock.now();
    this.rates = new Map(Object.entries(CALLS_PER_SECOND).map(([name, rate]) => [name, new RateLimit(now, rate)]));
    this.operations = {
      GetMetricData: getMetricData(context, (namespace) => this.sourceOf(namespace)),
      PutMetricData: this.custom.putMetricData(),
      ...this.alarms.operations(),
    };
  }

  /** Lets another simulation answer for a namespace, e.g. `AWS/DynamoDB`. */
  addSource(namespace: string, source: MetricSource): void {
    this.sources.set(namespace, source);
  }

  throttle(operation: string): void {
    const rate = this.rates.get(operation);
    if (rate && !rate.tryTake()) throw rateExceeded();
  }

  private sourceOf(namespace: string): MetricSource {
    const source = this.sources.get(namespace);
    if (source) return source;
    if (namespace.startsWith('AWS/')) throw new UnsupportedByAccountError(`metrics of namespace ${namespace}`);
    return this.custom;
  }
}
