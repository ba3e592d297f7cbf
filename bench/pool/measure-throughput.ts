import { fork } from 'node:child_process';
import { functionEnvironment } from '../load/environments.ts';
import type { Throughput } from './throughput-process.ts';

export interface ThroughputMeasurement {
  readonly throughputs: readonly Throughput[];
  readonly cacheHitRate: number;
}

/** Requests a second with and without pool and cache, one request at a time as in an execution environment. */
export function measureThroughput(dynamoDBUrl: string, certificateFile: string): Promise<ThroughputMeasurement> {
  const settings = { taskRoot: '', handlerFile: '', certificateFile, dynamoDBUrl };
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./throughput-process.ts', import.meta.url), {
      env: functionEnvironment(settings, 'loopback'),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('message', (message: ThroughputMeasurement) => resolve(message));
    child.once('exit', (code) => reject(new Error(`the throughput process ended with code ${code} and no answer`)));
  });
}
