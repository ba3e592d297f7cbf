import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleHandlers, bundleTasks } from '../../infra/constructs/task-code.ts';
import { type BundleLoad, type BundleRow, bundleRow } from './bundle-row.ts';
import { startRefusingEndpoint } from './refusing-endpoint.ts';
import { taskEnvironment } from './task-environment.ts';

/** Warm calls of each bundle, in the first round only. */
const WARM_CALLS = 200;

interface Bundle {
  readonly handler: string;
  readonly bytes: number;
  readonly file: string;
}

/**
 * Loads every task's deployed bundle in a fresh process a round. Each round begins with another bundle, so that a busy
 * machine slows all of them alike; the reference is one of them.
 */
export async function measureBundles(rounds: number): Promise<{ handlers: BundleRow[]; reference: BundleRow }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rightsizer-bundles-'));
  const endpoint = await startRefusingEndpoint();
  try {
    const environment = { ...(await taskEnvironment()), AWS_ENDPOINT_URL: endpoint.url };
    const bundles = await writeBundles(folder);
    const loads = bundles.map((): BundleLoad[] => []);
    for (let round = 0; round < rounds; round += 1) {
      for (const step of bundles.keys()) {
        const index = (round + step) % bundles.length;
        loads[index]!.push(await load(bundles[index]!.file, round === 0 ? WARM_CALLS : 0, environment));
      }
    }
    const [reference, ...handlers] = bundles.map((bundle, at) => bundleRow(bundle, loads[at]!, loads[0]!));
    return { handlers, reference: reference! };
  } finally {
    endpoint.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The reference first. */
async function writeBundles(folder: string): Promise<Bundle[]> {
  const reference = bundleHandlers({ reference: 'bench/bundle/reference.ts' });
  const written: Bundle[] = [];
  for (const [handler, { code }] of [...reference, ...bundleTasks()]) {
    const file = path.join(folder, `${handler}.mjs`);
    await writeFile(file, code);
    written.push({ handler, bytes: code.length, file });
  }
  return written;
}

function load(file: string, warmCalls: number, env: Record<string, string>): Promise<BundleLoad> {
  return new Promise((resolve, reject) => {
    const process = new URL('./bundle-process.ts', import.meta.url);
    const child = fork(process, [file, String(warmCalls)], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.once('message', (message: BundleLoad) => resolve(message));
    child.once('exit', (code) => reject(new Error(`loading ${file} ended with code ${code} and no answer`)));
  });
}
