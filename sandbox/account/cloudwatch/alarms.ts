import type {
  DeleteAlarmsCommandInput,
  DeleteAlarmsCommandOutput,
  DescribeAlarmContributorsCommandInput,
  DescribeAlarmContributorsCommandOutput,
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  MetricAlarm,
  PutMetricAlarmCommandInput,
  PutMetricAlarmCommandOutput,
  SetAlarmStateCommandInput,
  SetAlarmStateCommandOutput,
  StateValue,
} from '@aws-sdk/client-cloudwatch';
import { type AccountContext, arn } from '../core/account-context.ts';
import { copy } from '../core/copy.ts';
import { type Operation, operation } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { alarmNotFound, invalidCombination, invalidValue, resourceNotFound } from './errors.ts';

/** Told when an alarm's state changes, as EventBridge would be. */
export interface AlarmTransition {
  readonly alarm: MetricAlarm;
  readonly previous: StateValue;
  readonly atMs: number;
}

const MOST_PER_PAGE = 100;
const DEFAULT_PER_PAGE = 50;
const MOST_DELETED_AT_ONCE = 100;

/** Stored metric alarms. Nothing evaluates them here: their state changes by `setState`, whoever calls it. */
export class Alarms {
  private readonly context: AccountContext;
  private readonly alarms = new Map<string, MetricAlarm>();
  private readonly listeners: ((transition: AlarmTransition) => void)[] = [];

  constructor(context: AccountContext) {
    this.context = context;
  }

  onTransition(listener: (transition: AlarmTransition) => void): void {
    this.listeners.push(listener);
  }

  all(): readonly MetricAlarm[] {
    return sortByKey(this.alarms.values(), (alarm) => alarm.AlarmName!);
  }

  setState(name: string, state: StateValue, reason: string, reasonData?: string): void {
    const alarm = this.alarms.get(name);
    if (!alarm) throw alarmNotFound();
    const previous = alarm.StateValue!;
    const atMs = this.context.clock.now();
    const updated: MetricAlarm = {
      ...alarm,
      StateValue: state,
      StateReason: reason,
      StateReasonData: reasonData,
      StateUpdatedTimestamp: new Date(atMs),
      StateTransitionedTimestamp: state === previous ? alarm.StateTransitionedTimestamp : new Date(atMs),
    };
    this.alarms.set(name, updated);
    if (state === previous) return;
    for (const listener of this.listeners) listener({ alarm: copy(updated), previous, atMs });
  }

  operations(): Record<string, Operation> {
    return {
      PutMetricAlarm: this.putMetricAlarm(),
      DescribeAlarms: this.describeAlarms(),
      DeleteAlarms: this.deleteAlarms(),
      SetAlarmState: this.setAlarmState(),
      DescribeAlarmContributors: this.describeContributors(),
    };
  }

  private putMetricAlarm(): Operation {
    return operation<PutMetricAlarmCommandInput, PutMetricAlarmCommandOutput>(
      [
        'AlarmName',
        'AlarmDescription',
        'ActionsEnabled',
        'OKActions',
        'AlarmActions',
        'InsufficientDataActions',
        'MetricName',
        'Namespace',
        'Statistic',
        'ExtendedStatistic',
        'Dimensions',
        'Period',
        'Unit',
        'EvaluationPeriods',
        'DatapointsToAlarm',
        'Threshold',
        'ComparisonOperator',
        'TreatMissingData',
        'EvaluateLowSampleCountPercentile',
        'Metrics',
        'Tags',
      ],
      (input) => {
        checkAlarm(input);
        this.store(input);
        return {};
      },
    );
  }

  private store(input: PutMetricAlarmCommandInput): void {
    const { Tags: _tags, ...settings } = copy(input);
    const now = new Date(this.context.clock.now());
    const existing = this.alarms.get(input.AlarmName!);
    this.alarms.set(input.AlarmName!, {
      ActionsEnabled: true,
      OKActions: [],
      AlarmActions: [],
      InsufficientDataActions: [],
      Dimensions: [],
      ...settings,
      AlarmArn: arn(this.context, 'cloudwatch', `alarm:${input.AlarmName}`),
      AlarmConfigurationUpdatedTimestamp: now,
      StateValue: existing?.StateValue ?? 'INSUFFICIENT_DATA',
      StateReason: existing?.StateReason ?? 'Unchecked: Initial alarm creation',
      StateUpdatedTimestamp: existing?.StateUpdatedTimestamp ?? now,
      StateTransitionedTimestamp: existing?.StateTransitionedTimestamp ?? now,
    });
  }

