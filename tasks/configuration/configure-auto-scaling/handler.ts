import { createAutoScalingDependencies } from '../../../shared/auto-scaling/configure-auto-scaling.ts';
import { createConfigurationLists } from '../../../shared/clients/artifacts/configuration-lists.ts';
import { createConfigurationTurns } from '../../../shared/clients/settings-ledger/configuration-turns.ts';
import { invocationOf } from '../../../shared/configuration-rounds/invocation.ts';
import { Env } from '../../../shared/constants.ts';
import { parseAutoScalingSettings } from '../../../shared/contracts/auto-scaling.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { configureAutoScalingTask } from './configure-auto-scaling.ts';

/** A round of ConfigureAutoScaling, whenever somebody asks. Event: ConfigureAutoScalingInput. */
const environment = readEnvironment([Env.ledgerTableName, Env.runBucketName, Env.autoScalingSettings, Env.stackName]);
const dependencies = {
  settings: parseAutoScalingSettings(environment[Env.autoScalingSettings]),
  turns: createConfigurationTurns(environment[Env.ledgerTableName], 'auto-scaling'),
  lists: createConfigurationLists(environment[Env.runBucketName]),
  ownStackName: environment[Env.stackName],
};

export const handler = taskHandler((event, context) => {
  // Each invocation has paces of its own (shared/clients/pace.ts).
  const clients = createAutoScalingDependencies(environment[Env.ledgerTableName]);
  return configureAutoScalingTask(event, { ...clients, ...dependencies }, invocationOf(context));
});
