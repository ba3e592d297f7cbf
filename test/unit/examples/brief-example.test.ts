import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { bundleHandler } from '../../../bench/load/bundle-handler.ts';
import { EmfReader } from '../../../bench/load/emf-lines.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const EXAMPLE = join(ROOT, 'examples/brief/handler.ts');
const run = promisify(execFile);
let folder: string;
let server: Server;
let reads = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brief-example-'));
  server = createServer((request, response) => {
    reads += 1;
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify({ Item: { note: { S: 'Light becomes sugar.' } } }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((done) => server.close(done));
});

describe("the brief's integration example", () => {
  it('stands in the examples word for word', () => {
    const brief = readFileSync(join(import.meta.dirname, 'integration-example.txt'), 'utf8');
    expect(readFileSync(EXAMPLE, 'utf8').startsWith(brief)).toBe(true);
  });

  it('compiles unchanged against our exports', () => {
    const compile = () =>
      execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(ROOT, 'examples/brief')], { encoding: 'utf8' });
    expect(compile()).toBe('');
  });

  it('answers from the table, then from the cache, and tracks both', async () => {
    const file = join(folder, 'index.cjs');
    await bundleHandler(EXAMPLE, file);
    const ask = `const { handler } = require(${JSON.stringify(file)}); const event = { userId: 'ann', query: 'light' };
      handler(event, {}).then((first) => handler(event, {}).then((second) => process.send([first, second], () => process.exit())));`;
    const { answers, printed } = await askInFreshProcess(ask);
    const answer = { query: 'light', answer: 'Light becomes sugar.', source: 'notes' };
    expect(answers).toEqual([answer, answer]);
    expect(reads).toBe(1);
    const reader = new EmfReader();
    for (const line of printed.split('\n')) reader.read(line);
    expect(reader.totals()).toMatchObject({ requests: 2, errors: 0, cacheHits: 1, cacheLookups: 2, customMetrics: 4 });
  });

  it('tracks a failure by its type and passes it on', async () => {
    const file = join(folder, 'failing.cjs');
    await bundleHandler(EXAMPLE, file);
    const ask = `const { handler } = require(${JSON.stringify(file)}); process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:1';
      handler({ userId: 'ann', query: 'light' }, {}).catch((error) => process.send(error.name, () => process.exit()));`;
    const { answers, printed } = await askInFreshProcess(ask);
    const failed = printed.split('\n').filter((line) => line.includes('"ErrorsByType":1'));
    expect(failed).toHaveLength(1);
    expect(JSON.parse(failed[0]!)).toMatchObject({ ErrorType: answers, FunctionName: 'study-assistant' });
  });
});

async function askInFreshProcess(script: string): Promise<{ answers: unknown; printed: string }> {
  const reporting = `process.send = (message, done) => { process.stdout.write('\\nANSWERS ' + JSON.stringify(message) + '\\n', done); };${script}`;
  const { stdout } = await run(process.execPath, ['-e', reporting], {
    env: {
      PATH: process.env['PATH'] ?? '',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_LAMBDA_FUNCTION_NAME: 'study-assistant',
      NOTES_TABLE_NAME: 'notes',
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
  });
  const answers = /^ANSWERS (.*)$/m.exec(stdout)?.[1] ?? 'null';
  return { answers: JSON.parse(answers), printed: stdout };
}
