import fc from 'fast-check';
import { patchSources } from '../../../../cli/patch/patch-sources.ts';
import { sourceFile, wantedTimeout } from './patching.ts';

/** What an editor leaves half-written must never end the command. */
const SOURCES = {
  't.yaml':
    'Resources:\n  Api:\n    Type: AWS::Lambda::Function\n    Properties:\n      <<: *x\n      MemorySize: 1024\n      Timeout: !Ref T\n',
  't.json':
    '{"Resources": {"Api": {"Type": "AWS::Lambda::Function", "Properties": {"MemorySize": 1024, "Timeout": 30}}}}',
  'serverless.yml':
    'service: orders\nprovider:\n  name: aws\n  memorySize: 1024\nfunctions:\n  api:\n    handler: a.b\n    timeout: 30\n',
  'main.tf':
    'locals {\n  name = "orders-api"\n}\nresource "aws_lambda_function" "a" {\n  function_name = local.name\n  memory_size = 1024\n  timeout = 30\n}\n',
  'stack.ts':
    "import { Duration } from 'aws-cdk-lib';\nclass A extends Stack {\n  constructor() {\n    new x.Function(this, `Api`, { functionName: 'orders-api', memorySize: 1_024, timeout: Duration.minutes(1), ...rest } as P);\n  }\n}\n",
  'app.py':
    'from aws_cdk import Duration\nclass A(Stack):\n    def f(self):\n        Function(self, "Api", function_name="orders-api", memory_size=1024, timeout=Duration.seconds(30), **kw)\n',
};

const damaged = fc
  .tuple(
    fc.constantFrom(...Object.entries(SOURCES)),
    fc.nat(400),
    fc.nat(60),
    fc.constantFrom('', '{', '"', "'", '(', '=', '\n', '${', '😀'),
  )
  .map(([[file, text], from, length, inserted]) => ({
    file,
    text: text.slice(0, from % text.length) + inserted + text.slice((from % text.length) + length),
  }));

it('answers for every function, whatever is missing or added in a source', async () => {
  const change = wantedTimeout(90, { logicalId: 'Api' });
  await fc.assert(
    fc.asyncProperty(damaged, async ({ file, text }) => {
      const { functions } = await patchSources([change], [sourceFile(file, text)]);
      expect(functions).toHaveLength(1);
    }),
    { numRuns: 1_500, seed: 17 },
  );
});
