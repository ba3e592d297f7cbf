import { createAliasReader } from '../../../shared/clients/lambda/alias-reader.ts';
import { createAliasRouter } from '../../../shared/clients/lambda/alias-router.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { placeClients } from '../../../shared/clients/organization/place-clients.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { finishShift } from './finish-shift.ts';

/** Called when a version did well on its share of an alias. Event: a ChangeTaskInput; answers FinishShiftOutput. */
const environment = readEnvironment([Env.ledgerTableName]);
const clients = placeClients('finish-shift');
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  aliases: { ...createAliasReader(clients), ...createAliasRouter(clients) },
  now: () => clock.now(),
};

export const handler = taskHandler((event) => finishShift(event, dependencies));
