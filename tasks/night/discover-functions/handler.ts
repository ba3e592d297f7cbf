/**
 * First stage of a night: which functions may be assessed, and why the others are left alone. Called by the state
 * DiscoverFunctions of the nightly workflow.
 */
import { AwsRate } from '../../../shared/aws-rates.ts';
import { createArtifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import { createRememberedLooks } from '../../../shared/clients/artifacts/remembered-looks.ts';
import { createFunctionCatalog } from '../../../shared/clients/lambda/function-catalog.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { createPace } from '../../../shared/clients/pace.ts';
import { createFunctionTags } from '../../../shared/clients/tagging/function-tags.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parseRunSettings } from '../../../shared/contracts/settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { logger } from '../../../shared/observability/logger.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { discoverFunctions } from './discover-functions.ts';

const environment = readEnvironment([Env.ledgerTableName, Env.runBucketName, Env.stackName, Env.runSettings]);
const { rateLimitShare } = parseRunSettings(environment[Env.runSettings]);

const artifacts = createArtifacts(environment[Env.runBucketName]);
const dependencies = {
  tags: createFunctionTags(),
  ledger: createLedger(environment[Env.ledgerTableName]),
  artifacts,
  looks: createRememberedLooks(artifacts, (error) => logger.warn('earlier looks not read', error as Error)),
  stackName: environment[Env.stackName],
};

export const handler = taskHandler((event) => {
  const catalog = createFunctionCatalog(createPace(AwsRate.lambdaControlPlane * rateLimitShare, clock));
  return discoverFunctions(event, { ...dependencies, catalog });
});
