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
import { callAws, isNamed } from '../aws-call.ts';
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
  /** Writes them one after the other, at half of the calls a second that AWS takes. */
  put(alarms: readonly AlarmDefinition[], topicArn: string): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
  settingsOf(alarm: AlarmDefinition, topicArn: string): string;
  /** Undefined when there is no such alarm, of whatever type. */
  getState(name: string): Promise<AlarmState | undefined>;
  /** Attributes of the time series in ALARM, of an alarm on several; empty for one that has no series of its own. */
  listContributors(name: string): Promise<Record<string, string>[]>;
}

export function createAlarmStore(): AlarmStore {
  const cloudwatch = createClient(CloudWatchClient);
  return {
    listByPrefix: async (AlarmNamePrefix) => (await describe(cloudwatch, { AlarmNamePrefix })).map(asStanding),
    listByName: async (names) => {
      const alarms: MetricAlarm[] = [];
      for (let start = 0; start < names.length; start += PAGE_SIZE) {
        alarms.push(...(await describe(cloudwatch, { AlarmNames: names.slice(start, start + PAGE_SIZE) })));
      }
      return alarms.map(asStanding);
    },
    put: async (alarms, topicArn) => {
      for (const [index, alarm] of alarms.entries()) {
        if (index > 0) await clock.sleep(CALL_INTERVAL_MS);
        await callAws('cloudwatch:PutMetricAlarm', () =>
          cloudwatch.send(new PutMetricAlarmCommand(alarmInput(alarm, topicArn))),
        );
      }
    },
    remove: async (names) => {
      for (let start = 0; start < names.length; start += PAGE_SIZE) {
        if (start > 0) await clock.sleep(CALL_INTERVAL_MS);
        const AlarmNames = names.slice(start, start + PAGE_SIZE);
        await callAws('cloudwatch:DeleteAlarms', () => cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames })));
      }
    },
    settingsOf: (alarm, topicArn) => settingsKey(alarmInput(alarm, topicArn)),
    getState: (name) => getState(cloudwatch, name),
    listContributors: (name) => listContributors(cloudwatch, name),
  };
}

const asStanding = (alarm: MetricAlarm): StandingAlarm => ({
  name: alarm.AlarmName ?? '',
  settings: settingsKey(alarm),
});

async function describe(cloudwatch: CloudWatchClient, which: DescribeAlarmsCommandInput): Promise<MetricAlarm[]> {
  const alarms: MetricAlarm[] = [];
  let token: string | undefined;
  do {
    const input = { ...which, MaxRecords: PAGE_SIZE, ...(token && { NextToken: token }) };
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
