import { createColdStartDependencies } from '../../../shared/cold-start-mitigation/apply-cold-start-mitigation.ts';
import { Env } from '../../../shared/constants.ts';
import { parseColdStartSettings } from '../../../shared/contracts/cold-start.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { applyColdStartMitigationTask } from './apply-cold-start-mitigation.ts';

/** The one state of ApplyColdStartMitigation, whenever somebody asks. Event: ApplyColdStartMitigationInput. */
const environment = readEnvironment([
  Env.ledgerTableName,
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
  ...createColdStartDependencies(schedules, region, environment[Env.ledgerTableName]),
  settings: parseColdStartSettings(environment[Env.coldStartSettings]),
  ownStackName: environment[Env.stackName],
};

export const handler = taskHandler((event) => applyColdStartMitigationTask(event, dependencies));
