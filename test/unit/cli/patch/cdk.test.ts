import { patchSources } from '../../../../cli/patch/patch-sources.ts';
import { patchedText, sourceFile, textOrRefusals, wanted, wantedTimeout } from './patching.ts';

const STACK = `import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

const MEMORY_MB = 1024;

export class Orders extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new lambda.Function(this, 'Api', {
      functionName: 'orders-api',
      memorySize: 1_024, // measured
      timeout: Duration.minutes(1),
    } satisfies lambda.FunctionProps);
    new NodejsFunction(this, 'Worker', { functionName: \`orders-worker\`, memorySize: MEMORY_MB });
    new lambda.Function(this, 'Spread', { functionName: 'spread', ...defaults });
    new lambda.Function(this, 'Overridden', { functionName: 'overridden', memorySize: 1024, ...defaults });
    new lambda.Function(this, 'Props', props);
  }
}
`;
const FILE = 'lib/orders-stack.ts';
const minute = { before: { memorySizeMb: 1024, timeoutSeconds: 60 } };

describe('TypeScript', () => {
  it('overwrites a number, however it is spelled', async () => {
    expect(await patchedText(FILE, STACK, wanted())).toBe(STACK.replace('1_024', '512'));
  });

  it('keeps the unit of a duration where the value allows it, and changes it to seconds where not', async () => {
    const first = STACK.replace('1_024', '512');
    expect(await patchedText(FILE, STACK, wantedTimeout(120, minute))).toBe(first.replace('(1)', '(2)'));
    expect(await patchedText(FILE, STACK, wantedTimeout(90, minute))).toBe(first.replace('minutes(1)', 'seconds(90)'));
  });

  it('refuses constants, overriding spreads and properties from elsewhere, with their lines', async () => {
    const refused = (functionName: string, logicalId?: string) =>
      patchedText(FILE, STACK, wanted({ functionName, ...(logicalId && { logicalId }) }));
    expect(await refused('orders-worker')).toEqual([
      `${FILE}:14: memorySize is MEMORY_MB, no number: change it where it is set (declared at ${FILE}:4)`,
    ]);
    expect(await refused('overridden')).toEqual([
      `${FILE}:16: ...defaults stands after memorySize and may say another`,
    ]);
    expect(await refused('x', 'Props12345678')).toEqual([
      `${FILE}:17: its properties are props, no object written in place`,
    ]);
  });

  it('adds what a spread would decide after it', async () => {
    expect(await patchedText(FILE, STACK, wantedTimeout(90, { functionName: 'spread' }))).toBe(
      STACK.replace("'spread', ...defaults", "'spread', ...defaults, memorySize: 512, timeout: Duration.seconds(90)"),
    );
  });

  it('refuses a class that is made more than once, naming where', async () => {
    const construct = `import 'aws-cdk-lib';\nclass Task extends Construct {\n  constructor(s, id) {\n    new Function(this, 'Handler', { memorySize: 1024 });\n  }\n}\n`;
    const use = "new Task(this, 'Api');\n";
    const change = wanted({ logicalId: 'ApiHandler00000000' });
    const files = (uses: string) => [sourceFile('lib/task.ts', construct), sourceFile('lib/app.ts', uses)];
    expect(textOrRefusals(await patchSources([change], files(use)), '')).toBe(construct.replace('1024', '512'));
    expect(textOrRefusals(await patchSources([change], files(use + use)), '')).toEqual([
      'lib/task.ts:4 defines it, but what it is in is used 2 times: lib/app.ts:1, lib/app.ts:2',
    ]);
  });
});

const PYTHON = `import aws_cdk as cdk
from aws_cdk import aws_lambda as _lambda


class Orders(cdk.Stack):
    def __init__(self, scope, id, **kwargs):
        super().__init__(scope, id, **kwargs)
        _lambda.Function(
            self,
            "Api",
            function_name="orders-api",
            memory_size=1024,  # measured
        )
        _lambda.Function(self, "Staged", function_name=f"{stage}-staged", memory_size=MEMORY, timeout=cdk.Duration.seconds(30))
        _lambda.Function(self, "Spread", function_name="spread", **defaults)
`;

describe('Python', () => {
  it('overwrites a number, and adds a timeout by the name that the file has for Duration', async () => {
    expect(await patchedText('app/stack.py', PYTHON, wantedTimeout(90))).toBe(
      PYTHON.replace('1024', '512').replace(
        '            function_name="orders-api"',
        '            timeout=cdk.Duration.seconds(90),\n            function_name="orders-api"',
      ),
    );
  });

  it('refuses variables and what may come from keyword arguments, with their lines', async () => {
    expect(await patchedText('s.py', PYTHON, wanted({ functionName: 'prod-staged' }))).toEqual([
      's.py:14: memory_size is MEMORY, no number: change it where it is set',
    ]);
    expect(await patchedText('s.py', PYTHON, wanted({ functionName: 'spread' }))).toEqual([
      's.py:15: memory_size is not said there, and may come from **defaults',
    ]);
  });

  it('overwrites a duration', async () => {
    const literal = PYTHON.replace('MEMORY', '1024');
    expect(await patchedText('s.py', literal, wantedTimeout(45, { functionName: 'prod-staged' }))).toBe(
      literal.replace(
        'memory_size=1024, timeout=cdk.Duration.seconds(30)',
        'memory_size=512, timeout=cdk.Duration.seconds(45)',
      ),
    );
  });
});
