import { patchedText, wanted, wantedTimeout } from './patching.ts';

const SAM = `# Orders: keep me
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Timeout: 30   # everybody's
Resources:
  OrdersApi:
    Type: AWS::Serverless::Function
    Properties:
      # how much it needs
      MemorySize: 1024 # measured in March
      Role: !GetAtt Role.Arn
      Handler:   "index.handler"
`;
const API = { stackName: 'orders', logicalId: 'OrdersApi' };

it('overwrites the digits of a template and leaves comments, tags and order alone', async () => {
  expect(await patchedText('template.yaml', SAM, wanted(API))).toBe(SAM.replace('1024', '512'));
});

it('gives a function a line of its own where it has what Globals say', async () => {
  expect(await patchedText('template.yaml', SAM, wantedTimeout(45, API))).toBe(
    SAM.replace('1024', '512').replace('      MemorySize', '      Timeout: 45\n      MemorySize'),
  );
});

it('keeps quotes around a number', async () => {
  const quoted = SAM.replace('1024', "'1024'");
  expect(await patchedText('template.yml', quoted, wanted(API))).toBe(quoted.replace('1024', '512'));
});

it.each([
  ['a reference', '!Ref MemoryMb'],
  ['a condition', '!If [IsProd, 1024, 512]'],
  ['a function in full', '{ "Fn::FindInMap": [a, b, c] }'],
])('refuses %s and names the line', async (_, value) => {
  const [reason] = await patchedText('template.yaml', SAM.replace('1024', value), wanted(API));
  expect(reason).toContain(`template.yaml:11: MemorySize is ${value.split(' ')[0]}`);
});

it('refuses what an anchor shares and what a merge key brings stays where it is', async () => {
  const shared = `Shared: &sizes { MemorySize: 1024 }
Resources:
  OrdersApi:
    Type: AWS::Lambda::Function
    Properties:
      <<: *sizes
      Handler: a.b
  Other:
    Type: AWS::Lambda::Function
    Properties: &props
      MemorySize: &memory 1024
  Third:
    Type: AWS::Lambda::Function
    Properties: *props
  Fourth:
    Type: AWS::Lambda::Function
    Properties: { MemorySize: *memory, Handler: a.b }
`;
  const patch = (logicalId: string) => patchedText('t.yaml', shared, wanted({ logicalId }));
  expect(await patch('OrdersApi')).toBe(shared.replace('      <<', '      MemorySize: 512\n      <<'));
  expect(await patch('Other')).toEqual([expect.stringContaining('t.yaml:11: it is inside what anchor &props')]);
  expect(await patch('Third')).toEqual([expect.stringContaining('t.yaml:14: its Properties are *props')]);
  expect(await patch('Fourth')).toEqual([expect.stringContaining('t.yaml:17: MemorySize is *memory')]);
});

it('edits JSON with tabs, and adds a line in its style', async () => {
  const json = `{\n\t"Resources": {\n\t\t"OrdersApi": {\n\t\t\t"Type": "AWS::Lambda::Function",\n\t\t\t"Properties": {\n\t\t\t\t"MemorySize": 1024,\n\t\t\t\t"Handler": "a.b"\n\t\t\t}\n\t\t}\n\t}\n}`;
  const patched = await patchedText('orders/template.json', json, wantedTimeout(60, API));
  expect(patched).toBe(json.replace('"MemorySize": 1024', '"Timeout": 60,\n\t\t\t\t"MemorySize": 512'));
  expect(JSON.parse(String(patched)).Resources.OrdersApi.Properties).toMatchObject({ Timeout: 60, MemorySize: 512 });
});

it('finds a function by the name that the template spells, whatever its logical id', async () => {
  const named = SAM.replace('Properties:\n', 'Properties:\n      FunctionName: orders-api\n');
  expect(await patchedText('t.yaml', named, wanted())).toBe(named.replace('1024', '512'));
  expect(await patchedText('t.yaml', named, wanted({ functionName: 'billing', logicalId: 'OrdersApi' }))).toEqual([
    'no definition of it was found (logical id OrdersApi)',
  ]);
});

it('trusts a name with placeholders only where the value fits as well', async () => {
  const named = SAM.replace('Properties:\n', "Properties:\n      FunctionName: !Sub '${Stage}-api'\n");
  expect(await patchedText('t.yaml', named, wanted())).toBe(named.replace('1024', '512'));
  const other = wanted({ before: { memorySizeMb: 2048, timeoutSeconds: 30 } });
  expect(await patchedText('t.yaml', named, other)).toEqual([expect.stringContaining('t.yaml:12 only resembles it')]);
});

it('says so, and changes nothing, where the source has the new value already', async () => {
  const done = SAM.replace('1024', '512');
  expect(await patchedText('template.yaml', done, wanted(API))).toBe(done);
});
