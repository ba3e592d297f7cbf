import {
  CreateAliasCommand,
  CreateFunctionCommand,
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetProvisionedConcurrencyConfigCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PreconditionFailedException,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  paginateListFunctions,
  ResourceConflictException,
  ResourceNotFoundException,
  TagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { inAccount } from './in-account.ts';

function withFunctions(count: number, options = {}) {
  const setting = inAccount(options);
  for (let index = 0; index < count; index++) {
    setting.account.lambda.createFunction({
      FunctionName: `fn-${String(index).padStart(4, '0')}`,
      Runtime: 'nodejs22.x',
      MemorySize: 512,
    });
  }
  return { ...setting, lambda: setting.client(LambdaClient) };
}

describe('ListFunctions', () => {
  it('returns at most 50 functions a page and every function once over all pages', async () => {
    const { lambda, run } = withFunctions(120);
    const pages = await run(async () => {
      const sizes: number[] = [];
      const names = new Set<string>();
      for await (const page of paginateListFunctions({ client: lambda }, { MaxItems: 1000 } as never)) {
        sizes.push(page.Functions!.length);
        for (const { FunctionName } of page.Functions!) names.add(FunctionName!);
      }
      return { sizes, names: names.size };
    });
    expect(pages).toEqual({ sizes: [50, 50, 20], names: 120 });
  });

  it('keeps every later function when one is deleted between two pages', async () => {
    const { lambda, run, account } = withFunctions(60);
    const second = await run(async () => {
      const first = await lambda.send(new ListFunctionsCommand({}));
      account.lambda.deleteFunction('fn-0000');
      return lambda.send(new ListFunctionsCommand({ Marker: first.NextMarker }));
    });
    expect(second.Functions!.map(({ FunctionName }) => FunctionName)[0]).toBe('fn-0050');
    expect(second.Functions).toHaveLength(10);
  });

  it('leaves out State and LastUpdateStatus, which only GetFunction tells', async () => {
    const { lambda, run } = withFunctions(1);
    const [listed, got] = await run(async () => [
      (await lambda.send(new ListFunctionsCommand({}))).Functions![0]!,
      (await lambda.send(new GetFunctionCommand({ FunctionName: 'fn-0000' }))).Configuration!,
    ]);
    expect(listed.State).toBeUndefined();
    expect(listed.LastUpdateStatus).toBeUndefined();
    expect(got).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' });
  });

  it('rejects a marker that it never gave out', async () => {
    const { lambda, run } = withFunctions(1);
    await expect(run(() => lambda.send(new ListFunctionsCommand({ Marker: 'nonsense' })))).rejects.toThrow(
      'Invalid marker',
    );
  });
});

describe('UpdateFunctionConfiguration', () => {
  it('is in progress for some seconds, then successful, with a new revision at each step', async () => {
    const { lambda, run, clock } = withFunctions(1);
    await run(async () => {
      const before = (await lambda.send(new GetFunctionCommand({ FunctionName: 'fn-0000' }))).Configuration!;
      const updated = await lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: 'fn-0000',
          MemorySize: 256,
          RevisionId: before.RevisionId,
        }),
      );
      expect(updated).toMatchObject({ MemorySize: 256, LastUpdateStatus: 'InProgress' });
      await clock.sleep(10_000);
      const after = (await lambda.send(new GetFunctionCommand({ FunctionName: 'fn-0000' }))).Configuration!;
      expect(after).toMatchObject({ MemorySize: 256, LastUpdateStatus: 'Successful' });
      expect(new Set([before.RevisionId, updated.RevisionId, after.RevisionId]).size).toBe(3);
      expect(after.ConfigSha256).not.toBe(before.ConfigSha256);
      expect(after.ConfigSha256).toBe(updated.ConfigSha256);
    });
  });

  it('rejects a stale RevisionId with PreconditionFailedException', async () => {
    const { lambda, run } = withFunctions(1);
    const update = run(() =>
      lambda.send(
        new UpdateFunctionConfigurationCommand({ FunctionName: 'fn-0000', MemorySize: 256, RevisionId: 'stale' }),
      ),
    );
    await expect(update).rejects.toBeInstanceOf(PreconditionFailedException);
  });

  it('rejects a second update while the first is in progress', async () => {
    const { lambda, run } = withFunctions(1);
    const update = () =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn-0000', MemorySize: 256 }));
    await expect(run(async () => [await update(), await update()])).rejects.toBeInstanceOf(ResourceConflictException);
  });

  it.each([
    [{ MemorySize: 64 }, 'greater than or equal to 128'],
    [{ MemorySize: 10_241 }, 'less than or equal to 10240'],
    [{ Timeout: 901 }, 'less than or equal to 900'],
  ])('rejects %j', async (change, message) => {
    const { lambda, run } = withFunctions(1);
    const update = run(() =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn-0000', ...change })),
    );
    await expect(update).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining(message),
    });
  });

  it("honours a new account's memory quota", async () => {
    const { lambda, run } = withFunctions(1, { lambdaLimits: { maxMemorySizeMb: 3008 } });
    const update = run(() =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn-0000', MemorySize: 4096 })),
    );
    await expect(update).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });

  it('rejects a deprecated runtime and an edge replica', async () => {
    const { lambda, run, account } = inAccountWith();
    account.lambda.createFunction({ FunctionName: 'old', Runtime: 'nodejs12.x' });
    account.lambda.createFunction({
      FunctionName: 'edge',
      MasterArn: 'arn:aws:lambda:us-east-1:123456789012:function:e:3',
    });
    for (const FunctionName of ['old', 'edge']) {
      const update = run(() => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 256 })));
      await expect(update).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    }
  });

  it('ends as Failed, with the former size, when told so', async () => {
    const { lambda, run, account, clock } = withFunctions(1);
    account.lambda.failNextUpdate('fn-0000', 'no capacity');
    const after = await run(async () => {
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn-0000', MemorySize: 256 }));
      await clock.sleep(10_000);
      return lambda.send(new GetFunctionCommand({ FunctionName: 'fn-0000' }));
    });
    expect(after.Configuration).toMatchObject({
      MemorySize: 512,
      LastUpdateStatus: 'Failed',
      LastUpdateStatusReason: 'no capacity',
    });
  });

  it('refuses loudly a field that a right-sizer must not send', async () => {
    const { lambda, run } = withFunctions(1);
    const update = run(() =>
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn-0000', Environment: { Variables: {} } })),
    );
    await expect(update).rejects.toMatchObject({
      name: 'UnsupportedByAccountError',
      message: expect.stringContaining('Environment'),
    });
  });

  it('does not alter what a caller already holds', async () => {
    const { lambda, run, clock } = withFunctions(1);
    const before = await run(async () => {
      const held = await lambda.send(new GetFunctionCommand({ FunctionName: 'fn-0000' }));
      held.Configuration!.MemorySize = 1;
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn-0000', MemorySize: 300 }));
      await clock.sleep(10_000);
      return [held, await lambda.send(new GetFunctionCommand({ FunctionName: 'fn-0000' }))] as const;
    });
    expect(before[0].Configuration!.MemorySize).toBe(1);
    expect(before[1].Configuration!.MemorySize).toBe(300);
  });
});

