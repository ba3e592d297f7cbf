import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { runCli } from '../../cli/program.ts';
import { createClient, registerClientPlugin } from '../../shared/clients/sdk.ts';
import { useClock } from '../../shared/clock.ts';
import { createRole, MOTO_STARTS_WITHIN_MS, startMoto } from './moto-server.ts';

/**
 * `rightsizer assess` over HTTP against an account that nobody here wrote: 500 functions in moto, which has no Compute
 * Optimizer, no Price List and no percentiles, and so shows that each of them may be missing.
 */
const FUNCTIONS = 500;
const OPTED_OUT_EVERY = 50;
const SEEDED_AT_ONCE = 10;

class Collected extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

let stop: () => void;
let cache: string;
const calls = new Map<string, number>();

beforeAll(async () => {
  stop = await startMoto();
  cache = mkdtempSync(path.join(tmpdir(), 'assess-'));
  await seed();
}, MOTO_STARTS_WITHIN_MS + 120_000);

afterAll(() => {
  stop();
  rmSync(cache, { recursive: true });
});

async function seed(): Promise<void> {
  const lambda = createClient(LambdaClient, { maxAttempts: 2 });
  const Role = await createRole();
  const create = (ordinal: number) =>
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: `service-${ordinal}`,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role,
        MemorySize: 512,
        Timeout: 30,
        Tags: ordinal % OPTED_OUT_EVERY === 0 ? { 'rightsizer:exclude': 'true' } : { team: 'orders' },
        Code: { ZipFile: Buffer.from('never unpacked') },
      }),
    );
  for (let start = 0; start < FUNCTIONS; start += SEEDED_AT_ONCE) {
    await Promise.all(Array.from({ length: SEEDED_AT_ONCE }, (_, at) => create(start + at)));
  }
}

/** One assessment, with every call of every client counted once, however often the SDK tried it. */
async function assess(...args: string[]) {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const forget = registerClientPlugin((client) =>
    client.middlewareStack.add(
      (next, context) => async (call) => {
        const name = String(context['commandName']);
        calls.set(name, (calls.get(name) ?? 0) + 1);
        return next(call);
      },
      { step: 'initialize', name: 'countCalls', override: true },
    ),
  );
  // Pacing and the waits before a source is asked again are other tests' business.
  const restoreClock = useClock({ now: () => Date.now(), sleep: async () => {} });
  try {
    const environment = { XDG_CACHE_HOME: cache };
    const terminal = { stdin: Readable.from([]), stdout, stderr, colors: false, environment };
    return { exitCode: await runCli(['assess', ...args], terminal), stdout: stdout.text, stderr: stderr.text };
  } finally {
    restoreClock();
    forget();
  }
}

it('accounts for every function, within half a call each besides what cannot be batched, and names what is missing', async () => {
  const { exitCode, stdout, stderr } = await assess('--json');
  expect([exitCode, /error/.test(stderr)]).toEqual([0, false]);
  const found = JSON.parse(stdout);
  expect(found.functionsAssessed).toBe(FUNCTIONS - FUNCTIONS / OPTED_OUT_EVERY);
  expect(found.excluded.map(({ reason }: { reason: string }) => reason)).toEqual(
    Array.from({ length: FUNCTIONS / OPTED_OUT_EVERY }, () => 'OptedOut'),
  );
  const sources = found.unavailableSources.map(({ source }: { source: string }) => source);
  expect(sources).toContain('ComputeOptimizer');
  const batched = [...calls].filter(([name]) => !/Quer(y|yResults)Command/.test(name));
  console.log(Object.fromEntries(calls));
  expect(batched.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(FUNCTIONS / 2);
}, 180_000);

it('goes on from what it has, asking for no function again', async () => {
  const listed = calls.get('ListFunctionsCommand');
  expect((await assess('--json')).exitCode).toBe(0);
  expect(calls.get('ListFunctionsCommand')).toBe(listed);
}, 180_000);
