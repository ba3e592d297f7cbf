import { createAliasReader } from '../../../shared/clients/lambda/alias-reader.ts';
import { createAliasRouter } from '../../../shared/clients/lambda/alias-router.ts';
import { createFunctionConfigurations } from '../../../shared/clients/lambda/function-configuration.ts';
import { createVersionPublisher } from '../../../shared/clients/lambda/version-publisher.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../../shared/clock.ts';
import { Env, LAMBDA_CONTROL_PLANE_CALLS_PER_SECOND } from '../../../shared/constants.ts';
import { parseRunSettings } from '../../../shared/contracts/settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { applyChange } from './apply-change.ts';

/** Called once a proposal is approved. Event: a ChangeTaskInput; answers ApplyChangeOutput. */
const environment = readEnvironment([Env.ledgerTableName, Env.runSettings]);
const { controlPlaneShare } = parseRunSettings(environment[Env.runSettings]);
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  configurations: createFunctionConfigurations(),
  aliases: { ...createAliasReader(), ...createAliasRouter() },
  versions: createVersionPublisher(),
  clock,
  // A change makes one call of the shared pool and takes at least a second, so permits bound calls per second.
  permits: Math.max(1, Math.floor(LAMBDA_CONTROL_PLANE_CALLS_PER_SECOND * controlPlaneShare)),
};

export const handler = taskHandler((event) => applyChange(event, dependencies));
