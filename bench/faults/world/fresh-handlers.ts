import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Handler, type TaskHandlers, taskFolder } from '../../../sandbox/deployment/task-handlers.ts';
import { registerClientPlugin, releaseClients } from '../../../shared/clients/sdk.ts';
import { TASK_FOLDERS } from '../../../shared/constants.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
/** What a client's retries may cost before it stops retrying; the SDK's own figure. */
const RETRY_QUOTA = 500;

let generation = 0;

/**
 * Gives every task a handler that was loaded for this run: it reads its settings anew and remembers nothing of former
 * runs, as after a deployment, so that a seed does the same whether others ran before it or not. All are loaded before
 * anything happens: which of two tasks came first must not depend on how soon their files were read.
 */
export async function loadFreshHandlers(handlers: TaskHandlers): Promise<void> {
  generation += 1;
  const query = `?run=${generation}`;
  for (const task of Object.keys(TASK_FOLDERS)) {
    const file = pathToFileURL(path.join(ROOT, taskFolder(task), 'handler.ts')).href;
    const { handler } = (await import(`${file}${query}`)) as { handler: Handler };
    handlers.standIns.set(task, handler);
  }
}

interface RetryingClient {
  config: { retryStrategy?: () => Promise<{ capacity?: number }> };
}

const clients = new Set<RetryingClient>();
// Those with a session live no longer than their run.
registerClientPlugin((client, { credentials }) => credentials ?? clients.add(client));

/** Sessions are none of the next run's: nor are the clients that speak with them. */
export const releaseSessions = (): void => releaseClients(({ credentials }) => typeof credentials === 'function');

/** Clients live as long as the process: what former runs used up of their retries is given back. */
export async function refillRetries(): Promise<void> {
  for (const { config } of clients) {
    const strategy = await config.retryStrategy?.();
    if (strategy?.capacity !== undefined) strategy.capacity = RETRY_QUOTA;
  }
}
