import { patchSources } from '../../../../cli/patch/patch-sources.ts';
import { sourceFile, wanted } from './patching.ts';

const template = (logicalId: string) =>
  `Resources:\n  ${logicalId}:\n    Type: AWS::Lambda::Function\n    Properties:\n      MemorySize: 1024\n`;

it('refuses where two definitions fit, and names both', async () => {
  const files = [sourceFile('a.yaml', template('Api')), sourceFile('b.yaml', template('Api'))];
  const { functions, diff } = await patchSources([wanted({ logicalId: 'Api' })], files);
  expect(functions).toEqual([
    expect.objectContaining({ result: 'refused', reason: '2 definitions fit: a.yaml:2, b.yaml:2' }),
  ]);
  expect(diff).toBe('');
});

it('refuses two functions whose changes would go into one definition', async () => {
  const changes = [wanted({ logicalId: 'Api' }), wanted({ functionName: 'orders-api-2', logicalId: 'Api' })];
  const { functions } = await patchSources(changes, [sourceFile('a.yaml', template('Api'))]);
  expect(functions.map(({ reason }) => reason)).toEqual([
    'a.yaml:2 also fits orders-api-2',
    'a.yaml:2 also fits orders-api',
  ]);
});

it('says so where the source had drifted from what the run found', async () => {
  const before = { memorySizeMb: 2048, timeoutSeconds: 30 };
  const { functions } = await patchSources(
    [wanted({ logicalId: 'Api', before })],
    [sourceFile('a.yaml', template('Api'))],
  );
  expect(functions).toEqual([
    expect.objectContaining({ result: 'patched', notes: ['a.yaml:5 says memory 1024; the change was from 2048'] }),
  ]);
});

describe('a logical id that several templates may have', () => {
  const orders = wanted({ logicalId: 'Api', stackName: 'orders' });
  const templates = [
    sourceFile('orders/template.yaml', template('Api')),
    sourceFile('b/template.yaml', template('Api')),
  ];

  it.each([
    ['the folder of one is called like the stack', templates],
    [
      'a samconfig.toml beside one names the stack',
      [
        ...templates.map((each) => ({ ...each, path: each.path.replace('orders', 'a') })),
        sourceFile('a/samconfig.toml', 'stack_name = "orders"\n'),
      ],
    ],
  ])('is the one of its stack where %s', async (_, files) => {
    const { functions } = await patchSources([orders], files);
    expect(functions).toEqual([expect.objectContaining({ result: 'patched', notes: [] })]);
  });

  it('is trusted only as far as the value fits where no source names the stack, and the diff is to be looked at', async () => {
    const billing = { ...orders, stackName: 'billing' };
    const { functions } = await patchSources([billing], [templates[1]!]);
    expect(functions).toEqual([
      expect.objectContaining({ result: 'patched', notes: [expect.stringMatching(/^found by likeness/)] }),
    ]);
    const other = { ...billing, before: { memorySizeMb: 2048, timeoutSeconds: 30 } };
    expect((await patchSources([other], [templates[1]!])).functions).toEqual([
      expect.objectContaining({
        result: 'refused',
        reason: expect.stringContaining('b/template.yaml:5 only resembles it'),
      }),
    ]);
  });
});

it("knows the size of a function whose template says none, so that Lambda's own default is not written down", async () => {
  const silent = sourceFile('a.yaml', template('Api').replace('MemorySize: 1024', 'Handler: a.b'));
  const to = (before: number, after: number) =>
    wanted({
      ...{ logicalId: 'Api', stackName: 'elsewhere' },
      before: { memorySizeMb: before, timeoutSeconds: 3 },
      after: { memorySizeMb: after, timeoutSeconds: 3 },
    });
  expect((await patchSources([to(256, 128)], [silent])).functions).toEqual([
    expect.objectContaining({ result: 'unchanged' }),
  ]);
  expect((await patchSources([to(128, 256)], [silent])).functions).toEqual([
    expect.objectContaining({ result: 'patched' }),
  ]);
  expect((await patchSources([to(512, 256)], [silent])).functions).toEqual([
    expect.objectContaining({ result: 'refused', reason: expect.stringContaining('memory 128 instead of 512') }),
  ]);
});
