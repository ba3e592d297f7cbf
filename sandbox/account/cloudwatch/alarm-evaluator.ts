import { createHash } from 'node:crypto';
import type { MetricAlarm, MetricDataQuery, StateValue } from '@aws-sdk/client-cloudwatch';
import type { AccountContext } from '../core/account-context.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import type { BucketGrid } from '../telemetry.ts';
import { alarmEvent, type CloudWatchEvent, type Contributor, contributorEvent } from './alarm-events.ts';
import { judge, type Verdict } from './alarm-verdict.ts';
import type { Alarms } from './alarms.ts';
import { evaluateMath } from './metric-math.ts';
import { type MetricReader, parseInsights } from './metric-reader.ts';

/** At most so many time series of one alarm are reported as being in ALARM. */
const MOST_CONTRIBUTORS = 100;

/**
 * Evaluates every stored metric alarm on the metrics of the account, as CloudWatch does each minute, and tells whoever
 * listens of each change of state in CloudWatch's own event shapes. Alarms on a grouped Metrics Insights query keep a
 * state for each series and tell of each one's change, also while the alarm as a whole stays in ALARM.
 */
export class AlarmEvaluator {
  private readonly context: AccountContext;
  private readonly alarms: Alarms;
  private readonly metrics: MetricReader;
  private readonly contributors = new Map<string, Map<string, Contributor>>();
  private readonly listeners: ((event: CloudWatchEvent) => void)[] = [];

  constructor(context: AccountContext, alarms: Alarms, metrics: MetricReader) {
    this.context = context;
    this.alarms = alarms;
    this.metrics = metrics;
    alarms.onTransition(({ alarm, previous, atMs }) => {
      this.tell(alarmEvent(this.context, alarm, previous, atMs));
    });
  }

  onEvent(listener: (event: CloudWatchEvent) => void): void {
    this.listeners.push(listener);
  }

  contributorsOf(alarmName: string): readonly Contributor[] {
    return [...(this.contributors.get(alarmName)?.values() ?? [])].slice(0, MOST_CONTRIBUTORS);
  }

  /** One evaluation of everything; metrics are complete up to the last whole minute. */
  evaluate(): void {
    for (const alarm of this.alarms.all()) {
      const [grouped] = (alarm.Metrics ?? []).filter(({ Expression }) => isInsights(Expression));
      if (grouped) this.evaluateGroups(alarm, grouped);
      else this.settle(alarm, judge(alarm, this.valuesOf(alarm), alarm.StateValue!));
    }
  }

  private evaluateGroups(alarm: MetricAlarm, query: MetricDataQuery): void {
    const known = this.contributors.get(alarm.AlarmName!) ?? new Map<string, Contributor>();
    this.contributors.set(alarm.AlarmName!, known);
    const parsed = parseInsights(query.Expression!);
    const groups = this.metrics.group(parsed, this.gridOf(alarm, query.Period));
    const names = new Set(groups.map(({ name }) => name));
    for (const { name, values } of groups) {
      this.settleContributor(alarm, known, { [parsed.dimension]: name }, judge(alarm, values, stateOf(known, name)));
    }
    // A series without data is gone, and a gone series is in no alarm.
    for (const [name, { attributes }] of [...known]) {
      if (!names.has(name)) {
        this.settleContributor(alarm, known, attributes, { state: 'OK', reason: 'no data', recent: [] });
      }
    }
    const state: StateValue = known.size > 0 ? 'ALARM' : 'OK';
    const reason = `${known.size} out of ${groups.length} time series evaluated to ALARM`;
    this.settle(alarm, { state, reason, recent: [] });
  }

  private settleContributor(
    alarm: MetricAlarm,
    known: Map<string, Contributor>,
    attributes: Record<string, string>,
    { state, reason }: Verdict,
  ): void {
    const name = Object.values(attributes).join('|');
    if (state === stateOf(known, name)) return;
    const atMs = this.context.clock.now();
    const contributor = { id: idOf(alarm.AlarmName!, name), attributes, reason, atMs };
    if (state === 'ALARM') known.set(name, contributor);
    else known.delete(name);
    this.tell(contributorEvent(this.context, alarm, contributor, state));
  }

  private settle(alarm: MetricAlarm, { state, reason, recent }: Verdict): void {
    if (state === alarm.StateValue) return;
    const reasonData = JSON.stringify({ version: '1.0', recentDatapoints: recent, threshold: alarm.Threshold });
    this.alarms.setState(alarm.AlarmName!, state, reason, reasonData);
  }

  private valuesOf(alarm: MetricAlarm): number[] {
    const queries = alarm.Metrics ?? [singleQuery(alarm)];
    const stats = queries.flatMap(({ MetricStat: stat }) => stat ?? []);
    const grid = this.gridOf(alarm, stats[0]?.Period);
    const read = (id: string): number[] => {
      const query = queries.find((each) => each.Id === id);
      const stat = query?.MetricStat;
      if (!stat?.Metric) throw new UnsupportedByAccountError(`metric math refers to ${id}`);
      const { Namespace, MetricName, Dimensions } = stat.Metric;
      const dimensions = new Map((Dimensions ?? []).map(({ Name, Value }) => [Name!, Value!]));
      return this.metrics.read({ namespace: Namespace!, metricName: MetricName!, dimensions }, stat.Stat!, grid);
    };
    const returned = queries.find((each) => each.ReturnData !== false)!;
    return returned.Expression === undefined ? read(returned.Id!) : evaluateMath(returned.Expression, read, grid.count);
  }

  /** The alarm's periods up to the last whole minute, sliding with it. */
  private gridOf(alarm: MetricAlarm, periodSeconds: number | undefined): BucketGrid {
    if (periodSeconds === undefined) throw new UnsupportedByAccountError(`alarm ${alarm.AlarmName} without a period`);
    const periodMs = periodSeconds * 1000;
    const endMs = Math.floor(this.context.clock.now() / 60_000) * 60_000;
    return { startMs: endMs - periodMs * alarm.EvaluationPeriods!, periodMs, count: alarm.EvaluationPeriods! };
  }

  private tell(event: CloudWatchEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

const isInsights = (expression: string | undefined): boolean => /^\s*SELECT\b/i.test(expression ?? '');

const stateOf = (known: ReadonlyMap<string, Contributor>, name: string): StateValue =>
  known.has(name) ? 'ALARM' : 'OK';

const idOf = (alarmName: string, name: string): string =>
  createHash('sha256').update(`${alarmName}|${name}`).digest('hex').slice(0, 16);

const singleQuery = (alarm: MetricAlarm): MetricDataQuery => ({
  Id: 'm',
  MetricStat: {
    Metric: { Namespace: alarm.Namespace, MetricName: alarm.MetricName, Dimensions: alarm.Dimensions },
    Period: alarm.Period,
    Stat: alarm.Statistic ?? alarm.ExtendedStatistic,
  },
});
