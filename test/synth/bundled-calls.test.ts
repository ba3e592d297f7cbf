import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleHandlers } from '../../infra/constructs/task-code.ts';
import { type CannedAnswer, handler } from '../support/bundled-calls.ts';

/** What bundling leaves out, renames and takes apart changes neither what AWS is asked nor what is made of its answers. */

const ANSWERS: Record<string, CannedAnswer> = {
  'an answer that says nothing': { statusCode: 200, body: '{}' },
  'an error that the services have a class for': {
    statusCode: 400,
    body: '{"__type":"ConditionalCheckFailedException","message":"no","code":"ConditionalCheckFailedException"}',
  },
  'an error that nobody knows': { statusCode: 400, body: '{"__type":"SomethingNew","message":"new"}' },
  'an error in XML': {
    statusCode: 404,
    body: '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
  },
  'a server that breaks': { statusCode: 500, body: 'broken' },
};

let folder: string;
let bundle: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-bundled-calls-'));
  bundle = path.join(folder, 'calls.mjs');
  writeFileSync(bundle, bundleHandlers({ calls: 'test/support/bundled-calls.ts' }).get('calls')!.code);
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each(Object.entries(ANSWERS))('%s', async (_, answer) => {
  const unbundled = await handler(answer);
  expect(unbundled).toHaveLength(24);
  expect(bundled(answer)).toEqual(JSON.parse(JSON.stringify(unbundled)));
});

function bundled(answer: CannedAnswer): unknown {
  const script = `
    const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
    process.stdout.write(JSON.stringify(await handler(${JSON.stringify(answer)})));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: {},
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}
