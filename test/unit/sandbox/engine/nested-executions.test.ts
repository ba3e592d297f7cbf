import { arnOf, lambda, Workbench } from './workbench.ts';

const starting = (pattern: string, extra: Record<string, unknown> = {}, args: Record<string, unknown> = {}) => ({
  Start: {
    Type: 'Task',
    Resource: `arn:aws:states:::states:startExecution${pattern}`,
    Arguments: { StateMachineArn: arnOf('Child'), Input: { n: '{% $states.input.n %}' }, Name: 'kid', ...args },
    End: true,
    ...extra,
  },
});

function benchWithChild(child: Record<string, unknown>, type: 'STANDARD' | 'EXPRESS' = 'STANDARD'): Workbench {
  const bench = new Workbench();
  bench.create('Child', child, type);
  return bench;
}

const doubling = { Double: { Type: 'Wait', Seconds: 30, Output: '{% $states.input.n * 2 %}', End: true } };
const childArn = 'arn:aws:states:eu-west-1:123456789012:execution:Child:kid';

describe('a task that starts an execution', () => {
  it('goes on at once when it does not wait', async () => {
    const bench = benchWithChild(doubling);
    const { output, stopDate, startDate } = await bench.run(starting(''), { n: 4 });
    expect(JSON.parse(output!)).toEqual({ ExecutionArn: childArn, StartDate: Date.UTC(2026, 0, 1) / 1_000 });
    expect(stopDate).toEqual(startDate);
    expect(await bench.status(childArn)).toBe('SUCCEEDED');
  });

  it('waits for the end and gets input and output as JSON', async () => {
    const bench = benchWithChild(doubling);
    const { output } = await bench.run(starting('.sync:2'), { n: 4 });
    expect(bench.elapsedSeconds()).toBe(30);
    expect(JSON.parse(output!)).toEqual({
      ExecutionArn: childArn,
      Input: { n: 4 },
      InputDetails: { Included: true },
      Name: 'kid',
      Output: 8,
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: Date.UTC(2026, 0, 1),
      StateMachineArn: arnOf('Child'),
      Status: 'SUCCEEDED',
      StopDate: Date.UTC(2026, 0, 1) + 30_000,
    });
  });

  it('fails with States.TaskFailed, whatever the error of the execution was', async () => {
    const bench = benchWithChild({ F: { Type: 'Fail', Error: 'Boom', Cause: 'custom' } });
    const { status, error, cause } = await bench.run(starting('.sync:2'), { n: 4 });
    expect([status, error]).toEqual(['FAILED', 'States.TaskFailed']);
    expect(cause).toBe(
      `{"Cause":"custom","Error":"Boom","ExecutionArn":"${childArn}","Input":"{\\"n\\":4}","InputDetails":{"Included":true},"Name":"kid","RedriveCount":0,"RedriveStatus":"REDRIVABLE","StartDate":1767225600000,"StateMachineArn":"${arnOf('Child')}","Status":"FAILED","StopDate":1767225600000}`,
    );
  });

  it('sees the time-out of its execution as States.TaskFailed too', async () => {
    const bench = new Workbench();
    bench.create('Child', doubling, 'STANDARD', { TimeoutSeconds: 5 });
    const { error, cause } = await bench.run(starting('.sync:2'), { n: 4 });
    expect(error).toBe('States.TaskFailed');
    expect(JSON.parse(cause!)).toMatchObject({ Status: 'TIMED_OUT' });
    expect(JSON.parse(cause!)).not.toHaveProperty('Error');
  });

  it('stops its execution when it times out', async () => {
    const bench = benchWithChild(doubling);
    expect(await bench.run(starting('.sync:2', { TimeoutSeconds: 10 }), { n: 4 })).toMatchObject({
      error: 'States.Timeout',
    });
    expect(await bench.status(childArn)).toBe('ABORTED');
    expect(bench.elapsedSeconds()).toBe(10);
  });

  it('stops its execution when it is stopped itself', async () => {
    const bench = benchWithChild(doubling);
    bench.create('Parent', starting('.sync:2'));
    const executionArn = await bench.start('Parent', { n: 4 });
    await bench.advance(3);
    await bench.engine.stopExecution({ executionArn });
    await bench.clock.runUntilIdle();
    expect(await bench.status(childArn)).toBe('ABORTED');
    expect(bench.elapsedSeconds()).toBe(3);
  });

  it('fails under the integration’s name when the name is taken', async () => {
    const bench = benchWithChild(doubling);
    await bench.start('Child', { n: 1 }, 'kid');
    expect(await bench.run(starting('.sync:2'), { n: 4 })).toMatchObject({
      status: 'FAILED',
      error: 'StepFunctions.ExecutionAlreadyExistsException',
    });
  });

  it('fails when the machine does not exist, and refuses to wait for Express', async () => {
    expect(await new Workbench().run(starting('.sync:2'), { n: 4 })).toMatchObject({
      error: 'StepFunctions.StateMachineDoesNotExistException',
    });
    const bench = benchWithChild(doubling, 'EXPRESS');
    expect(await bench.run(starting('.sync:2'), { n: 4 })).toMatchObject({
      error: 'StepFunctions.StateMachineTypeNotSupportedException',
    });
  });

  it('hands a token to an execution that answers it', async () => {
    const bench = new Workbench(async ({ arguments: args }, { engine }) => {
      await engine.sendTaskSuccess({ taskToken: (args as { token: string }).token, output: '"from the child"' });
    });
    bench.create('Child', { Tell: { Type: 'Task', Resource: lambda('tell'), End: true } });
    const parent = starting('.waitForTaskToken', {}, { Input: { token: '{% $states.context.Task.Token %}' } });
    expect(await bench.run(parent, { n: 1 })).toMatchObject({ status: 'SUCCEEDED', output: '"from the child"' });
  });
});
