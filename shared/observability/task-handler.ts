import type { Context } from 'aws-lambda';
import { logger } from './logger.ts';
import { metrics } from './metrics.ts';

/** A Lambda entry point over `task`, with the log context of the run and metrics flushed whatever happens. */
export function taskHandler<Output>(task: (event: unknown, context: Context) => Promise<Output>) {
  return async (event: unknown, context: Context): Promise<Output> => {
    logger.addContext(context);
    logger.appendKeys(runKeys(event));
    try {
      return await task(event, context);
    } catch (error) {
      logger.error('task failed', error as Error);
      throw error;
    } finally {
      logger.resetKeys();
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    }
  };
}

function runKeys(event: unknown): Record<string, string> {
  const { run, functionName } = (event ?? {}) as { run?: { runId?: unknown }; functionName?: unknown };
  const keys: Record<string, string> = {};
  if (typeof run?.runId === 'string') keys['runId'] = run.runId;
  if (typeof functionName === 'string') keys['functionName'] = functionName;
  return keys;
}