  private describeAlarms(): Operation {
    return operation<DescribeAlarmsCommandInput, DescribeAlarmsCommandOutput>(
      ['AlarmNames', 'AlarmNamePrefix', 'AlarmTypes', 'StateValue', 'ActionPrefix', 'MaxRecords', 'NextToken'],
      (input) => {
        if (input.AlarmNames && input.AlarmNamePrefix)
          throw invalidCombination('AlarmNames and AlarmNamePrefix exclude each other');
        const isMetricWanted = !input.AlarmTypes || input.AlarmTypes.includes('MetricAlarm');
        const wanted = isMetricWanted ? this.all().filter((alarm) => isDescribed(alarm, input)) : [];
        const size = Math.min(input.MaxRecords ?? DEFAULT_PER_PAGE, MOST_PER_PAGE);
        const page = cutPage(wanted, (alarm) => alarm.AlarmName!, size, input.NextToken);
        if (!page) throw invalidValue('The token is invalid');
        return { MetricAlarms: copy(page.items), CompositeAlarms: [], NextToken: page.next };
      },
    );
  }

  private deleteAlarms(): Operation {
    return operation<DeleteAlarmsCommandInput, DeleteAlarmsCommandOutput>(['AlarmNames'], (input) => {
      const names = input.AlarmNames ?? [];
      if (names.length > MOST_DELETED_AT_ONCE) throw invalidValue(`at most ${MOST_DELETED_AT_ONCE} alarms at once`);
      if (names.some((name) => !this.alarms.has(name))) throw alarmNotFound();
      for (const name of names) this.alarms.delete(name);
      return {};
    });
  }

  /** Only alarms on Metrics Insights queries have contributors, and those are not evaluated. */
  private describeContributors(): Operation {
    return operation<DescribeAlarmContributorsCommandInput, DescribeAlarmContributorsCommandOutput>(
      ['AlarmName', 'NextToken'],
      (input) => {
        const alarm = this.alarms.get(input.AlarmName!);
        if (!alarm) throw resourceNotFound(`Alarm ${input.AlarmName} does not exist`);
        if (alarm.Metrics?.some(({ Expression }) => /^\s*SELECT\b/i.test(Expression ?? ''))) {
          throw new UnsupportedByAccountError('contributors of alarms on Metrics Insights queries');
        }
        return { AlarmContributors: [] };
      },
    );
  }

  private setAlarmState(): Operation {
    return operation<SetAlarmStateCommandInput, SetAlarmStateCommandOutput>(
      ['AlarmName', 'StateValue', 'StateReason', 'StateReasonData'],
      (input) => {
        this.setState(input.AlarmName!, input.StateValue!, input.StateReason!, input.StateReasonData);
        return {};
      },
    );
  }
}

function isDescribed(alarm: MetricAlarm, input: DescribeAlarmsCommandInput): boolean {
  const { AlarmNames, AlarmNamePrefix, StateValue: state, ActionPrefix } = input;
  if (AlarmNames && !AlarmNames.includes(alarm.AlarmName!)) return false;
  if (AlarmNamePrefix && !alarm.AlarmName!.startsWith(AlarmNamePrefix)) return false;
  if (state && alarm.StateValue !== state) return false;
  return !ActionPrefix || (alarm.AlarmActions ?? []).some((action) => action.startsWith(ActionPrefix));
}

const MOST_ACTIONS = 5;

function checkAlarm(input: PutMetricAlarmCommandInput): void {
  const hasMetric = input.MetricName !== undefined;
  if (hasMetric === (input.Metrics !== undefined)) {
    throw invalidCombination('Exactly one of MetricName and Metrics must be specified.');
  }
  if (hasMetric && (input.Statistic !== undefined) === (input.ExtendedStatistic !== undefined)) {
    throw invalidCombination('Exactly one of Statistic and ExtendedStatistic must be specified.');
  }
  if (hasMetric && (!input.Namespace || !input.Period))
    throw invalidCombination('Namespace and Period must be specified with MetricName.');
  if (!input.EvaluationPeriods || !input.ComparisonOperator || input.Threshold === undefined) {
    throw invalidCombination('EvaluationPeriods, ComparisonOperator and Threshold must be specified.');
  }
  if ((input.DatapointsToAlarm ?? 0) > input.EvaluationPeriods) {
    throw invalidValue('DatapointsToAlarm must not be greater than EvaluationPeriods.');
  }
  for (const actions of [input.OKActions, input.AlarmActions, input.InsufficientDataActions]) {
    if ((actions?.length ?? 0) > MOST_ACTIONS) throw invalidValue(`at most ${MOST_ACTIONS} actions for each state`);
  }
}
