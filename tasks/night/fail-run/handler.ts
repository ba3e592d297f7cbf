import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { createOutcomeEvents } from '../../../shared/clients/eventbridge/outcome-events.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { Env, RunMetric } from '../../../shared/constants.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { metrics } from '../../../shared/observability/metrics.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { failRun } from './fail-run.ts';

/** Called when a stage of the night failed as a whole, before the execution fails. Event: FailRunInput. */
const environment = readEnvironment([Env.ledgerTableName, Env.eventBusName]);
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  events: createOutcomeEvents(environment[Env.eventBusName]),
  countFailure: () => metrics.addMetric(RunMetric.runsFailed, MetricUnit.Count, 1),
};

export const handler = taskHandler((event) => failRun(event, dependencies));
