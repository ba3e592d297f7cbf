import { patchedText, wanted, wantedTimeout } from './patching.ts';

const SERVERLESS = `service: orders # the shop
provider:
  name: aws
  stage: \${opt:stage, 'dev'}
  memorySize: 1024
functions:
  api:
    handler: src/api.handler
    memorySize: 1024   # megabytes
    timeout: 30
  worker:
    handler: src/worker.handler
  named:
    name: orders-named
    handler: src/named.handler
    memorySize: \${self:custom.memory}
`;
const FILE = 'services/orders/serverless.yml';
const stack = (logicalId: string) => ({ stackName: 'orders-prod', logicalId });

it('overwrites a value of one function', async () => {
  const change = wantedTimeout(60, { functionName: 'orders-prod-api', ...stack('ApiLambdaFunction') });
  expect(await patchedText(FILE, SERVERLESS, change)).toBe(
    SERVERLESS.replace('1024   #', '512   #').replace('timeout: 30', 'timeout: 60'),
  );
});

it("leaves the provider's default to the others and gives the function a value of its own", async () => {
  const change = wanted({ functionName: 'orders-prod-worker', ...stack('WorkerLambdaFunction') });
  expect(await patchedText(FILE, SERVERLESS, change)).toBe(
    SERVERLESS.replace('handler: src/worker', 'memorySize: 512\n    handler: src/worker'),
  );
});

it('finds a function by service, stage and key where no tag tells', async () => {
  expect(await patchedText(FILE, SERVERLESS, wanted({ functionName: 'orders-prod-api' }))).toBe(
    SERVERLESS.replace('1024   #', '512   #'),
  );
});

it('does not take a function of another service that has the same key', async () => {
  const change = wanted({
    functionName: 'billing-prod-api',
    stackName: 'billing-prod',
    logicalId: 'ApiLambdaFunction',
  });
  expect(await patchedText(FILE, SERVERLESS, change)).toEqual([expect.stringMatching(/^no definition of it/)]);
});

it("refuses to override a provider's default that differs from stage to stage", async () => {
  const staged = SERVERLESS.replace(
    '  memorySize: 1024\n',
    "  memorySize: ${self:custom.${opt:stage, 'dev'}.memory}\n",
  );
  const change = wanted({ functionName: 'orders-prod-worker', ...stack('WorkerLambdaFunction') });
  expect(await patchedText(FILE, staged, change)).toEqual([
    expect.stringMatching(/serverless\.yml:5: memorySize is \$/),
  ]);
});

it('refuses a variable with its line', async () => {
  expect(await patchedText(FILE, SERVERLESS, wanted({ functionName: 'orders-named' }))).toEqual([
    `${FILE}:16: memorySize is \${self:custom.memory}, no number`,
  ]);
});
