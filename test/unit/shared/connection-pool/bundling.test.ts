import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleHandler } from '../../../../bench/load/bundle-handler.ts';
import { lambdaBundling } from '../../../../shared/connection-pool/bundling.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bundling-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function bundled(name: string, source: string, options: { eventStreams?: boolean } = {}) {
  const entry = path.join(folder, `${name}.ts`);
  writeFileSync(entry, source.replaceAll('@pool', path.join(ROOT, 'shared/connection-pool/index.ts')));
  const file = path.join(folder, `${name}.cjs`);
  return { file, bytes: await bundleHandler(entry, file, options) };
}

/** Calls the bundle's `handler` in a fresh process, without any configuration but Lambda's, and returns its answer. */
function call(file: string, environment: Record<string, string> = {}): string {
  return execFileSync(
    process.execPath,
    ['-e', `require(${JSON.stringify(file)}).handler().then((x) => console.log(x))`],
    {
      encoding: 'utf8',
      cwd: folder,
      stdio: 'pipe',
      env: { AWS_REGION: 'us-east-1', HOME: folder, ...environment },
    },
  ).trim();
}

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'from-lambda', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };

it('makes a client that takes its credentials from Lambda’s environment', async () => {
  const { file } = await bundled(
    'credentials',
    `import { getDynamoDBClient } from '@pool';
     export const handler = async () => JSON.stringify(await getDynamoDBClient().config.credentials());`,
    { eventStreams: false },
  );
  expect(JSON.parse(call(file, CREDENTIALS))).toMatchObject({ accessKeyId: 'from-lambda', sessionToken: 'token' });
});

it('says by name that it takes credentials from Lambda only', async () => {
  const { file } = await bundled(
    'missing',
    `import { getDynamoDBClient } from '@pool';
     export const handler = () => getDynamoDBClient().config.credentials().catch((e) => e.name + ': ' + e.message);`,
    { eventStreams: false },
  );
  expect(call(file)).toMatch(/^CredentialsProviderError: .*takes credentials from Lambda only/);
});

it('keeps event streams for Bedrock and S3 unless told that there are none', async () => {
  const source = `import { getBedrockClient, getS3Client } from '@pool';
     export const handler = async () => [getBedrockClient(), getS3Client()].map((client) => client.config.serviceId).join();`;
  const { file } = await bundled('streams', source);
  expect(call(file, CREDENTIALS)).toBe('Bedrock Runtime,S3');
  const wrong = await bundled('no-streams', source, { eventStreams: false });
  expect(() => call(wrong.file, CREDENTIALS)).toThrow('@smithy/core/event-streams');
});

it('makes a bundle less than two thirds of what the same esbuild makes without it', async () => {
  const source = `import { getDynamoDBClient } from '@pool'; export const handler = () => getDynamoDBClient();`;
  const ours = await bundled('ours', source, { eventStreams: false });
  const plain = await bundleHandler(path.join(folder, 'ours.ts'), path.join(folder, 'plain.cjs'), 'plain');
  expect(ours.bytes / plain).toBeLessThan(2 / 3);
});

it('gives fresh objects, so that whoever adds an alias changes nobody else’s', () => {
  lambdaBundling().alias['x'] = 'y';
  expect(Object.keys(lambdaBundling().alias)).toEqual(['@aws-sdk/credential-provider-node']);
});
