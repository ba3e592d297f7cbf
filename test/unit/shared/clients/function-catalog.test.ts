import { asListedFunction, createFunctionCatalog } from '../../../../shared/clients/lambda/function-catalog.ts';
import { awsError, fakeAws } from './fake-aws.ts';

let aws: ReturnType<typeof fakeAws> | undefined;
afterEach(() => aws?.stop());

describe('createFunctionCatalog', () => {
  it('follows the pages to the end', async () => {
    aws = fakeAws({
      ListFunctions: ({ Marker }) => ({
        Functions: [{ FunctionName: `f${Marker ?? '0'}` }],
        ...(Marker === '2' ? {} : { NextMarker: Marker === undefined ? '1' : '2' }),
      }),
    });
    const functions = await createFunctionCatalog().listFunctions();
    expect(functions.map((each) => each.functionName)).toEqual(['f0', 'f1', 'f2']);
    expect(aws.calls.every(({ input }) => input.FunctionVersion === undefined)).toBe(true);
  });

  it('fails as transient when throttled beyond the retries', async () => {
    aws = fakeAws({
      ListFunctions: () => {
        throw awsError('TooManyRequestsException', 'client', 429);
      },
    });
    await expect(createFunctionCatalog().listFunctions()).rejects.toMatchObject({ name: 'TransientFailure' });
  });
});

describe('asListedFunction', () => {
  const listed = asListedFunction({
    FunctionName: 'orders',
    FunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:orders',
    Runtime: 'nodejs22.x',
    MemorySize: 1024,
    Timeout: 30,
    LastModified: '2026-11-20T12:34:56.789+0000',
    CodeSha256: 'sha',
    Environment: { Variables: { NODE_OPTIONS: '--max-old-space-size=400', DB_PASSWORD: 'hunter2' } },
    SigningProfileVersionArn: 'arn:aws:signer:…',
  });

  it('keeps nothing of the environment but the memory floor', () => {
    expect(listed.runtimeMemoryFloorMb).toBe(400);
    expect(JSON.stringify(listed)).not.toContain('hunter2');
  });

  it("fills in Lambda's defaults and normalizes the time", () => {
    expect(listed).toMatchObject({
      architecture: 'x86_64',
      packageType: 'Zip',
      ephemeralStorageMb: 512,
      lastModified: '2026-11-20T12:34:56.789Z',
      logGroupName: '/aws/lambda/orders',
      logFormat: 'Text',
      managedInstances: false,
      durable: false,
      codeSigned: true,
    });
    expect(listed).not.toHaveProperty('state');
  });

  it('takes logging, state and special configurations from the answer', () => {
    const special = asListedFunction({
      FunctionName: 'a',
      LoggingConfig: { LogGroup: '/shared', LogFormat: 'JSON', SystemLogLevel: 'WARN' },
      State: 'Inactive',
      LastUpdateStatus: 'InProgress',
      MasterArn: 'arn:master',
      CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn:cp' } },
      DurableConfig: { ExecutionTimeout: 60 },
    });
    expect(special).toMatchObject({
      logGroupName: '/shared',
      logFormat: 'JSON',
      systemLogLevel: 'WARN',
      state: 'Inactive',
      lastUpdateStatus: 'InProgress',
      masterArn: 'arn:master',
      managedInstances: true,
      durable: true,
    });
  });
});
