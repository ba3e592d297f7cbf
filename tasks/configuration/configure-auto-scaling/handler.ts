import { createAutoScalingDependencies } from '../../../shared/auto-scaling/configure-auto-scaling.ts';
import { Env } from '../../../shared/constants.ts';
import { parseAutoScalingSettings } from '../../../shared/contracts/auto-scaling.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { configureAutoScalingTask } from './configure-auto-scaling.ts';

/** The one state of ConfigureAutoScaling, whenever somebody asks. Event: ConfigureAutoScalingInput. */
const environment = readEnvironment([Env.ledgerTableName, Env.autoScalingSettings, Env.stackName]);
const dependencies = {
  ...createAutoScalingDependencies(environment[Env.ledgerTableName]),
  settings: parseAutoScalingSettings(environment[Env.autoScalingSettings]),
  ownStackName: environment[Env.stackName],
};

export const handler = taskHandler((event) => configureAutoScalingTask(event, dependencies));
