import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { analyze } from './analyze.ts';

/**
 * Decides which memory size and timeout a function should have, and says why. Called for each function of an
 * assessment batch with `{ run, item, metrics? }`.
 */
export const handler = taskHandler(analyze);
