import { createAliasReader } from '../../../shared/clients/lambda/alias-reader.ts';
import { createAliasRouter } from '../../../shared/clients/lambda/alias-router.ts';
import { createFunctionConfigurations } from '../../../shared/clients/lambda/function-configuration.ts';
import { createVersionPublisher } from '../../../shared/clients/lambda/version-publisher.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { placeClients } from '../../../shared/clients/organization/place-clients.ts';
import { UNPACED } from '../../../shared/clients/pace.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { applyChange } from './apply-change.ts';

/** Called when the turn of an approved change has come. Event: a ChangeTaskInput; answers ApplyChangeOutput. */
const environment = readEnvironment([Env.ledgerTableName]);
const clients = placeClients('apply-change');
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  configurations: createFunctionConfigurations(UNPACED, clients),
  aliases: { ...createAliasReader(clients), ...createAliasRouter(clients) },
  versions: createVersionPublisher(clients),
  clock,
};

export const handler = taskHandler((event) => applyChange(event, dependencies));
