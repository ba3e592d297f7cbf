import { functionOf, lambda, Workbench } from './workbench.ts';

const task = (name: string) => ({ Type: 'Task', Resource: lambda(name), End: true });
const writing = { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'out', Prefix: 'night/1' } };

function distributed(
  extra: Record<string, unknown>,
  ExecutionType = 'STANDARD',
  states: Record<string, unknown> = { T: task('t') },
) {
  const ItemProcessor = {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
    StartAt: Object.keys(states)[0],
    States: states,
  };
  return { Each: { Type: 'Map', Label: 'Each', MaxConcurrency: 1, ItemProcessor, End: true, ...extra } };
}

/** Fails for the items named, echoes the others. */
const failingFor = (...items: number[]) =>
  new Workbench(({ arguments: item }) => {
    if (items.includes(item as number)) throw Object.assign(new Error(`no ${item}`), { name: 'Boom' });
    return { done: item };
  });

interface Manifest {
  DestinationBucket: string;
  MapRunArn: string;
  ResultFiles: Record<'FAILED' | 'PENDING' | 'SUCCEEDED', { Key: string; Size: number }[]>;
}

/** Reads the export of the only Map Run of a bench. */
function exported(bench: Workbench) {
  const key = [...bench.objects.keys()].find((name) => name.endsWith('/manifest.json'))!;
  const manifest = JSON.parse(bench.objects.get(key)!) as Manifest;
  const read = (kind: keyof Manifest['ResultFiles']) =>
    manifest.ResultFiles[kind].flatMap(({ Key, Size }) => {
      const body = bench.objects.get(`out/${Key}`)!;
      expect(Buffer.byteLength(body)).toBe(Size);
      return JSON.parse(body) as Record<string, unknown>[];
    });
  return { key, manifest, read };
}

