import { createConfigurationLists } from '../../../shared/clients/artifacts/configuration-lists.ts';
import { createConfigurationTurns } from '../../../shared/clients/settings-ledger/configuration-turns.ts';
import { createColdStartDependencies } from '../../../shared/cold-start-mitigation/apply-cold-start-mitigation.ts';
import { invocationOf } from '../../../shared/configuration-rounds/invocation.ts';
import { Env } from '../../../shared/constants.ts';
import { parseColdStartSettings } from '../../../shared/contracts/cold-start.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { applyColdStartMitigationTask } from './apply-cold-start-mitigation.ts';

/** A round of ApplyColdStartMitigation, whenever somebody asks. Event: ApplyColdStartMitigationInput. */
const environment = readEnvironment([
  Env.ledgerTableName,
  Env.runBucketName,
  Env.coldStartSettings,
  Env.warmUpFunctionArn,
  Env.warmUpRoleArn,
  Env.stackName,
]);
const schedules = {
  namePrefix: `${environment[Env.stackName]}-warm`,
  warmerArn: environment[Env.warmUpFunctionArn],
  roleArn: environment[Env.warmUpRoleArn],
};
const region = process.env['AWS_REGION'] ?? 'us-east-1';
const dependencies = {
  settings: parseColdStartSettings(environment[Env.coldStartSettings]),
  turns: createConfigurationTurns(environment[Env.ledgerTableName], 'cold-start'),
  lists: createConfigurationLists(environment[Env.runBucketName]),
  ownStackName: environment[Env.stackName],
};

export const handler = taskHandler((event, context) => {
  // Each invocation has paces of its own (shared/clients/pace.ts).
  const clients = createColdStartDependencies(schedules, region, environment[Env.ledgerTableName]);
  return applyColdStartMitigationTask(event, { ...clients, ...dependencies }, invocationOf(context));
});
