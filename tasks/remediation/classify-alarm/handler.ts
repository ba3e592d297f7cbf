import { createAlarmMetrics } from '../../../shared/clients/alarm-evidence/alarm-metrics.ts';
import { createFunctionSubjects } from '../../../shared/clients/alarm-evidence/function-subjects.ts';
import { createRecentMemory } from '../../../shared/clients/alarm-evidence/recent-memory.ts';
import { createWatchables } from '../../../shared/clients/cloudwatch-alarms/watchables.ts';
import { createConcurrency } from '../../../shared/clients/concurrency/concurrency.ts';
import { createTableCapacity } from '../../../shared/clients/dynamodb-capacity/table-capacity.ts';
import { createFunctionCallers } from '../../../shared/clients/lambda/function-callers.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parseAlarmSettings } from '../../../shared/contracts/alarms.ts';
import { parseRemediationSettings } from '../../../shared/contracts/remediation-settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { classifyAlarm } from './classify-alarm.ts';

/** First state of Remediation, for every alarm of ours that fires. Event: CloudWatch's, with the execution's name. */
const environment = readEnvironment([Env.ledgerTableName, Env.alarmSettings, Env.remediationSettings, Env.stackName]);
const now = () => clock.now();
const dependencies = {
  alarmSettings: parseAlarmSettings(environment[Env.alarmSettings]),
  settings: parseRemediationSettings(environment[Env.remediationSettings]),
  ledger: createLedger(environment[Env.ledgerTableName]),
  subjects: createFunctionSubjects(environment[Env.stackName], now),
  callers: createFunctionCallers(),
  concurrency: createConcurrency(),
  metrics: createAlarmMetrics(),
  memory: createRecentMemory(clock),
  tables: createTableCapacity(),
  watchables: createWatchables(),
  now,
};

export const handler = taskHandler((event) => classifyAlarm(event, dependencies));