function inAccountWith() {
  const setting = inAccount();
  return { ...setting, lambda: setting.client(LambdaClient) };
}

describe('versions and aliases', () => {
  it('publishes nothing new when neither code nor configuration changed', async () => {
    const { lambda, run, account, clock } = withFunctions(1);
    await run(async () => {
      const first = await lambda.send(new PublishVersionCommand({ FunctionName: 'fn-0000' }));
      const same = await lambda.send(new PublishVersionCommand({ FunctionName: 'fn-0000' }));
      account.lambda.deploy('fn-0000');
      await clock.sleep(10_000);
      const second = await lambda.send(new PublishVersionCommand({ FunctionName: 'fn-0000' }));
      const versions = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: 'fn-0000' }));
      expect([first.Version, same.Version, second.Version]).toEqual(['1', '1', '2']);
      expect(second.CodeSha256).not.toBe(first.CodeSha256);
      expect(versions.Versions!.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2']);
    });
  });

  it('keeps a published version as it was while $LATEST changes', async () => {
    const { lambda, run, clock } = withFunctions(1);
    const sizes = await run(async () => {
      await lambda.send(new PublishVersionCommand({ FunctionName: 'fn-0000' }));
      await lambda.send(new CreateAliasCommand({ FunctionName: 'fn-0000', Name: 'live', FunctionVersion: '1' }));
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn-0000', MemorySize: 256 }));
      await clock.sleep(10_000);
      const at = async (Qualifier?: string) =>
        (await lambda.send(new GetFunctionCommand({ FunctionName: 'fn-0000', Qualifier }))).Configuration!.MemorySize;
      return [await at(), await at('1'), await at('live')];
    });
    expect(sizes).toEqual([256, 512, 512]);
  });

  it('shifts weights between two versions and refuses $LATEST there', async () => {
    const { lambda, run, account } = withFunctions(1);
    await run(async () => {
      await lambda.send(new PublishVersionCommand({ FunctionName: 'fn-0000' }));
      account.lambda.functions.get('fn-0000').configuration.CodeSha256 = 'other';
      await lambda.send(new PublishVersionCommand({ FunctionName: 'fn-0000' }));
      const alias = { FunctionName: 'fn-0000', Name: 'live' };
      await lambda.send(new CreateAliasCommand({ ...alias, FunctionVersion: '1' }));
      const RoutingConfig = { AdditionalVersionWeights: { '2': 0.1 } };
      await lambda.send(new UpdateAliasCommand({ ...alias, RoutingConfig }));
      expect((await lambda.send(new GetAliasCommand(alias))).RoutingConfig).toEqual(RoutingConfig);
      await lambda.send(new UpdateAliasCommand({ ...alias, RoutingConfig: { AdditionalVersionWeights: {} } }));
      expect((await lambda.send(new GetAliasCommand(alias))).RoutingConfig).toBeUndefined();
      const bad = lambda.send(
        new UpdateAliasCommand({ ...alias, RoutingConfig: { AdditionalVersionWeights: { $LATEST: 0.1 } } }),
      );
      await expect(bad).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    });
  });
});

