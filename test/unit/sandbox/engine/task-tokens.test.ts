import { Workbench } from './workbench.ts';

const waiting = (extra: Record<string, unknown> = {}) => ({
  Ask: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
    End: true,
    ...extra,
  },
});

async function askingBench(extra: Record<string, unknown> = {}) {
  const bench = new Workbench();
  bench.create('M', waiting(extra));
  const executionArn = await bench.start('M');
  await bench.advance(1);
  return { bench, executionArn, token: bench.requests[0]!.taskToken! };
}

describe('a task that waits for its token', () => {
  it('gives the runner the token that the arguments carry', async () => {
    const { bench, token } = await askingBench();
    expect(bench.requests[0]!.arguments).toEqual({ FunctionName: 'ask', Payload: { token } });
  });

  it('waits for days and ends with the output sent', async () => {
    const { bench, executionArn, token } = await askingBench();
    await bench.advance(5 * 86_400);
    expect(await bench.status(executionArn)).toBe('RUNNING');
    await bench.engine.sendTaskSuccess({ taskToken: token, output: '{"approved":true}' });
    await bench.clock.runUntilIdle();
    const { status, output } = await bench.engine.describeExecution({ executionArn });
    expect([status, output]).toEqual(['SUCCEEDED', '{"approved":true}']);
    expect(await bench.eventTypes(executionArn)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('fails with the error sent', async () => {
    const { bench, executionArn, token } = await askingBench();
    await bench.engine.sendTaskFailure({ taskToken: token, error: 'Rejected', cause: 'not today' });
    await bench.clock.runUntilIdle();
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'Rejected',
      cause: 'not today',
    });
  });

  it('accepts an answer that comes before the service has answered', async () => {
    const bench = new Workbench(async (request, { engine, clock }) => {
      await engine.sendTaskSuccess({ taskToken: request.taskToken!, output: '"early"' });
      await clock.sleep(60_000);
      return 'late';
    });
    expect(await bench.run(waiting())).toMatchObject({ status: 'SUCCEEDED', output: '"early"' });
  });

  it('fails at once when the service refuses the request', async () => {
    const bench = new Workbench(() => {
      throw Object.assign(new Error('no such function'), { name: 'Lambda.ResourceNotFoundException' });
    });
    expect(await bench.run(waiting())).toMatchObject({ status: 'FAILED', error: 'Lambda.ResourceNotFoundException' });
  });

  it('refuses a second answer, a late answer and a made-up token', async () => {
    const { bench, token } = await askingBench();
    const answer = { taskToken: token, output: '1' };
    await bench.engine.sendTaskSuccess(answer);
    await expect(bench.engine.sendTaskSuccess(answer)).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await bench.clock.runUntilIdle();
    await expect(bench.engine.sendTaskHeartbeat({ taskToken: token })).rejects.toMatchObject({ name: 'TaskTimedOut' });
    await expect(bench.engine.sendTaskFailure({ taskToken: 'nonsense' })).rejects.toMatchObject({
      name: 'InvalidToken',
    });
    const foreign = token.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    await expect(bench.engine.sendTaskHeartbeat({ taskToken: foreign })).rejects.toMatchObject({
      name: 'TaskDoesNotExist',
    });
  });

  it('refuses an output that is no JSON or too large, and goes on waiting', async () => {
    const { bench, executionArn, token } = await askingBench();
    await expect(bench.engine.sendTaskSuccess({ taskToken: token, output: '{' })).rejects.toMatchObject({
      name: 'InvalidOutput',
    });
    const tooLarge = JSON.stringify('x'.repeat(262_144));
    await expect(bench.engine.sendTaskSuccess({ taskToken: token, output: tooLarge })).rejects.toMatchObject({
      name: 'InvalidOutput',
    });
    expect(await bench.status(executionArn)).toBe('RUNNING');
  });

  it('times out, after which the token is dead', async () => {
    const { bench, executionArn, token } = await askingBench({ TimeoutSeconds: 3_600 });
    await bench.clock.runUntilIdle();
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
    });
    expect(bench.elapsedSeconds()).toBe(3_600);
    await expect(bench.engine.sendTaskSuccess({ taskToken: token, output: '1' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('lives as long as heartbeats come', async () => {
    const { bench, executionArn, token } = await askingBench({ HeartbeatSeconds: 10 });
    for (let beat = 0; beat < 5; beat++) {
      await bench.advance(8);
      await bench.engine.sendTaskHeartbeat({ taskToken: token });
    }
    expect(await bench.status(executionArn)).toBe('RUNNING');
    await bench.advance(10);
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      status: 'FAILED',
      error: 'States.Timeout',
    });
  });

  it.each(['States.HeartbeatTimeout', 'States.Timeout', 'States.ALL'])(
    'lets %s catch a missed heartbeat',
    async (name) => {
      const bench = new Workbench();
      const states = {
        ...waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 100, Catch: [{ ErrorEquals: [name], Next: 'Caught' }] }),
        Caught: { Type: 'Pass', Output: 'caught', End: true },
      };
      expect(await bench.run(states)).toMatchObject({ status: 'SUCCEEDED', output: '"caught"' });
      expect(bench.elapsedSeconds()).toBe(10);
    },
  );

  it('does not let States.HeartbeatTimeout catch a plain timeout', async () => {
    const bench = new Workbench();
    const states = {
      ...waiting({ TimeoutSeconds: 100, Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Caught' }] }),
      Caught: { Type: 'Pass', Output: 'caught', End: true },
    };
    expect(await bench.run(states)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
  });

  it('gets a new token on every attempt and closes the old one', async () => {
    const { bench, executionArn, token } = await askingBench({
      TimeoutSeconds: 5,
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 }],
    });
    await bench.advance(7);
    const second = bench.requests[1]!.taskToken!;
    expect(second).not.toBe(token);
    await expect(bench.engine.sendTaskSuccess({ taskToken: token, output: '1' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
    await bench.engine.sendTaskSuccess({ taskToken: second, output: '2' });
    await bench.clock.runUntilIdle();
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({ output: '2' });
  });

  it('is idle, not stuck, when nobody ever answers', async () => {
    const { bench, executionArn } = await askingBench();
    await bench.clock.runUntilIdle();
    expect(await bench.status(executionArn)).toBe('RUNNING');
    expect(bench.elapsedSeconds()).toBe(1);
  });
});
