import { createAlarmStore } from '../clients/cloudwatch-alarms/alarm-store.ts';
import { alarmsFor } from '../domain/configuration/alarms/catalogue.ts';
import { planOf } from '../domain/configuration/alarms/plan-alarms.ts';
import { type AlarmLibrarySettings, alarmSettings } from './alarm-library-settings.ts';
import { type AlarmReport, applyAlarms } from './apply-alarms.ts';

export interface DynamoDBAlarmsInput extends AlarmLibrarySettings {
  /** Where alarms and their end are told; `createAlarmTopic` makes one. */
  topicArn: string;
  tableNames: readonly string[];
  /** Only says what would be done. @default false */
  dryRun?: boolean;
}

/** Creates or updates the throttling alarms of DynamoDB tables. Alarms of tables no longer named stay. */
export async function createDynamoDBAlarms(input: DynamoDBAlarmsInput): Promise<AlarmReport> {
  const settings = alarmSettings(input);
  const alarms = input.tableNames.flatMap((tableName) => alarmsFor({ kind: 'table', tableName }, settings));
  const plan = planOf(alarms, { shape: 'none', reason: 'only what was named is watched' });
  const store = createAlarmStore();
  const standing = await store.listByName(alarms.map((each) => each.name));
  return applyAlarms(store, { plan, topicArn: input.topicArn, standing, dryRun: input.dryRun ?? false });
}
