import { arnOf, lambda, START_MS, Workbench } from './workbench.ts';

const wait = { Wait: { Type: 'Wait', Seconds: 60, End: true } };

describe('startExecution', () => {
  it('returns the running execution for the same name and input', async () => {
    const bench = new Workbench();
    bench.create('M', wait);
    const first = await bench.start('M', { a: 1 }, 'night');
    await bench.advance(1);
    expect(await bench.start('M', { a: 1 }, 'night')).toBe(first);
    expect(first).toBe('arn:aws:states:eu-west-1:123456789012:execution:M:night');
    expect(bench.engine.stats().standardExecutions).toBe(1);
  });

  it('refuses the same name with other input, and after the end', async () => {
    const bench = new Workbench();
    bench.create('M', wait);
    await bench.start('M', { a: 1 }, 'night');
    await expect(bench.start('M', { a: 2 }, 'night')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await bench.clock.runUntilIdle();
    await expect(bench.start('M', { a: 1 }, 'night')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  });

  it('lets Express names repeat', async () => {
    const bench = new Workbench();
    bench.create('E', wait, 'EXPRESS');
    const first = await bench.start('E', {}, 'same');
    expect(await bench.start('E', {}, 'same')).not.toBe(first);
    expect(first).toMatch(/:express:E:same:/);
  });

  it('refuses unknown machines, bad names, bad JSON and too much input', async () => {
    const bench = new Workbench();
    bench.create('M', wait);
    await expect(bench.start('Other')).rejects.toMatchObject({ name: 'StateMachineDoesNotExist' });
    await expect(bench.start('M', {}, '2026-01-01T00:00:00Z')).rejects.toMatchObject({ name: 'InvalidName' });
    const call = (input: string) => bench.engine.startExecution({ stateMachineArn: arnOf('M'), input });
    await expect(call('{')).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
    await expect(call(JSON.stringify('x'.repeat(262_144)))).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  });

  it('refuses a second machine under the same ARN', () => {
    const bench = new Workbench();
    bench.create('M', wait);
    expect(() => bench.create('M', wait)).toThrow(expect.objectContaining({ name: 'StateMachineAlreadyExists' }));
  });
});

describe('describeExecution and listExecutions', () => {
  it('describe an execution while it runs and after it ended', async () => {
    const bench = new Workbench();
    bench.create('M', wait);
    const executionArn = await bench.start('M', { a: 1 }, 'x');
    await bench.advance(1);
    expect(await bench.engine.describeExecution({ executionArn })).toEqual({
      executionArn,
      stateMachineArn: arnOf('M'),
      name: 'x',
      status: 'RUNNING',
      startDate: new Date(START_MS),
      input: '{"a":1}',
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is RUNNING and cannot be redriven',
    });
    await bench.clock.runUntilIdle();
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a":1}',
      stopDate: new Date(START_MS + 60_000),
    });
  });

  it('list newest first and by status', async () => {
    const bench = new Workbench();
    bench.create('M', wait);
    await bench.start('M', {}, 'first');
    await bench.clock.runUntilIdle();
    await bench.start('M', {}, 'second');
    const names = async (statusFilter?: 'SUCCEEDED' | 'RUNNING') =>
      (
        await bench.engine.listExecutions({ stateMachineArn: arnOf('M'), ...(statusFilter ? { statusFilter } : {}) })
      ).executions.map(({ name }) => name);
    expect(await names()).toEqual(['second', 'first']);
    expect(await names('RUNNING')).toEqual(['second']);
    expect(await names('SUCCEEDED')).toEqual(['first']);
  });

  it('refuse an unknown execution', async () => {
    const bench = new Workbench();
    await expect(bench.engine.describeExecution({ executionArn: 'arn' })).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
    });
  });
});

