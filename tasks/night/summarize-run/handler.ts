import { createArtifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import { createNightRecords } from '../../../shared/clients/artifacts/night-records.ts';
import { createRememberedLooks } from '../../../shared/clients/artifacts/remembered-looks.ts';
import { createOutcomeEvents } from '../../../shared/clients/eventbridge/outcome-events.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { Env } from '../../../shared/constants.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { logger } from '../../../shared/observability/logger.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { publishMetrics } from './publish-metrics.ts';
import { summarizeRun } from './summarize-run.ts';

/** Last state of a night. Event: SummarizeRunInput; answers RunSummary, the execution's output. */
const environment = readEnvironment([Env.ledgerTableName, Env.runBucketName, Env.eventBusName]);
const artifacts = createArtifacts(environment[Env.runBucketName]);
const dependencies = {
  artifacts,
  nights: createNightRecords(environment[Env.runBucketName]),
  looks: createRememberedLooks(artifacts, (error) => logger.warn('earlier looks not read', error as Error)),
  ledger: createLedger(environment[Env.ledgerTableName]),
  events: createOutcomeEvents(environment[Env.eventBusName]),
  publishMetrics,
};

export const handler = taskHandler((event) => summarizeRun(event, dependencies));
