import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { EmfReader, type EmfTotals } from './emf-lines.ts';

export interface EnvironmentSettings {
  /** Folder and file of the bundled handler. */
  readonly taskRoot: string;
  readonly handlerFile: string;
  readonly certificateFile: string;
  readonly dynamoDBUrl: string;
}

/** What Lambda gives a function to see, and where its tables are; nothing of this process's own environment. */
export function functionEnvironment(settings: EnvironmentSettings, runtimeApi: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: 'study-assistant',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'loopback',
    AWS_SECRET_ACCESS_KEY: 'loopback',
    AWS_ENDPOINT_URL_DYNAMODB: settings.dynamoDBUrl,
    NODE_EXTRA_CA_CERTS: settings.certificateFile,
    NOTES_TABLE_NAME: 'notes',
    LAMBDA_TASK_ROOT: settings.taskRoot,
    _HANDLER: settings.handlerFile,
  };
}

/** Execution environments as processes, their standard output read for metric lines. */
export class Environments {
  readonly #reader = new EmfReader();
  readonly #processes: ChildProcess[] = [];

  /** Starts one and resolves to its init duration in ms, once its handler is loaded. */
  async start(settings: EnvironmentSettings, runtimeApi: string): Promise<number> {
    const child = fork(new URL('./lambda-runtime.ts', import.meta.url), {
      env: functionEnvironment(settings, runtimeApi),
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    this.#processes.push(child);
    createInterface({ input: child.stdout! }).on('line', (line) => this.#reader.read(line));
    return new Promise((resolve, reject) => {
      child.once('message', (message: { initMs: number }) => resolve(message.initMs));
      child.once('exit', (code) => reject(new Error(`an environment ended with code ${code} before it was ready`)));
    });
  }

  totals(): EmfTotals {
    return this.#reader.totals();
  }

  stop(): void {
    for (const child of this.#processes) child.kill();
  }
}
