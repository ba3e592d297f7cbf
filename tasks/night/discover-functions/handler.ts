/**
 * First stage of a night: which functions may be assessed, and why the others are left alone. Called by the state
 * DiscoverFunctions of the nightly workflow.
 */
import { AwsRate } from '../../../shared/aws-rates.ts';
import { createArtifacts } from '../../../shared/clients/artifacts/artifacts.ts';
import { createRememberedLooks } from '../../../shared/clients/artifacts/remembered-looks.ts';
import { createFunctionCatalog } from '../../../shared/clients/lambda/function-catalog.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { placeClients } from '../../../shared/clients/organization/place-clients.ts';
import { createPace } from '../../../shared/clients/pace.ts';
import { createSettingRecords } from '../../../shared/clients/settings-ledger/setting-records.ts';
import { createFunctionTags } from '../../../shared/clients/tagging/function-tags.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parseReadingSettings } from '../../../shared/contracts/settings.ts';
import type { ListedFunction } from '../../../shared/domain/night/eligibility/listed-function.ts';
import type { Place } from '../../../shared/domain/organization/place.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { logger } from '../../../shared/observability/logger.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { discoverFunctions } from './discover-functions.ts';

const environment = readEnvironment([Env.ledgerTableName, Env.runBucketName, Env.stackName, Env.runSettings]);
const { rateLimitShare } = parseReadingSettings(environment[Env.runSettings]);

const artifacts = createArtifacts(environment[Env.runBucketName]);
const clients = placeClients('read');
const dependencies = {
  catalog: { listFunctions },
  tags: createFunctionTags(clients),
  places: clients.places,
  ledger: createLedger(environment[Env.ledgerTableName]),
  coldStartSettings: createSettingRecords(environment[Env.ledgerTableName], 'cold-start'),
  artifacts,
  looks: createRememberedLooks(artifacts, (error) => logger.warn('earlier looks not read', error as Error)),
  stackName: environment[Env.stackName],
};

/** Each account and region is listed once a night, at our share of the rate that is its own. */
function listFunctions(place?: Place): Promise<ListedFunction[]> {
  const pace = createPace(AwsRate.lambdaControlPlane * rateLimitShare, clock);
  return createFunctionCatalog(pace, clients).listFunctions(place);
}

export const handler = taskHandler((event) => discoverFunctions(event, dependencies));
