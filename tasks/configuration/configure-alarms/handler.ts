import { AwsRate, RATE_LIMIT_SHARE } from '../../../shared/aws-rates.ts';
import { createConfigurationLists } from '../../../shared/clients/artifacts/configuration-lists.ts';
import { createAlarmStore } from '../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import { createAlarmTopics } from '../../../shared/clients/cloudwatch-alarms/alarm-topic.ts';
import { createWatchables } from '../../../shared/clients/cloudwatch-alarms/watchables.ts';
import { createFunctionCatalog } from '../../../shared/clients/lambda/function-catalog.ts';
import { createPace } from '../../../shared/clients/pace.ts';
import { createConfigurationTurns } from '../../../shared/clients/settings-ledger/configuration-turns.ts';
import { createFunctionTags } from '../../../shared/clients/tagging/function-tags.ts';
import { clock } from '../../../shared/clock.ts';
import { invocationOf } from '../../../shared/configuration-rounds/invocation.ts';
import { Env } from '../../../shared/constants.ts';
import { parseAlarmSettings } from '../../../shared/contracts/alarms.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { configureAlarms } from './configure-alarms.ts';

/** A round of ConfigureAlarms, every night and whenever somebody asks. Event: ConfigureAlarmsInput. */
const environment = readEnvironment([Env.alarmTopicArn, Env.alarmSettings, Env.ledgerTableName, Env.runBucketName]);
const dependencies = {
  tags: createFunctionTags(),
  store: createAlarmStore(),
  topics: createAlarmTopics(),
  turns: createConfigurationTurns(environment[Env.ledgerTableName], 'alarms'),
  lists: createConfigurationLists(environment[Env.runBucketName]),
  topicArn: environment[Env.alarmTopicArn],
  settings: parseAlarmSettings(environment[Env.alarmSettings]),
  ownTables: [environment[Env.ledgerTableName]],
};

export const handler = taskHandler((event, context) => {
  // A pace of its own for each invocation (shared/clients/pace.ts).
  const pace = createPace(AwsRate.lambdaControlPlane * RATE_LIMIT_SHARE, clock);
  const paced = { catalog: createFunctionCatalog(pace), watchables: createWatchables(pace) };
  return configureAlarms(event, { ...dependencies, ...paced }, invocationOf(context));
});
