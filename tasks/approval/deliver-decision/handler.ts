import type { DynamoDBStreamEvent } from 'aws-lambda';
import { createExecutions } from '../../../shared/clients/executions.ts';
import { createLedger, createRemediations } from '../../../shared/clients/ledger/create-ledger.ts';
import { createRemediationStarts } from '../../../shared/clients/remediation-starts.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parsePaceSettings } from '../../../shared/contracts/settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { deliverDecisions } from './deliver-decision.ts';

/**
 * Consumer of the ledger's stream (proposals and task tokens only): answers the task tokens of decided proposals, and
 * starts what remediation had asked about.
 */
const environment = readEnvironment([Env.ledgerTableName, Env.runSettings]);
// A read-only stage has no remediation, and nothing that asks about one.
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  executions: createExecutions(),
  remediationStarts: createRemediationStarts(process.env[Env.remediationStateMachineArn] ?? ''),
  remediations: createRemediations(environment[Env.ledgerTableName]),
  controlPlaneShare: parsePaceSettings(environment[Env.runSettings]).controlPlaneShare,
  now: () => clock.now(),
};

export const handler = taskHandler((event) => deliverDecisions(event as DynamoDBStreamEvent, dependencies));
