import { createAlarmStore } from '../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import { createAlarmTopics } from '../../../shared/clients/cloudwatch-alarms/alarm-topic.ts';
import { createWatchables } from '../../../shared/clients/cloudwatch-alarms/watchables.ts';
import { createFunctionCatalog } from '../../../shared/clients/lambda/function-catalog.ts';
import { createFunctionTags } from '../../../shared/clients/tagging/function-tags.ts';
import { Env } from '../../../shared/constants.ts';
import { parseAlarmSettings } from '../../../shared/contracts/alarms.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { configureAlarms } from './configure-alarms.ts';

/** The one state of ConfigureAlarms, every night and whenever somebody asks. Event: ConfigureAlarmsInput. */
const environment = readEnvironment([Env.alarmTopicArn, Env.alarmSettings, Env.ledgerTableName]);
const dependencies = {
  catalog: createFunctionCatalog(),
  tags: createFunctionTags(),
  watchables: createWatchables(),
  store: createAlarmStore(),
  topics: createAlarmTopics(),
  topicArn: environment[Env.alarmTopicArn],
  settings: parseAlarmSettings(environment[Env.alarmSettings]),
  ownTables: [environment[Env.ledgerTableName]],
};

export const handler = taskHandler((event) => configureAlarms(event, dependencies));
