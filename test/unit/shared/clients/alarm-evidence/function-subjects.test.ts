import { createFunctionSubjects } from '../../../../../shared/clients/alarm-evidence/function-subjects.ts';
import { awsError, fakeAws } from '../fake-aws.ts';

const configuration = {
  FunctionName: 'orders-api',
  FunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders-api',
  Runtime: 'nodejs24.x',
  MemorySize: 512,
  Timeout: 30,
  CodeSha256: 'code',
  RevisionId: 'revision',
  State: 'Active',
  LastUpdateStatus: 'Successful',
};

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

function read(found: object, aliases: object[] = [], configs: object[] = []) {
  aws = fakeAws({
    GetFunction: () => ({ Configuration: configuration, ...found }),
    ListAliases: () => ({ Aliases: aliases }),
    ListProvisionedConcurrencyConfigs: () => ({ ProvisionedConcurrencyConfigs: configs }),
  });
  return createFunctionSubjects('Rightsizer', () => Date.parse('2026-11-23T10:00:00Z')).read('orders-api');
}

describe('createFunctionSubjects', () => {
  it('reads an ordinary function as one that may be touched', async () => {
    const subject = await read({ Concurrency: { ReservedConcurrentExecutions: 7 } });
    expect(subject).toMatchObject({ live: { memorySizeMb: 512, reservedConcurrentExecutions: 7 }, logFormat: 'Text' });
    expect([subject?.untouchable, subject?.pinned]).toEqual([undefined, undefined]);
  });

  it.each([
    ['opted out', { Tags: { 'rightsizer:exclude': 'true' } }],
    ['is one of ours', { Tags: { 'aws:cloudformation:stack-name': 'Rightsizer' } }],
    [
      'is a replica of Lambda@Edge',
      { Configuration: { ...configuration, MasterArn: 'arn:aws:lambda:us-east-1:1:function:f:3' } },
    ],
    ['is durable', { Configuration: { ...configuration, DurableConfig: {} } }],
    ['runs on a deprecated runtime', { Configuration: { ...configuration, Runtime: 'nodejs12.x' } }],
  ])('says why nobody may touch a function that %s', async (_, found) => {
    expect((await read(found))?.untouchable).toEqual(expect.any(String));
  });

  it('does not give a function up that is only being updated', async () => {
    const updating = { Configuration: { ...configuration, LastUpdateStatus: 'InProgress' } };
    const subject = await read(updating);
    expect(subject?.untouchable).toBeUndefined();
    expect(subject?.live.lastUpdateStatus).toBe('InProgress');
  });

  it('knows traffic behind a version from traffic on $LATEST', async () => {
    expect((await read({}, [{ Name: 'live', FunctionVersion: '3' }]))?.pinned).toContain('alias live runs version 3');
    aws.stop();
    expect((await read({}, [{ Name: 'live', FunctionVersion: '$LATEST' }]))?.pinned).toBeUndefined();
  });

  it('finds provisioned concurrency by its qualifier', async () => {
    const config = { FunctionArn: `${configuration.FunctionArn}:live`, RequestedProvisionedConcurrentExecutions: 8 };
    expect((await read({}, [], [config]))?.provisioned).toEqual({ qualifier: 'live', requested: 8 });
  });

  it('knows of no function that was deleted', async () => {
    aws = fakeAws({
      GetFunction: () => {
        throw awsError('ResourceNotFoundException');
      },
    });
    expect(await createFunctionSubjects('Rightsizer', () => 0).read('gone')).toBeUndefined();
  });
});
