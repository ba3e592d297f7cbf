import { randomBytes } from 'node:crypto';
import { createAlarmStore } from '../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import { createConcurrency } from '../../../shared/clients/concurrency/concurrency.ts';
import { createTableCapacity } from '../../../shared/clients/dynamodb-capacity/table-capacity.ts';
import { createAliasReader } from '../../../shared/clients/lambda/alias-reader.ts';
import { createAliasRouter } from '../../../shared/clients/lambda/alias-router.ts';
import { createFunctionConfigurations } from '../../../shared/clients/lambda/function-configuration.ts';
import { createLedger, createRemediations } from '../../../shared/clients/ledger/create-ledger.ts';
import { createOnDemandRuns } from '../../../shared/clients/on-demand-runs.ts';
import { createDigestTopic } from '../../../shared/clients/sns/digest-topic.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parseAlarmSettings } from '../../../shared/contracts/alarms.ts';
import { parseRemediationSettings } from '../../../shared/contracts/remediation-settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { remediate } from './remediate.ts';

/** Does what ClassifyAlarm decided, or what an operator asks about it afterwards. Event: RemediateInput. */
const environment = readEnvironment([
  Env.ledgerTableName,
  Env.alarmSettings,
  Env.alarmTopicArn,
  Env.remediationSettings,
  Env.nightStateMachineArn,
  Env.approvalBaseUrl,
]);
const dependencies = {
  settings: parseRemediationSettings(environment[Env.remediationSettings]),
  alarmSettings: parseAlarmSettings(environment[Env.alarmSettings]),
  alarmTopicArn: environment[Env.alarmTopicArn],
  remediations: createRemediations(environment[Env.ledgerTableName]),
  ledger: createLedger(environment[Env.ledgerTableName]),
  configurations: createFunctionConfigurations(),
  aliases: { ...createAliasReader(), ...createAliasRouter() },
  concurrency: createConcurrency(),
  tables: createTableCapacity(),
  alarms: createAlarmStore(),
  runs: createOnDemandRuns(environment[Env.nightStateMachineArn]),
  topic: createDigestTopic(environment[Env.alarmTopicArn]),
  approvalBaseUrl: environment[Env.approvalBaseUrl],
  timeZone: 'UTC',
  randomBytes,
  clock,
};

export const handler = taskHandler((event) => remediate(event, dependencies));
