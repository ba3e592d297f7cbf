import type { AccountContext } from '../core/account-context.ts';
import type { Operation, Service } from '../core/operation.ts';
import { type Rate, RateLimits } from '../core/rate-limits.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { Alarms } from './alarms.ts';
import { CustomMetrics } from './custom-metrics.ts';
import { rateExceeded } from './errors.ts';
import { type AskedPoints, askedPoints, getMetricData } from './get-metric-data.ts';
import { LambdaInsightsMetrics, LambdaMetrics } from './lambda-metrics.ts';
import type { MetricSource } from './metric-source.ts';

/**
 * Calls a second, and data points a second that GetMetricData is asked for, by how far back it is asked.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html (2026)
 */
const RATES: Readonly<Record<string, Rate>> = {
  GetMetricData: { perSecond: 500 },
  PutMetricData: { perSecond: 500 },
  PutMetricAlarm: { perSecond: 3 },
  SetAlarmState: { perSecond: 3 },
  DeleteAlarms: { perSecond: 3 },
  DescribeAlarms: { perSecond: 9 },
  olderPoints: { perSecond: 396_000 },
  recentPoints: { perSecond: 180_000 },
} satisfies Record<AskedPoints['quota'], Rate> & Record<string, Rate>;

/** Metrics and alarms. Metrics come from sources by namespace; alarms are stored and not evaluated. */
export class CloudWatchService implements Service {
  readonly name = 'CloudWatch';
  readonly alarms: Alarms;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly rates: RateLimits;
  private readonly context: AccountContext;
  private readonly sources = new Map<string, MetricSource>();
  private readonly custom: CustomMetrics;

  constructor(context: AccountContext) {
    this.alarms = new Alarms(context);
    this.custom = new CustomMetrics(context);
    this.sources.set('AWS/Lambda', new LambdaMetrics(context.telemetry));
    this.sources.set('LambdaInsights', new LambdaInsightsMetrics(context.telemetry));
    this.context = context;
    this.rates = new RateLimits(() => context.clock.now(), this.name, RATES, context.ratesLeft);
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

  throttle(operation: string, input: Record<string, unknown>): void {
    if (!this.rates.tryTake(operation)) throw rateExceeded();
    if (operation !== 'GetMetricData') return;
    const { quota, points } = askedPoints(input, this.context.clock.now());
    if (!this.rates.tryTake(quota, points)) throw rateExceeded();
  }

  private sourceOf(namespace: string): MetricSource {
    const source = this.sources.get(namespace);
    if (source) return source;
    if (namespace.startsWith('AWS/')) throw new UnsupportedByAccountError(`metrics of namespace ${namespace}`);
    return this.custom;
  }
}
