import { createArtifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { Env } from '../../../shared/constants.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { listOpenChanges } from './list-open-changes.ts';

/** Second state of a night: which changes of earlier nights are still watched. Event: `{ run }`. */
const environment = readEnvironment([Env.ledgerTableName, Env.runBucketName]);
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  artifacts: createArtifacts(environment[Env.runBucketName]),
};

export const handler = taskHandler((event) => listOpenChanges(event, dependencies));
