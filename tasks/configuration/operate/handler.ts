import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createExecutionStarter } from '../../../shared/clients/start-execution.ts';
import { Env } from '../../../shared/constants.ts';
import { parseOperatorSettings } from '../../../shared/contracts/operator.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { operate } from './operate.ts';

/** The operator API: POST /alarms, /auto-scaling, /optimizer and /cold-start, signed with SigV4. */
const environment = readEnvironment([Env.operatorSettings]);
const dependencies = {
  settings: parseOperatorSettings(environment[Env.operatorSettings]),
  executions: createExecutionStarter(),
};

export const handler = taskHandler((event) => operate(event as APIGatewayProxyEventV2, dependencies));
