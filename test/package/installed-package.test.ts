import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { installPackage, PROJECT_ROOT } from './install-package.ts';

let folder: string;
let project: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-package-'));
  project = path.join(folder, 'project');
  installPackage(folder);
  // The brief's example and what it leaves to the application, as a customer's own files; only the imports' names differ.
  write('handler.ts', asCustomerWrites(read('examples/brief/handler.ts')));
  write('process-request.ts', read('examples/process-request.ts'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string): string => readFileSync(path.join(PROJECT_ROOT, file), 'utf8');
const write = (file: string, text: string): void => writeFileSync(path.join(project, file), text);

function asCustomerWrites(example: string): string {
  return example
    .replace("'./connection-pool'", "'lambda-rightsizer/connection-pool'")
    .replace("'./cloudwatch-metrics'", "'lambda-rightsizer/cloudwatch-metrics'")
    .replace("'../process-request'", "'./process-request.ts'");
}

/** Runs plain Node in the customer's folder and returns what it printed. */
function node(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
    env: { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

it('publishes JavaScript and declarations, and none of our TypeScript, tests or benches', () => {
  const files = execFileSync('find', ['.', '-type', 'f'], {
    cwd: path.join(project, 'node_modules/lambda-rightsizer'),
    encoding: 'utf8',
  });
  const sources = files
    .split('\n')
    .filter((file) => /(?<!\.d)\.ts$|^\.\/(test|bench|sandbox|infra|tasks)\//.test(file));
  expect(sources).toEqual([]);
});

it('runs the brief’s example with plain Node, from the table and then from the cache', () => {
  write(
    'ask.ts',
    `import { createServer } from 'node:http';
     let reads = 0;
     const server = createServer((request, response) => request.resume().on('end', () => {
       reads += 1;
       response.setHeader('content-type', 'application/x-amz-json-1.0');
       response.end(JSON.stringify({ Item: { note: { S: 'Light becomes sugar.' } } }));
     }));
     await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
     process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://127.0.0.1:' + (server.address() as { port: number }).port;
     process.env.AWS_LAMBDA_FUNCTION_NAME = 'study-assistant';
     process.env.NOTES_TABLE_NAME = 'notes';
     const { handler } = await import('./handler.ts');
     const event = { userId: 'ann', query: 'light' };
     const answers = [await handler(event, {}), await handler(event, {})];
     process.stdout.write('\\n' + JSON.stringify({ answers, reads }) + '\\n', () => process.exit(0));`,
  );
  const printed = node('--no-warnings', 'ask.ts');
  const answer = { query: 'light', answer: 'Light becomes sugar.', source: 'notes' };
  expect(JSON.parse(printed.trim().split('\n').at(-1)!)).toEqual({ answers: [answer, answer], reads: 1 });
  expect(printed).toContain('"CacheHit":1');
});

it.each([
  ['connection-pool', ['withConnectionPool', 'getDynamoDBClient', 'getS3Client', 'getBedrockClient', 'cacheResponse']],
  ['cloudwatch-metrics', ['trackResponseTime', 'trackUserMetrics', 'trackCostMetrics', 'trackScalingMetrics']],
  ['cloudwatch-alarms', ['createPerformanceAlarms', 'createDynamoDBAlarms', 'createAlarmTopic']],
  ['auto-scaling', ['configureLambdaConcurrency', 'registerDynamoDBScaling', 'createDynamoDBScalingPolicy']],
  ['cold-start-mitigation', ['configureProvisionedConcurrency', 'createWarmUpSchedule', 'getRecommendedStrategy']],
  ['lambda-optimizer', ['analyzeFunction', 'optimizeAllFunctions', 'applyOptimization']],
])('%s has the brief’s functions, by import and by require', (library, names) => {
  const list = `console.log(JSON.stringify(Object.keys(library)))`;
  const imported = node('--input-type=module', '-e', `import * as library from 'lambda-rightsizer/${library}';${list}`);
  const required = node('--no-warnings', '-e', `const library = require('lambda-rightsizer/${library}');${list}`);
  expect(JSON.parse(imported)).toEqual(expect.arrayContaining(names));
  expect(JSON.parse(required)).toEqual(expect.arrayContaining(names));
});

it('brings types that a customer’s compiler reads', () => {
  write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2024',
        strict: true,
        useUnknownInCatchVariables: false,
        noEmit: true,
        allowImportingTsExtensions: true,
        types: ['node'],
        typeRoots: [path.join(PROJECT_ROOT, 'node_modules/@types')],
      },
      files: ['handler.ts', 'types.ts'],
    }),
  );
  write(
    'types.ts',
    `import { trackResponseTime } from 'lambda-rightsizer/cloudwatch-metrics';
     // @ts-expect-error: responseTime is a number
     void trackResponseTime({ responseTime: '3', functionName: 'f', statusCode: 200 });`,
  );
  const { stdout } = spawnSync(path.join(PROJECT_ROOT, 'node_modules/.bin/tsc'), ['-p', project], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

it('bundles into a function with one SDK and no sources of credentials but Lambda’s', () => {
  const options = node(
    '--input-type=module',
    '-e',
    `import { lambdaBundling } from 'lambda-rightsizer/connection-pool/bundling';
     console.log(JSON.stringify(lambdaBundling({ eventStreams: false })));`,
  );
  write(
    'build.cjs',
    `const { build } = require(${JSON.stringify(path.join(PROJECT_ROOT, 'node_modules/esbuild'))});
     build({ ...${options}, entryPoints: ['handler.ts'], outfile: 'index.cjs', metafile: true, logLevel: 'error' })
       .then(({ metafile: { outputs } }) => console.log(JSON.stringify(outputs['index.cjs'])));`,
  );
  const output = JSON.parse(node('build.cjs')) as { bytes: number; inputs: Record<string, { bytesInOutput: number }> };
  const kept = Object.keys(output.inputs).filter((file) => output.inputs[file]!.bytesInOutput > 0);
  expect(kept.filter((file) => /client-s3|client-bedrock|credential-provider|nested-clients/.test(file))).toEqual([]);
  expect(output.bytes).toBeLessThan(260_000);
});

it('has a command line that runs once installed', () => {
  const rightsizer = path.join(project, 'node_modules/.bin/rightsizer');
  expect(node(rightsizer, '--help')).toMatch(/^Usage: rightsizer/);
  const { status, stdout } = spawnSync(process.execPath, [rightsizer, 'recommend', '--jsonl'], {
    input: '{}\n',
    encoding: 'utf8',
  });
  expect(JSON.parse(stdout)).toMatchObject({ error: expect.stringContaining('architecture') });
  expect(status).toBe(0);
});