describe('stopExecution', () => {
  it('ends at once, with error and cause, and leaves no timer behind', async () => {
    const bench = new Workbench();
    bench.create('M', { ...wait, Wait: { Type: 'Wait', Seconds: 86_400, End: true } });
    const executionArn = await bench.start('M');
    await bench.advance(5);
    await bench.engine.stopExecution({ executionArn, error: 'Stop', cause: 'enough' });
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      status: 'ABORTED',
      error: 'Stop',
      cause: 'enough',
    });
    await bench.clock.runUntilIdle();
    expect(bench.elapsedSeconds()).toBe(5);
    expect((await bench.eventTypes(executionArn)).at(-1)).toBe('ExecutionAborted');
  });

  it('is not caught and starts no further state', async () => {
    const bench = new Workbench();
    bench.create('M', {
      P: {
        Type: 'Parallel',
        Branches: [
          {
            StartAt: 'A',
            States: {
              A: { Type: 'Wait', Seconds: 10, Next: 'B' },
              B: { Type: 'Task', Resource: lambda('b'), End: true },
            },
          },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'C' }],
        End: true,
      },
      C: { Type: 'Task', Resource: lambda('c'), End: true },
    });
    const executionArn = await bench.start('M');
    await bench.advance(5);
    await bench.engine.stopExecution({ executionArn });
    await bench.clock.runUntilIdle();
    expect(bench.requests).toEqual([]);
    expect(await bench.status(executionArn)).toBe('ABORTED');
  });

  it('stops an execution that has not had its first turn', async () => {
    const bench = new Workbench();
    bench.create('M', { A: { Type: 'Task', Resource: lambda('a'), End: true } });
    const executionArn = await bench.start('M');
    await bench.engine.stopExecution({ executionArn });
    await bench.clock.runUntilIdle();
    expect(bench.requests).toEqual([]);
    expect(await bench.eventTypes(executionArn)).toEqual(['ExecutionStarted', 'ExecutionAborted']);
  });

  it('changes nothing about an ended execution, and refuses Express', async () => {
    const bench = new Workbench();
    bench.create('M', wait);
    bench.create('E', wait, 'EXPRESS');
    const executionArn = await bench.start('M');
    const express = await bench.start('E');
    await expect(bench.engine.stopExecution({ executionArn: express })).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
    });
    await bench.clock.runUntilIdle();
    await bench.engine.stopExecution({ executionArn });
    expect(await bench.status(executionArn)).toBe('SUCCEEDED');
  });

  it('makes the token of a waiting task dead', async () => {
    const bench = new Workbench();
    bench.create('M', { A: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish.waitForTaskToken', End: true } });
    const executionArn = await bench.start('M');
    await bench.advance(1);
    await bench.engine.stopExecution({ executionArn });
    const taskToken = bench.requests[0]!.taskToken!;
    await expect(bench.engine.sendTaskSuccess({ taskToken, output: '1' })).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });
});

describe('an engine', () => {
  it('tells of every change of status', async () => {
    const heard: string[] = [];
    const bench = new Workbench(undefined, { onStatusChange: ({ name, status }) => heard.push(`${name} ${status}`) });
    bench.create('M', wait);
    await bench.start('M', {}, 'n');
    await bench.clock.runUntilIdle();
    expect(heard).toEqual(['n RUNNING', 'n SUCCEEDED']);
  });

  it('keeps running executions on the definition they started with', async () => {
    const bench = new Workbench();
    const states = (Output: string) => ({
      W: { Type: 'Wait', Seconds: 9, Next: 'A' },
      A: { Type: 'Pass', Output, End: true },
    });
    bench.create('M', states('old'));
    const before = await bench.start('M');
    await bench.advance(1);
    const definition = { QueryLanguage: 'JSONata', StartAt: 'W', States: states('new') };
    bench.engine.updateStateMachine({ stateMachineArn: arnOf('M'), definition });
    const after = await bench.start('M');
    await bench.clock.runUntilIdle();
    const outputOf = async (executionArn: string) => (await bench.engine.describeExecution({ executionArn })).output;
    expect([await outputOf(before), await outputOf(after)]).toEqual(['"old"', '"new"']);
    expect(() => bench.engine.updateStateMachine({ stateMachineArn: arnOf('M'), definition: {} })).toThrow('rejected');
    expect(() => bench.engine.updateStateMachine({ stateMachineArn: arnOf('X'), definition })).toThrow(
      'Does Not Exist',
    );
  });

  it('counts transitions of Standard executions, retries included', async () => {
    let calls = 0;
    const bench = new Workbench(() => {
      if (++calls < 3) throw new Error('again');
      return 1;
    });
    await bench.run({
      A: { Type: 'Pass', Next: 'B' },
      B: { Type: 'Task', Resource: lambda('b'), Retry: [{ ErrorEquals: ['States.ALL'] }], Next: 'C' },
      C: { Type: 'Succeed' },
    });
    expect(bench.engine.stats()).toMatchObject({
      stateTransitions: 5,
      retries: 2,
      tasks: 3,
      standardExecutions: 1,
      executions: 1,
    });
  });

  it('bills Express by duration, rounded up to 100 ms', async () => {
    const bench = new Workbench(async (_, { clock }) => void (await clock.sleep(250)));
    bench.create('E', { A: { Type: 'Task', Resource: lambda('a'), End: true } }, 'EXPRESS');
    await bench.start('E');
    await bench.clock.runUntilIdle();
    expect(bench.engine.stats()).toMatchObject({
      expressExecutions: 1,
      expressBilledMs: 300,
      stateTransitions: 0,
      expressStateTransitions: 1,
    });
  });
});