describe('a ResultWriter', () => {
  it('writes what succeeded and what failed, and points to the manifest', async () => {
    const bench = failingFor(2);
    const { output } = await bench.run(
      distributed({ Items: [1, 2, 3], ToleratedFailureCount: 1, ResultWriter: writing }),
    );
    const { key, manifest, read } = exported(bench);
    expect(JSON.parse(output!)).toEqual({
      MapRunArn: manifest.MapRunArn,
      ResultWriterDetails: { Bucket: 'out', Key: key.slice('out/'.length) },
    });
    expect(manifest.MapRunArn).toMatch(/^arn:aws:states:eu-west-1:123456789012:mapRun:M\/Each:[0-9a-f-]{36}$/);
    expect(key).toBe(`out/night/1/${manifest.MapRunArn.split(':').at(-1)}/manifest.json`);
    expect(manifest.DestinationBucket).toBe('out');
    expect(manifest.ResultFiles.PENDING).toEqual([]);
    expect(read('SUCCEEDED').map(({ Output }) => Output)).toEqual(['{"done":1}', '{"done":3}']);
    expect(read('FAILED')).toEqual([
      {
        ExecutionArn: expect.stringMatching(/^arn:aws:states:eu-west-1:123456789012:execution:M\/Each:[0-9a-f-]{36}$/),
        Input: '2',
        InputDetails: { Included: true },
        Name: expect.any(String),
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: 'REDRIVABLE',
        StartDate: '2026-01-01T00:00:00Z',
        StateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:M/Each',
        Status: 'FAILED',
        StopDate: '2026-01-01T00:00:00Z',
        Cause: 'no 2',
        Error: 'Boom',
      },
    ]);
  });

  it('exports also when the run fails, with what never started as pending', async () => {
    const bench = failingFor(2);
    const { status, error } = await bench.run(distributed({ Items: [1, 2, 3, 4], ResultWriter: writing }));
    expect([status, error]).toEqual(['FAILED', 'States.ExceedToleratedFailureThreshold']);
    const { read } = exported(bench);
    expect(read('SUCCEEDED')).toHaveLength(1);
    expect(read('FAILED')).toHaveLength(1);
    expect(read('PENDING').map(({ Input, Status }) => [Input, Status])).toEqual([
      ['3', 'PENDING'],
      ['4', 'PENDING'],
    ]);
  });

  it.each([
    ['NONE', 'JSON', /^\[{"ExecutionArn"/],
    ['COMPACT', 'JSON', /^\[\[1,0\],\[2,0\]\]$/],
    ['FLATTEN', 'JSON', /^\[1,0,2,0\]$/],
    ['COMPACT', 'JSONL', /^\[1,0\]\n\[2,0\]\n$/],
    ['FLATTEN', 'JSONL', /^1\n0\n2\n0\n$/],
  ])('transforms successes with %s as %s', async (Transformation, OutputType, expected) => {
    const bench = new Workbench(({ arguments: item }) => [item, 0]);
    await bench.run(
      distributed({ Items: [1, 2], ResultWriter: { ...writing, WriterConfig: { Transformation, OutputType } } }),
    );
    const body = [...bench.objects].find(([name]) => name.includes('SUCCEEDED_0'))![1];
    expect(body).toMatch(expected);
  });

  it('leaves failures as they are whatever the transformation', async () => {
    const bench = failingFor(1);
    const WriterConfig = { Transformation: 'FLATTEN', OutputType: 'JSON' };
    await bench.run(
      distributed({ Items: [1], ToleratedFailurePercentage: 100, ResultWriter: { ...writing, WriterConfig } }),
    );
    expect(exported(bench).read('FAILED')[0]).toMatchObject({ Status: 'FAILED', Error: 'Boom' });
  });

  it('fails the state when the store refuses', async () => {
    const bench = new Workbench(undefined, {
      objects: { get: async () => '', put: () => Promise.reject(new Error('AccessDenied')), list: async () => [] },
    });
    expect(await bench.run(distributed({ Items: [1], ResultWriter: writing }))).toMatchObject({
      error: 'States.ResultWriterFailed',
      cause: expect.stringContaining('AccessDenied'),
    });
  });
});

describe('a Map Run', () => {
  it('reports a tolerated failure in place of its result', async () => {
    const { output } = await failingFor(2).run(distributed({ Items: [1, 2, 3], ToleratedFailureCount: 1 }));
    expect(JSON.parse(output!)).toEqual([
      { done: 1 },
      expect.objectContaining({ Status: 'FAILED', Error: 'Boom' }),
      { done: 3 },
    ]);
  });

  it('aborts running children when the threshold is exceeded', async () => {
    const bench = new Workbench(async (request, { clock }) => {
      if (functionOf(request) === 'late') throw new Error('must not run');
      await clock.sleep(request.arguments === 1 ? 1_000 : 500_000);
      if (request.arguments === 1) throw new Error('first');
    });
    const states = { T: { ...task('t'), End: undefined, Next: 'L' }, L: task('late') };
    const { executionArn } = await bench.run(
      distributed({ Items: [1, 2], MaxConcurrency: 2, ResultWriter: writing }, 'STANDARD', states),
    );
    expect(
      exported(bench)
        .read('FAILED')
        .map(({ Status }) => Status),
    ).toEqual(['FAILED', 'ABORTED']);
    expect((await bench.engine.describeExecution({ executionArn })).stopDate).toEqual(
      new Date(bench.clock.now() - 499_000),
    );
  });

  it('shows its Standard children to listExecutions and keeps their histories', async () => {
    const bench = failingFor();
    const { executionArn } = await bench.run(distributed({ Items: [1, 2] }));
    const { events } = await bench.engine.getExecutionHistory({ executionArn });
    const { mapRunArn } = events.find(({ type }) => type === 'MapRunStarted')!['mapRunStartedEventDetails'] as {
      mapRunArn: string;
    };
    const { executions } = await bench.engine.listExecutions({ mapRunArn });
    expect(executions).toHaveLength(2);
    expect(await bench.eventTypes(executions[0]!.executionArn)).toContain('LambdaFunctionSucceeded');
  });

  it.each([false, true])('keeps Express children and their histories: %s', async (keepExpressHistory) => {
    const bench = new Workbench(undefined, { keepExpressHistory });
    const { executionArn } = await bench.run(distributed({ Items: [1] }, 'EXPRESS'));
    const { events } = await bench.engine.getExecutionHistory({ executionArn });
    const { mapRunArn } = events.find(({ type }) => type === 'MapRunStarted')!['mapRunStartedEventDetails'] as {
      mapRunArn: string;
    };
    const { executions } = await bench.engine.listExecutions({ mapRunArn });
    expect(executions).toHaveLength(keepExpressHistory ? 1 : 0);
    for (const child of executions)
      expect(await bench.eventTypes(child.executionArn)).toContain('LambdaFunctionSucceeded');
  });

  it('records its own events as Step Functions does', async () => {
    const bench = failingFor();
    const { executionArn } = await bench.run(distributed({ Items: [1] }));
    expect(await bench.eventTypes(executionArn)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('stops its children with the execution', async () => {
    const bench = new Workbench();
    bench.create(
      'M',
      distributed({ Items: [1, 2, 3], MaxConcurrency: 2 }, 'STANDARD', {
        W: { Type: 'Wait', Seconds: 600, End: true },
      }),
    );
    const executionArn = await bench.start('M');
    await bench.advance(10);
    await bench.engine.stopExecution({ executionArn });
    await bench.clock.runUntilIdle();
    const { events } = await bench.engine.getExecutionHistory({ executionArn });
    const { mapRunArn } = events.find(({ type }) => type === 'MapRunStarted')!['mapRunStartedEventDetails'] as {
      mapRunArn: string;
    };
    const { executions } = await bench.engine.listExecutions({ mapRunArn });
    expect(executions.map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED']);
    expect(bench.elapsedSeconds()).toBe(10);
  });

  it('runs a callback task in every Standard child at the same time', async () => {
    const bench = new Workbench();
    const ask = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
      TimeoutSeconds: 72_000,
      End: true,
    };
    bench.create(
      'M',
      distributed({ Items: '{% [1..200] %}', MaxConcurrency: 0, Output: '{% $count($states.result) %}' }, 'STANDARD', {
        Ask: ask,
      }),
    );
    const executionArn = await bench.start('M');
    await bench.advance(3_600);
    expect(bench.requests).toHaveLength(200);
    for (const { taskToken } of bench.requests)
      await bench.engine.sendTaskSuccess({ taskToken: taskToken!, output: '1' });
    await bench.clock.runUntilIdle();
    expect(await bench.engine.describeExecution({ executionArn })).toMatchObject({
      status: 'SUCCEEDED',
      output: '200',
    });
    expect(bench.elapsedSeconds()).toBe(3_600);
  });
});
