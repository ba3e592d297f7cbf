import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleHandler, SAMPLE_BUNDLING } from './bundle-handler.ts';
import type { EndpointCounts } from './dynamodb-endpoint.ts';
import type { EmfTotals } from './emf-lines.ts';
import { selfSigned } from './self-signed.ts';

export interface LocalService {
  readonly invokeUrl: string;
  /** Init duration of every environment, in ms: loading the handler's bundle, measured. */
  readonly initMs: readonly number[];
  readonly bundleBytes: number;
  observations(): Promise<{ totals: EmfTotals; dynamoDB: EndpointCounts }>;
  stop(): Promise<void>;
}

export interface LocalServiceSettings {
  /** Handler source to bundle and serve. @default the brief's integration example */
  readonly entry?: string;
  readonly environments: number;
  /** Modelled time that DynamoDB takes for a read. */
  readonly dynamoDBServiceTimeMs: number;
}

export const BRIEF_EXAMPLE = fileURLToPath(new URL('../../examples/brief/handler.ts', import.meta.url));
/** The example's timeout, ten times the response time it promises. */
const FUNCTION_TIMEOUT_MS = 30_000;

/** Bundles the handler and serves it over HTTP on loopback; `stop` ends every process and removes every file. */
export async function startLocalService(settings: LocalServiceSettings): Promise<LocalService> {
  const folder = await mkdtemp(join(tmpdir(), 'rightsizer-load-'));
  const handlerFile = join(folder, 'index.cjs');
  const certificateFile = join(folder, 'ca.pem');
  const bundleBytes = await bundleHandler(settings.entry ?? BRIEF_EXAMPLE, handlerFile, SAMPLE_BUNDLING);
  const tls = selfSigned(Date.now());
  await writeFile(certificateFile, tls.certificatePem);
  const child = fork(new URL('./service-process.ts', import.meta.url), { stdio: 'inherit' });
  const ready = answerOf<{ invokeUrl: string; initMs: number[] }>(child);
  child.send({
    environments: settings.environments,
    functionTimeoutMs: FUNCTION_TIMEOUT_MS,
    dynamoDBServiceTimeMs: settings.dynamoDBServiceTimeMs,
    tls,
    settings: { taskRoot: dirname(handlerFile), handlerFile: basename(handlerFile), certificateFile },
  });
  return {
    ...(await ready),
    bundleBytes,
    observations: () => {
      const answer = answerOf<{ totals: EmfTotals; dynamoDB: EndpointCounts }>(child);
      child.send({ observe: true });
      return answer;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      if (child.exitCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answerOf<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the local service ended with code ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Message);
    });
  });
}
