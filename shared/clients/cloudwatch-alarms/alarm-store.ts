import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmContributorsCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  type MetricAlarm,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import { AwsRate, RATE_LIMIT_SHARE } from '../../aws-rates.ts';
import { clock } from '../../clock.ts';
import type { AlarmDefinition } from '../../contracts/alarms.ts';
import type { StandingAlarm } from '../../domain/configuration/alarms/alarm-changes.ts';
import { TransientError } from '../../errors.ts';
import { ENDLESS, type RoundTime } from '../../round-time.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { createPace } from '../pace.ts';
import { createClient } from '../sdk.ts';
import { alarmInput, settingsKey } from './alarm-input.ts';

/** DescribeAlarms' largest page, and DeleteAlarms' most names. */
const PAGE_SIZE = 100;
/**
 * PutMetricAlarm and DeleteAlarms: 3 calls a second, shared with everybody's deployments, so we take half.
 */
const CALL_INTERVAL_MS = 1_000 / (AwsRate.putMetricAlarm * RATE_LIMIT_SHARE);

export type AlarmState = 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';

/** CloudWatch's alarms, as the product sees them. */
export interface AlarmStore {
  /** Every metric alarm whose name begins so. */
  listByPrefix(prefix: string): Promise<StandingAlarm[]>;
  /** Those of the metric alarms named that exist. */
  listByName(names: readonly string[]): Promise<StandingAlarm[]>;
  /**
   * Writes them one after the other, at half of the calls a second that AWS takes, for as long as there is time and
   * AWS takes them; answers how many it wrote, the first of them.
   */
  put(alarms: readonly AlarmDefinition[], topicArn: string, time?: RoundTime): Promise<number>;
  /** The same for deleting. */
  remove(names: readonly string[], time?: RoundTime): Promise<number>;
  settingsOf(alarm: AlarmDefinition, topicArn: string): string;
  /** Undefined when there is no such alarm, of whatever type. */
  getState(name: string): Promise<AlarmState | undefined>;
  /** Attributes of the time series in ALARM, of an alarm on several; empty for one that has no series of its own. */
  listContributors(name: string): Promise<Record<string, string>[]>;
}

export function createAlarmStore(): AlarmStore {
  const cloudwatch = createClient(CloudWatchClient);
  const describe = (which: DescribeAlarmsCommandInput) => describeAlarms(cloudwatch, which);
  return {
    listByPrefix: async (AlarmNamePrefix) => (await describe({ AlarmNamePrefix })).map(asStanding),
    listByName: async (names) => {
      const alarms: MetricAlarm[] = [];
      for (let start = 0; start < names.length; start += PAGE_SIZE) {
        alarms.push(...(await describe({ AlarmNames: names.slice(start, start + PAGE_SIZE) })));
      }
      return alarms.map(asStanding);
    },
    put: (alarms, topicArn, time) =>
      oneByOne(alarms, 1, time, ([alarm]) =>
        callAws('cloudwatch:PutMetricAlarm', () =>
          cloudwatch.send(new PutMetricAlarmCommand(alarmInput(alarm!, topicArn))),
        ),
      ),
    remove: (names, time) =>
      oneByOne(names, PAGE_SIZE, time, (AlarmNames) =>
        callAws('cloudwatch:DeleteAlarms', () => cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames }))),
      ),
    settingsOf: (alarm, topicArn) => settingsKey(alarmInput(alarm, topicArn)),
    getState: (name) => getState(cloudwatch, name),
    listContributors: (name) => listContributors(cloudwatch, name),
  };
}

/** A call that AWS does not take after others that it took ends it: what was written is worth an answer. */
async function oneByOne<Item>(
  items: readonly Item[],
  perCall: number,
  time: RoundTime = ENDLESS,
  call: (items: Item[]) => Promise<unknown>,
): Promise<number> {
  let written = 0;
  while (written < items.length && !time.isUp()) {
    if (written > 0) await clock.sleep(CALL_INTERVAL_MS);
    const taken = items.slice(written, written + perCall);
    try {
      await call(taken);
    } catch (error) {
      if (time === ENDLESS || written === 0 || !(error instanceof TransientError)) throw error;
      return written;
    }
    written += taken.length;
  }
  return written;
}

const asStanding = (alarm: MetricAlarm): StandingAlarm => ({
  name: alarm.AlarmName ?? '',
  settings: settingsKey(alarm),
});

async function describeAlarms(cloudwatch: CloudWatchClient, which: DescribeAlarmsCommandInput): Promise<MetricAlarm[]> {
  const pace = createPace(AwsRate.describeAlarms * RATE_LIMIT_SHARE, clock);
  const alarms: MetricAlarm[] = [];
  let token: string | undefined;
  do {
    const input = { ...which, MaxRecords: PAGE_SIZE, ...(token && { NextToken: token }) };
    await pace();
    const page = await callAws('cloudwatch:DescribeAlarms', () => cloudwatch.send(new DescribeAlarmsCommand(input)));
    alarms.push(...(page.MetricAlarms ?? []));
    token = page.NextToken;
  } while (token);
  return alarms;
}

async function getState(cloudwatch: CloudWatchClient, name: string): Promise<AlarmState | undefined> {
  const answer = await callAws('cloudwatch:DescribeAlarms', () =>
    cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] })),
  );
  return (answer.MetricAlarms?.[0] ?? answer.CompositeAlarms?.[0])?.StateValue;
}

async function listContributors(cloudwatch: CloudWatchClient, AlarmName: string): Promise<Record<string, string>[]> {
  const contributors: Record<string, string>[] = [];
  let token: string | undefined;
  try {
    do {
      const input = { AlarmName, ...(token && { NextToken: token }) };
      const page = await callAws('cloudwatch:DescribeAlarmContributors', () =>
        cloudwatch.send(new DescribeAlarmContributorsCommand(input)),
      );
      contributors.push(...(page.AlarmContributors ?? []).map((each) => each.ContributorAttributes ?? {}));
      token = page.NextToken;
    } while (token);
  } catch (error) {
    if (!isNamed(error, ['ResourceNotFoundException', 'ResourceNotFound'])) throw error;
  }
  return contributors;
}
