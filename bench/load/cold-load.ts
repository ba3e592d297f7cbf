import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHandler, SAMPLE_BUNDLING } from './bundle-handler.ts';
import { startDynamoDBEndpoint } from './dynamodb-endpoint.ts';
import { functionEnvironment } from './environments.ts';
import { BRIEF_EXAMPLE } from './local-service.ts';
import { selfSigned } from './self-signed.ts';

export interface ColdLoad {
  /** Reading, compiling and evaluating the bundle. */
  readonly initMs: number;
  /** From calling the handler to its answer. */
  readonly firstRequestMs: number;
  /** Processor time of both. */
  readonly cpuMs: number;
}

/** Loads the brief's example in fresh processes, one after the other, and has each answer one question. */
export async function measureColdLoad(processes: number, dynamoDBServiceTimeMs: number): Promise<ColdLoad[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rightsizer-cold-'));
  const handlerFile = join(folder, 'index.cjs');
  const certificateFile = join(folder, 'ca.pem');
  const tls = selfSigned(Date.now());
  const dynamoDB = await startDynamoDBEndpoint(tls, dynamoDBServiceTimeMs);
  try {
    await bundleHandler(BRIEF_EXAMPLE, handlerFile, SAMPLE_BUNDLING);
    await writeFile(certificateFile, tls.certificatePem);
    const settings = { taskRoot: folder, handlerFile: 'index.cjs', certificateFile, dynamoDBUrl: dynamoDB.url };
    const runs: ColdLoad[] = [];
    while (runs.length < processes) {
      runs.push(await coldLoad(handlerFile, functionEnvironment(settings, 'loopback')));
    }
    return runs;
  } finally {
    dynamoDB.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One cold start of a bundled handler in a process of its own; rejects when the handler fails. */
export function coldLoad(handlerFile: string, environment: Record<string, string>): Promise<ColdLoad> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./cold-process.ts', import.meta.url), [handlerFile], {
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('message', (message: ColdLoad) => resolve(message));
    child.once('exit', (code) => reject(new Error(`a cold start ended with code ${code} and no answer`)));
  });
}
