import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createSampleApp } from '../../infra/create-sample-app.ts';
import { SAMPLE_FUNCTIONS } from '../../infra/stacks/sample-stack.ts';
import { CDK_CONTEXT, type Resource, Template } from './template.ts';

const NAMES = Object.keys(SAMPLE_FUNCTIONS);
const run = promisify(execFile);
const outdir = mkdtempSync(path.join(tmpdir(), 'rightsizer-sample-'));
const { app, stack } = createSampleApp({ outdir, builtinCloudFormationValidation: false, context: CDK_CONTEXT });
// Fails where cdk-nag finds anything.
const template = new Template(app.synth().getStackByName(stack.stackName).template.Resources);
let server: Server;

beforeAll(async () => {
  server = createServer((request, response) =>
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      response.end(JSON.stringify({ Item: { note: { S: 'Light becomes sugar.' } } }));
    }),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterAll(async () => {
  rmSync(outdir, { recursive: true, force: true });
  await new Promise((done) => server.close(done));
});

function fn(name: string): Resource {
  const found = template.ofType('AWS::Lambda::Function').find(([id]) => id.startsWith(name));
  if (found === undefined) throw new Error(`no function ${name}`);
  return found[1];
}

it('deploys every example, on arm64 and the current Node', () => {
  expect(template.ofType('AWS::Lambda::Function')).toHaveLength(NAMES.length);
  for (const name of NAMES) {
    expect(fn(name).Properties).toMatchObject({
      Architectures: ['arm64'],
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
    });
  }
});

it('lets them read items of their table and nothing else', () => {
  const statements = template
    .ofType('AWS::IAM::Policy')
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as { Action: string; Resource: unknown }[]);
  const actions = statements.flatMap(({ Action }) => Action);
  expect([...new Set(actions)].sort()).toEqual(['dynamodb:GetItem', 'logs:CreateLogStream', 'logs:PutLogEvents']);
  expect(statements.filter(({ Resource }) => Resource === '*')).toEqual([]);
});

it.each(NAMES)('%s: the deployed bundle answers from the table named in its variables', async (name) => {
  const { Environment, Code } = fn(name).Properties;
  expect(Object.keys(Environment.Variables)).toEqual(['NOTES_TABLE_NAME']);
  const asset = path.join(outdir, `asset.${path.basename(Code.S3Key, '.zip')}`, 'index.js');
  const ask = `require(${JSON.stringify(asset)}).handler({ userId: 'ann', query: 'light' }, {})
    .then((answer) => process.stdout.write('\\nANSWER ' + JSON.stringify(answer) + '\\n', () => process.exit(0)));`;
  const { stdout } = await run(process.execPath, ['-e', ask], {
    env: {
      NOTES_TABLE_NAME: 'notes',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_RUNTIME_API: 'loopback',
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    },
  });
  expect(stdout).toContain('ANSWER {"query":"light","answer":"Light becomes sugar.","source":"notes"}');
  expect(stdout).toContain('"CacheHit":0');
});
