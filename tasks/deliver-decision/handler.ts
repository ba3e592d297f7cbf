import type { DynamoDBStreamEvent } from 'aws-lambda';
import { createExecutions } from '../../shared/clients/executions.ts';
import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../shared/clock.ts';
import { Env } from '../../shared/constants.ts';
import { readEnvironment } from '../../shared/env.ts';
import { taskHandler } from '../../shared/observability/task-handler.ts';
import { deliverDecisions } from './deliver-decision.ts';

/** Consumer of the ledger's stream (proposals and task tokens only): answers the task tokens of decided proposals. */
const environment = readEnvironment([Env.ledgerTableName]);
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  executions: createExecutions(),
  now: () => clock.now(),
};

export const handler = taskHandler((event) => deliverDecisions(event as DynamoDBStreamEvent, dependencies));