describe('concurrency', () => {
  it('leaves at least 100 unreserved', async () => {
    const { lambda, run } = withFunctions(1, { lambdaLimits: { concurrentExecutions: 1000 } });
    const put = (ReservedConcurrentExecutions: number) =>
      lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'fn-0000', ReservedConcurrentExecutions }));
    await run(async () => {
      await expect(put(901)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
      await put(900);
      expect(
        (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: 'fn-0000' })))
          .ReservedConcurrentExecutions,
      ).toBe(900);
      const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
      expect(AccountLimit).toMatchObject({ ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 });
    });
  });

  it('allocates provisioned concurrency after a while, and never on $LATEST', async () => {
    const { lambda, run, clock } = withFunctions(1);
    await run(async () => {
      await lambda.send(new PublishVersionCommand({ FunctionName: 'fn-0000' }));
      const target = { FunctionName: 'fn-0000', Qualifier: '1' };
      const put = await lambda.send(
        new PutProvisionedConcurrencyConfigCommand({ ...target, ProvisionedConcurrentExecutions: 5 }),
      );
      expect(put).toMatchObject({ Status: 'IN_PROGRESS', AvailableProvisionedConcurrentExecutions: 0 });
      await clock.sleep(120_000);
      const ready = await lambda.send(new GetProvisionedConcurrencyConfigCommand(target));
      expect(ready).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 5 });
      const latest = new PutProvisionedConcurrencyConfigCommand({
        ...target,
        Qualifier: '$LATEST',
        ProvisionedConcurrentExecutions: 5,
      });
      await expect(lambda.send(latest)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    });
  });
});

