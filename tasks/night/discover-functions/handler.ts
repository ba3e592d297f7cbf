/**
 * First stage of a night: which functions may be assessed, and why the others are left alone. Called by the state
 * DiscoverFunctions of the nightly workflow.
 */
import { createArtifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import { createFunctionCatalog } from '../../../shared/clients/lambda/function-catalog.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { createFunctionTags } from '../../../shared/clients/tagging/function-tags.ts';
import { Env } from '../../../shared/constants.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { discoverFunctions } from './discover-functions.ts';

const environment = readEnvironment([Env.ledgerTableName, Env.runBucketName, Env.stackName]);

const dependencies = {
  catalog: createFunctionCatalog(),
  tags: createFunctionTags(),
  ledger: createLedger(environment[Env.ledgerTableName]),
  artifacts: createArtifacts(environment[Env.runBucketName]),
  stackName: environment[Env.stackName],
};

export const handler = taskHandler((event) => discoverFunctions(event, dependencies));
