import { functionOf, lambda, Workbench } from './workbench.ts';

const task = (name: string, extra: Record<string, unknown> = {}) => ({
  Type: 'Task',
  Resource: lambda(name),
  ...('Next' in extra ? {} : { End: true }),
  ...extra,
});
const branch = (states: Record<string, unknown>) => ({ StartAt: Object.keys(states)[0], States: states });
const parallel = (...branches: Record<string, unknown>[]) => ({
  P: { Type: 'Parallel', Branches: branches.map(branch), End: true },
});

/** Tasks take the seconds in their name (`f5`), and fail if it starts with `bad`. */
const timedBench = () =>
  new Workbench(async (request, { clock }) => {
    const name = functionOf(request);
    await clock.sleep(Number(/\d+$/.exec(name)?.[0] ?? 0) * 1_000);
    if (name.startsWith('bad')) throw Object.assign(new Error(name), { name: 'Boom' });
    return name;
  });

const secondsOf = ({ startDate, stopDate }: { startDate: Date; stopDate?: Date }) =>
  (stopDate!.getTime() - startDate.getTime()) / 1_000;

describe('under attack, the engine', () => {
  it.each([
    ['a task with a long timeout', { A: task('f1', { TimeoutSeconds: 864_000, HeartbeatSeconds: 86_400 }) }],
    ['a machine with a long timeout', { A: task('f1') }],
    [
      'a Parallel',
      parallel({ B: task('f1', { TimeoutSeconds: 999_999 }) }, { C: { Type: 'Wait', Seconds: 1, End: true } }),
    ],
  ])('leaves no timer behind after %s', async (_, states) => {
    const bench = timedBench();
    expect(await bench.run(states, {}, { TimeoutSeconds: 99_999_999 })).toMatchObject({ status: 'SUCCEEDED' });
    expect(bench.elapsedSeconds()).toBe(1);
  });

  it('gives up the waits, retries and callbacks of the siblings of a failed branch', async () => {
    const bench = timedBench();
    const description = await bench.run(
      parallel(
        { W: { Type: 'Wait', Seconds: 9_999, End: true } },
        { R: task('bad0', { Retry: [{ ErrorEquals: ['Boom'], IntervalSeconds: 5_000 }] }) },
        {
          C: {
            Type: 'Task',
            Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
            TimeoutSeconds: 99_999,
            End: true,
          },
        },
        { F: task('bad2') },
      ),
    );
    expect([description.status, secondsOf(description), bench.elapsedSeconds()]).toEqual(['FAILED', 2, 2]);
    const types = await bench.eventTypes(description.executionArn);
    expect(types.filter((type) => type.endsWith('Aborted')).sort()).toEqual([
      'TaskStateAborted',
      'TaskStateAborted',
      'WaitStateAborted',
    ]);
  });

  it('lets the Lambda of a given-up sibling run out without minding its answer', async () => {
    const bench = timedBench();
    const description = await bench.run(
      parallel({ A: task('f60', { Next: 'B' }), B: task('never') }, { F: task('bad2') }),
    );
    expect([description.status, secondsOf(description)]).toEqual(['FAILED', 2]);
    expect(bench.requests.map(functionOf)).toEqual(['f60', 'bad2']);
  });

  it('does not start what follows in a sibling that ends in the instant of the failure', async () => {
    const bench = timedBench();
    const description = await bench.run(
      parallel({ F: task('bad5') }, { A: task('f5', { Next: 'B' }), B: task('never') }),
    );
    expect(description.status).toBe('FAILED');
    expect(bench.requests.map(functionOf)).toEqual(['bad5', 'f5']);
  });

  it('schedules no attempt of a retry that wakes in the instant of a sibling’s failure', async () => {
    const bench = timedBench();
    const retry = [{ ErrorEquals: ['Boom'], IntervalSeconds: 5 }];
    const { executionArn } = await bench.run(parallel({ F: task('bad5') }, { R: task('bad0', { Retry: retry }) }));
    const scheduled = (await bench.eventTypes(executionArn)).filter((type) => type === 'LambdaFunctionScheduled');
    expect([scheduled.length, bench.requests.map(functionOf)]).toEqual([2, ['bad5', 'bad0']]);
  });

  it('reports the first failure when two branches fail in one instant', async () => {
    const bench = new Workbench(async (request, { clock }) => {
      await clock.sleep(1_000);
      throw Object.assign(new Error('x'), { name: functionOf(request) });
    });
    expect(await bench.run(parallel({ A: task('First') }, { B: task('Second') }))).toMatchObject({ error: 'First' });
  });

  it('is not confused by a runner that keeps and changes what it was given', async () => {
    const kept: { list: number[] }[] = [];
    const shared = { list: [1] };
    const bench = new Workbench(({ arguments: args }) => {
      kept.push(args as { list: number[] });
      for (const each of kept) each.list.push(99);
      shared.list.push(7);
      return shared;
    });
    const { output } = await bench.run(
      {
        A: task('f', { Assign: { first: '{% $states.result %}' }, Output: '{% $states.input %}', Next: 'B' }),
        B: task('f', { Output: ['{% $states.input %}', '{% $first %}'] }),
      },
      { list: [0] },
    );
    expect(JSON.parse(output!)).toEqual([{ list: [0] }, { list: [1, 7] }]);
  });

  it('is not confused by JSONata marking arrays it has seen', async () => {
    const bench = new Workbench();
    const { output } = await bench.run(
      {
        A: {
          Type: 'Pass',
          Assign: { list: '{% $states.input.list[] %}', one: '{% $states.input.list[0].n[] %}' },
          Next: 'B',
        },
        B: {
          Type: 'Pass',
          Output: {
            again: '{% $list.n %}',
            one: '{% $one %}',
            wrapped: '{% [$one] %}',
            input: '{% $states.input.list.n %}',
          },
          End: true,
        },
      },
      { list: [{ n: 1 }] },
    );
    expect(JSON.parse(output!)).toEqual({ again: 1, one: [1], wrapped: [1], input: 1 });
  });

  it('keeps a retried Map from mixing results of two attempts', async () => {
    let attempt = 0;
    const bench = new Workbench(({ arguments: item }) => {
      if (item === 1) attempt++;
      if (item === 3 && attempt === 1) throw Object.assign(new Error('x'), { name: 'Boom' });
      return `${attempt}/${item}`;
    });
    const map = {
      M: {
        Type: 'Map',
        Items: [1, 2, 3],
        MaxConcurrency: 1,
        ItemProcessor: branch({ T: task('t') }),
        Retry: [{ ErrorEquals: ['Boom'] }],
        End: true,
      },
    };
    expect(await bench.run(map)).toMatchObject({ output: '["2/1","2/2","2/3"]' });
  });

  it('forgets the retries of an inner task when the Parallel around it is retried', async () => {
    const bench = new Workbench(() => {
      throw Object.assign(new Error('x'), { name: 'Boom' });
    });
    const states = parallel({ T: task('t', { Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }] }) });
    Object.assign(states.P, { Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }] });
    await bench.run(states);
    expect(bench.requests).toHaveLength(4);
  });

  it('keeps many executions of one machine apart', async () => {
    const bench = timedBench();
    bench.create('M', {
      A: { Type: 'Pass', Assign: { mine: '{% $states.input.n %}' }, Next: 'W' },
      W: { Type: 'Wait', Seconds: '{% 10 - $mine %}', Next: 'B' },
      B: { Type: 'Pass', Output: '{% $mine & "/" & $states.context.Execution.Name %}', End: true },
    });
    const arns = await Promise.all([1, 2, 3, 4, 5].map((n) => bench.start('M', { n }, `run-${n}`)));
    await bench.clock.runUntilIdle();
    const outputs = await Promise.all(
      arns.map(async (executionArn) => (await bench.engine.describeExecution({ executionArn })).output),
    );
    expect(outputs).toEqual(['"1/run-1"', '"2/run-2"', '"3/run-3"', '"4/run-4"', '"5/run-5"']);
  });

  it('repeats a run exactly, identifiers, jitter and order included', async () => {
    const record = async (seed: number) => {
      const bench = new Workbench(
        async (request, { clock }) => {
          await clock.sleep(String(request.arguments).length * 7);
          if (String(request.arguments) < '8') throw Object.assign(new Error('x'), { name: 'Boom' });
          return request.arguments;
        },
        { seed },
      );
      const processor = {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        ...branch({
          T: task('t', {
            Arguments: '{% $uuid() %}',
            Retry: [{ ErrorEquals: ['Boom'], JitterStrategy: 'FULL', IntervalSeconds: 60 }],
          }),
        }),
      };
      const description = await bench.run({
        M: {
          Type: 'Map',
          Items: '{% [1..20] %}',
          ItemProcessor: processor,
          ToleratedFailurePercentage: 100,
          End: true,
        },
      });
      return JSON.stringify([
        description,
        bench.requests,
        (await bench.engine.getExecutionHistory(description)).events,
      ]);
    };
    const first = await record(11);
    expect(await record(11)).toBe(first);
    expect(await record(12)).not.toBe(first);
  });

  it('runs a Distributed Map inside the Standard child of another', async () => {
    const inner = {
      I: {
        Type: 'Map',
        Label: 'Inner',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          ...branch({ T: { Type: 'Pass', Output: '{% $states.context.StateMachine.Name %}', End: true } }),
        },
        End: true,
      },
    };
    const outer = {
      O: {
        Type: 'Map',
        Label: 'Outer',
        Items: [[1], [2, 3]],
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...branch(inner) },
        End: true,
      },
    };
    const { output } = await new Workbench().run(outer);
    expect(JSON.parse(output!)).toEqual([['M/Outer/Inner'], ['M/Outer/Inner', 'M/Outer/Inner']]);
  });

  it('does not let the object store of one Map hold up another execution’s timers', async () => {
    const bench = new Workbench(undefined, {
      objects: {
        get: () => new Promise((resolve) => setImmediate(() => setImmediate(() => resolve('[1]')))),
        put: async () => {},
        list: async () => [],
      },
    });
    const reading = {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSON' },
      Arguments: { Bucket: 'b', Key: 'k' },
    };
    bench.create('Timer', { W: { Type: 'Wait', Seconds: 1, End: true } });
    const timer = await bench.start('Timer');
    const map = await bench.run({
      M: {
        Type: 'Map',
        ItemReader: reading,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          ...branch({ T: { Type: 'Pass', End: true } }),
        },
        End: true,
      },
    });
    expect([map.status, secondsOf(map), await bench.status(timer)]).toEqual(['SUCCEEDED', 0, 'SUCCEEDED']);
  });

  it('counts a child stopped by hand as failed', async () => {
    const bench = new Workbench();
    const processor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      ...branch({ W: { Type: 'Wait', Seconds: 100, End: true } }),
    };
    bench.create('M', { M: { Type: 'Map', Items: [1], ItemProcessor: processor, End: true } });
    const executionArn = await bench.start('M');
    await bench.advance(1);
    const { events } = await bench.engine.getExecutionHistory({ executionArn });
    const { mapRunArn } = events.find(({ type }) => type === 'MapRunStarted')!['mapRunStartedEventDetails'] as {
      mapRunArn: string;
    };
    const { executions } = await bench.engine.listExecutions({ mapRunArn });
    await bench.engine.stopExecution({ executionArn: executions[0]!.executionArn });
    await bench.clock.runUntilIdle();
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });

  it('turns what a runner throws into AWS’s shape, whatever it is', async () => {
    const throwing = async (thrown: unknown) => {
      const bench = new Workbench(() => {
        throw thrown;
      });
      const { error, cause } = await bench.run({ A: task('f') });
      return [error, cause];
    };
    expect(await throwing(Object.assign(new Error('message'), { name: 'Named', cause: 'cause' }))).toEqual([
      'Named',
      'cause',
    ]);
    expect(await throwing(new TypeError('message'))).toEqual(['TypeError', 'message']);
    expect(await throwing('text')).toEqual(['States.TaskFailed', 'text']);
    expect(await throwing({ odd: 1 })).toEqual(['States.TaskFailed', '{"odd":1}']);
  });
});