describe('throttling', () => {
  it('lets 15 control-plane calls pass at once and makes the client back off in virtual time', async () => {
    const { lambda, run, clock, account } = withFunctions(1);
    const startMs = clock.now();
    await run(() =>
      Promise.all(Array.from({ length: 20 }, () => lambda.send(new ListTagsCommand({ Resource: 'fn-0000' })))),
    );
    expect(account.calls.get('Lambda.ListTags')).toBeGreaterThan(20);
    expect(clock.now()).toBeGreaterThan(startMs);
  });

  it('never refuses a caller who keeps to 15 calls a second', async () => {
    const { lambda, run, clock, account } = withFunctions(1);
    await run(async () => {
      for (let call = 0; call < 200; call++) {
        await lambda.send(new ListTagsCommand({ Resource: 'fn-0000' }));
        await clock.sleep(1000 / 15);
      }
    });
    expect(account.calls.get('Lambda.ListTags')).toBe(200);
  });

  it('gives GetFunction its own 100 a second', async () => {
    const { run, account, client } = withFunctions(1);
    const impatient = client(LambdaClient, { maxAttempts: 1 });
    const outcomes = await run(() =>
      Promise.allSettled(
        Array.from({ length: 101 }, () => impatient.send(new GetFunctionCommand({ FunctionName: 'fn-0000' }))),
      ),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect((refused[0] as PromiseRejectedResult).reason).toMatchObject({ name: 'TooManyRequestsException' });
    expect(account.calls.get('Lambda.GetFunction')).toBe(101);
  });
});

describe('the rest of Lambda', () => {
  it("serves the SDK's own waiter", async () => {
    const { lambda, run, clock } = withFunctions(1);
    await run(async () => {
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn-0000', Timeout: 30 }));
      await clock.sleep(10_000);
      const waited = await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 5 }, { FunctionName: 'fn-0000' });
      expect(waited.state).toBe('SUCCESS');
    });
  });

  it('accepts full ARNs and raises ResourceNotFoundException for unknown names', async () => {
    const { lambda, run } = withFunctions(1);
    await run(async () => {
      const FunctionName = 'arn:aws:lambda:us-east-1:123456789012:function:fn-0000';
      expect((await lambda.send(new GetFunctionCommand({ FunctionName }))).Configuration!.FunctionArn).toBe(
        FunctionName,
      );
      await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'nobody' }))).rejects.toBeInstanceOf(
        ResourceNotFoundException,
      );
    });
  });

  it('keeps tags and refuses the reserved prefix', async () => {
    const { lambda, run } = withFunctions(1);
    await run(async () => {
      const Resource = 'arn:aws:lambda:us-east-1:123456789012:function:fn-0000';
      await lambda.send(new TagResourceCommand({ Resource, Tags: { team: 'a' } }));
      expect((await lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ team: 'a' });
      const reserved = lambda.send(new TagResourceCommand({ Resource, Tags: { 'aws:x': 'y' } }));
      await expect(reserved).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    });
  });

  it('runs a registered handler and reports what it throws as a function error', async () => {
    const { lambda, run, account } = withFunctions(0);
    account.lambda.registerHandler('double', (event) => {
      const { value } = event as { value?: number };
      if (value === undefined) throw new RangeError('no value');
      return value * 2;
    });
    await run(async () => {
      const good = await lambda.send(
        new InvokeCommand({ FunctionName: 'double', Payload: JSON.stringify({ value: 21 }) }),
      );
      expect(good.Payload!.transformToString()).toBe('42');
      expect(good.FunctionError).toBeUndefined();
      const bad = await lambda.send(new InvokeCommand({ FunctionName: 'double' }));
      expect(bad.FunctionError).toBe('Unhandled');
      expect(JSON.parse(bad.Payload!.transformToString())).toMatchObject({
        errorType: 'RangeError',
        errorMessage: 'no value',
      });
    });
  });

  it('refuses loudly an operation that it does not implement', async () => {
    const { lambda, run, account } = withFunctions(0);
    const create = run(() =>
      lambda.send(new CreateFunctionCommand({ FunctionName: 'x', Role: 'arn:aws:iam::123456789012:role/x', Code: {} })),
    );
    await expect(create).rejects.toMatchObject({ name: 'UnsupportedByAccountError' });
    expect(account.calls.get('Lambda.CreateFunction')).toBe(1);
  });
});
