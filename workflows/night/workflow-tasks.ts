import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { TaskName } from '../../shared/constants.ts';

/** The tasks that are states; `serve-page` and `deliver-decision` stand outside the machine. */
export type WorkflowTaskName = Exclude<TaskName, 'serve-page' | 'deliver-decision'>;

/** Published versions of the task functions, by task. */
export type WorkflowTasks = Record<WorkflowTaskName, IFunction>;
