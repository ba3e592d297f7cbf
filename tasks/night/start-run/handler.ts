import { createExecutions } from '../../../shared/clients/executions.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parseRunSettings } from '../../../shared/contracts/settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { startRun } from './start-run.ts';

/**
 * First state of a night. Decides whether this execution has a night to do at all, and by which rules and deadlines.
 * Event: `{ input, execution: { arn, name } }` as the state machine makes it; answers StartRunOutput.
 */
const environment = readEnvironment([Env.ledgerTableName, Env.runBucketName, Env.runSettings]);
const executions = createExecutions();
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  isRunning: executions.isRunning,
  settings: parseRunSettings(environment[Env.runSettings]),
  bucket: environment[Env.runBucketName],
  now: () => clock.now(),
};

export const handler = taskHandler((event) => startRun(event, dependencies));
