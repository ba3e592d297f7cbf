import { createFunctionCalls } from '../../../shared/clients/warm-up/function-calls.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { warmUp } from './warm-up.ts';

/** Called by the schedules that ApplyColdStartMitigation makes. Event: WarmUpOrder. */
const calls = createFunctionCalls();

export const handler = taskHandler((event) => warmUp(event, calls));
