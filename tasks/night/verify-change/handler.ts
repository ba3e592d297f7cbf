import { createMetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import { createAliasReader } from '../../../shared/clients/lambda/alias-reader.ts';
import { createFunctionConfigurations } from '../../../shared/clients/lambda/function-configuration.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { placeClients } from '../../../shared/clients/organization/place-clients.ts';
import { UNPACED } from '../../../shared/clients/pace.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parseWatchSettings } from '../../../shared/contracts/settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { verifyChange } from './verify-change.ts';

/** Called after the wait for evidence, and for every change still watched. Event: a ChangeTaskInput. */
const environment = readEnvironment([Env.ledgerTableName, Env.runSettings]);
const clients = placeClients('read');
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  configurations: createFunctionConfigurations(UNPACED, clients),
  aliases: createAliasReader(clients),
  metrics: createMetricReader(UNPACED, clients),
  reaches: clients.reaches,
  watchNights: parseWatchSettings(environment[Env.runSettings]).watchNights,
  now: () => clock.now(),
};

export const handler = taskHandler((event) => verifyChange(event, dependencies));
