import { lambda, START_MS, Workbench } from './workbench.ts';

// Heavy cases on a loaded machine.
jest.setTimeout(60_000);

const oneTask = {
  A: { Type: 'Task', Resource: lambda('f'), Assign: { x: [1] }, Output: 'out', TimeoutSeconds: 9, End: true },
};

async function eventsOf(bench: Workbench, states: Record<string, unknown>, input: unknown = {}) {
  const { executionArn } = await bench.run(states, input);
  return (await bench.engine.getExecutionHistory({ executionArn })).events;
}

describe('the event history', () => {
  it('tells the life of a Lambda task with AWS’s fields', async () => {
    const timestamp = new Date(START_MS);
    expect(await eventsOf(new Workbench(() => 'result'), oneTask, { n: 1 })).toEqual([
      {
        id: 1,
        previousEventId: 0,
        timestamp,
        type: 'ExecutionStarted',
        executionStartedEventDetails: {
          input: '{"n":1}',
          inputDetails: { truncated: false },
          roleArn: 'arn:aws:iam::123456789012:role/M',
        },
      },
      {
        id: 2,
        previousEventId: 0,
        timestamp,
        type: 'TaskStateEntered',
        stateEnteredEventDetails: { name: 'A', input: '{"n":1}', inputDetails: { truncated: false } },
      },
      {
        id: 3,
        previousEventId: 2,
        timestamp,
        type: 'LambdaFunctionScheduled',
        lambdaFunctionScheduledEventDetails: {
          input: '{"n":1}',
          inputDetails: { truncated: false },
          resource: lambda('f'),
          timeoutInSeconds: 9,
        },
      },
      { id: 4, previousEventId: 3, timestamp, type: 'LambdaFunctionStarted' },
      {
        id: 5,
        previousEventId: 4,
        timestamp,
        type: 'LambdaFunctionSucceeded',
        lambdaFunctionSucceededEventDetails: { output: '"result"', outputDetails: { truncated: false } },
      },
      {
        id: 6,
        previousEventId: 5,
        timestamp,
        type: 'TaskStateExited',
        stateExitedEventDetails: {
          name: 'A',
          output: '"out"',
          outputDetails: { truncated: false },
          assignedVariables: { x: '[1]' },
          assignedVariablesDetails: { truncated: false },
        },
      },
      {
        id: 7,
        previousEventId: 6,
        timestamp,
        type: 'ExecutionSucceeded',
        executionSucceededEventDetails: { output: '"out"', outputDetails: { truncated: false } },
      },
    ]);
  });

  it('names service and action of an integration', async () => {
    const states = {
      A: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sns:publish', Arguments: { TopicArn: 't' }, End: true },
    };
    const events = await eventsOf(new Workbench(), states);
    expect(events.find(({ type }) => type === 'TaskScheduled')).toMatchObject({
      taskScheduledEventDetails: {
        resourceType: 'aws-sdk:sns',
        resource: 'publish',
        region: 'eu-west-1',
        parameters: '{"TopicArn":"t"}',
      },
    });
  });

  it('chains every branch on its own', async () => {
    const branch = (name: string) => ({ StartAt: name, States: { [name]: { Type: 'Wait', Seconds: 1, End: true } } });
    const events = await eventsOf(new Workbench(), {
      P: { Type: 'Parallel', Branches: [branch('A'), branch('B')], End: true },
    });
    expect(events.map(({ id, previousEventId, type }) => `${id}<${previousEventId} ${type}`)).toEqual([
      '1<0 ExecutionStarted',
      '2<0 ParallelStateEntered',
      '3<2 ParallelStateStarted',
      '4<3 WaitStateEntered',
      '5<3 WaitStateEntered',
      '6<4 WaitStateExited',
      '7<5 WaitStateExited',
      '8<7 ParallelStateSucceeded',
      '9<7 ParallelStateExited',
      '10<9 ExecutionSucceeded',
    ]);
  });

  it('records a retried task attempt by attempt', async () => {
    let calls = 0;
    const bench = new Workbench(() => {
      if (++calls === 1) throw new Error('once');
      return null;
    });
    const states = { A: { Type: 'Task', Resource: lambda('f'), Retry: [{ ErrorEquals: ['States.ALL'] }], End: true } };
    expect((await eventsOf(bench, states)).map(({ type }) => type.replace('LambdaFunction', ''))).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'Scheduled',
      'Started',
      'Failed',
      'Scheduled',
      'Started',
      'Succeeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('names a machine’s time-out in the last event only', async () => {
    const bench = new Workbench();
    const description = await bench.run({ W: { Type: 'Wait', Seconds: 9, End: true } }, {}, { TimeoutSeconds: 5 });
    const { events } = await bench.engine.getExecutionHistory(description);
    expect(events.at(-1)).toMatchObject({
      type: 'ExecutionTimedOut',
      executionTimedOutEventDetails: { error: 'States.Timeout' },
    });
    expect(description).not.toHaveProperty('error');
  });

  it('ends an execution that reaches 25,000 events, for good', async () => {
    const bench = new Workbench();
    const endless = {
      More: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Again' }], Default: 'End' },
      Again: { Type: 'Pass', Next: 'More' },
      End: { Type: 'Succeed' },
    };
    const description = await bench.run(endless);
    expect(description).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: expect.stringContaining('maximum number of history events (25000)'),
      redriveStatus: 'NOT_REDRIVABLE',
    });
    const { events } = await bench.engine.getExecutionHistory(description);
    expect([events.length, events.at(-1)!.type]).toEqual([25_000, 'ExecutionFailed']);
  });

  it('is not kept for Express executions unless asked for', async () => {
    const lengths: number[] = [];
    for (const keepExpressHistory of [false, true]) {
      const bench = new Workbench(undefined, { keepExpressHistory });
      bench.create('E', { A: { Type: 'Pass', End: true } }, 'EXPRESS');
      const executionArn = await bench.start('E');
      await bench.clock.runUntilIdle();
      lengths.push((await bench.eventTypes(executionArn)).length);
    }
    expect(lengths).toEqual([0, 4]);
  });

  it('comes newest first on demand', async () => {
    const bench = new Workbench();
    const { executionArn } = await bench.run({ A: { Type: 'Pass', End: true } });
    const { events } = await bench.engine.getExecutionHistory({ executionArn, reverseOrder: true });
    expect(events.map(({ id }) => id)).toEqual([4, 3, 2, 1]);
  });
});
