import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetFunctionCommand, LambdaClient, ListTagsCommand, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { inAccount } from './in-account.ts';

function throttled(): Error {
  return new TooManyRequestsException({ message: 'Rate exceeded', $metadata: { httpStatusCode: 429 } });
}

describe('the plugin', () => {
  it("lets the client's own retries run, in virtual time, and reports their number and delay", async () => {
    const { account, client, run, clock } = inAccount();
    account.lambda.createFunction({ FunctionName: 'fn' });
    account.faults.add({
      service: 'Lambda',
      operation: 'GetFunction',
      when: (_input, matches) => matches <= 3,
      error: throttled,
    });
    const lambda = client(LambdaClient, { maxAttempts: 5 });
    const startMs = clock.now();
    const { $metadata } = await run(() => lambda.send(new GetFunctionCommand({ FunctionName: 'fn' })));
    expect($metadata.attempts).toBe(4);
    expect($metadata.totalRetryDelay).toBe(clock.now() - startMs);
    expect(clock.now() - startMs).toBeGreaterThan(0);
    expect(account.calls.get('Lambda.GetFunction')).toBe(4);
  });

  it('gives up after maxAttempts with the last error', async () => {
    const { account, client, run } = inAccount();
    account.faults.add({ error: throttled });
    const lambda = client(LambdaClient, { maxAttempts: 3 });
    await expect(run(() => lambda.send(new ListTagsCommand({ Resource: 'fn' })))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { attempts: 3 },
    });
  });

  it('backs off alike in two runs of the same seed and differently under another', async () => {
    const delays = async (seed: number) => {
      const { account, client, run, clock } = inAccount({ seed });
      account.faults.add({ when: (_input, matches) => matches <= 4, error: throttled, service: 'Lambda' });
      account.lambda.createFunction({ FunctionName: 'fn' });
      const startMs = clock.now();
      await run(() => client(LambdaClient, { maxAttempts: 5 }).send(new ListTagsCommand({ Resource: 'fn' })));
      return clock.now() - startMs;
    };
    const [first, second, other] = [await delays(1), await delays(1), await delays(2)];
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  it('keeps the delays of concurrent retries apart', async () => {
    const { account, client, run, clock } = inAccount();
    account.lambda.createFunction({ FunctionName: 'fn' });
    account.faults.add({ service: 'Lambda', when: (_input, matches) => matches <= 5, error: throttled });
    const lambda = client(LambdaClient, { maxAttempts: 5 });
    const startMs = clock.now();
    const outputs = await run(() =>
      Promise.all(Array.from({ length: 5 }, () => lambda.send(new GetFunctionCommand({ FunctionName: 'fn' })))),
    );
    const waits = outputs.map(({ $metadata }) => $metadata.totalRetryDelay!);
    expect(new Set(waits).size).toBeGreaterThan(1);
    expect(clock.now() - startMs).toBe(Math.max(...waits));
  });

  it('does not retry what the account does not implement', async () => {
    const { account, client, run } = inAccount();
    const s3 = client(S3Client, { maxAttempts: 5 });
    account.s3.createBucket('b');
    const put = run(() =>
      s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: 'x', WebsiteRedirectLocation: '/x' })),
    );
    await expect(put).rejects.toMatchObject({ name: 'UnsupportedByAccountError' });
    expect(account.calls.get('S3.PutObject')).toBe(1);
  });

  it('refuses adaptive retries, whose waiting cannot be virtual', async () => {
    const { client, run } = inAccount();
    const lambda = client(LambdaClient, { retryMode: 'adaptive' });
    await expect(run(() => lambda.send(new ListTagsCommand({ Resource: 'fn' })))).rejects.toThrow(
      'retry mode adaptive',
    );
  });

  it('hands a client over to the account plugged in last', async () => {
    const first = inAccount();
    const lambda = first.client(LambdaClient);
    const second = inAccount();
    second.account.lambda.createFunction({ FunctionName: 'only-there' });
    second.account.plugin()(lambda);
    await second.run(() => lambda.send(new GetFunctionCommand({ FunctionName: 'only-there' })));
    expect(first.account.calls.size).toBe(0);
    expect(second.account.calls.get('Lambda.GetFunction')).toBe(1);
  });

  it('takes virtual time for each call when given a latency', async () => {
    const { account, client, run, clock } = inAccount({ latencyMs: (service) => (service === 'Lambda' ? 80 : 0) });
    account.lambda.createFunction({ FunctionName: 'fn' });
    const startMs = clock.now();
    await run(() => client(LambdaClient).send(new GetFunctionCommand({ FunctionName: 'fn' })));
    expect(clock.now() - startMs).toBe(80);
  });
});

describe('faults', () => {
  it('strike by input, delay the answer, or replace it, until they are disarmed', async () => {
    const { account, client, run, clock } = inAccount();
    account.lambda.createFunction({ FunctionName: 'a' });
    account.lambda.createFunction({ FunctionName: 'b' });
    const lambda = client(LambdaClient);
    const disarm = account.faults.add({
      service: 'Lambda',
      operation: 'ListTags',
      when: (input) => input['Resource'] === 'a',
      delayMs: 500,
      output: { Tags: { made: 'up' } },
    });
    const startMs = clock.now();
    await run(async () => {
      expect((await lambda.send(new ListTagsCommand({ Resource: 'a' }))).Tags).toEqual({ made: 'up' });
      expect((await lambda.send(new ListTagsCommand({ Resource: 'b' }))).Tags).toEqual({});
      disarm();
      expect((await lambda.send(new ListTagsCommand({ Resource: 'a' }))).Tags).toEqual({});
    });
    expect(clock.now() - startMs).toBe(500);
  });

  it('leave other services alone', async () => {
    const { account, client, run } = inAccount();
    account.faults.add({ service: 'Lambda', error: throttled });
    const MetricDataQueries = [
      { Id: 'a', MetricStat: { Metric: { Namespace: 'X', MetricName: 'y' }, Period: 60, Stat: 'Sum' } },
    ];
    const window = { StartTime: new Date(0), EndTime: new Date(60_000) };
    const output = await run(() =>
      client(CloudWatchClient).send(new GetMetricDataCommand({ ...window, MetricDataQueries })),
    );
    expect(output.MetricDataResults).toHaveLength(1);
  });
});
