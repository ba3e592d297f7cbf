import { functionOf, lambda, Workbench } from './workbench.ts';

/** Tasks succeed unless their name is in `broken`; each call is counted. */
function breakable() {
  const broken = new Set<string>();
  const calls: Record<string, number> = {};
  const bench = new Workbench((request) => {
    const name = functionOf(request);
    calls[name] = (calls[name] ?? 0) + 1;
    if (broken.has(name)) throw Object.assign(new Error('broken'), { name: 'Boom' });
    return { by: name, got: request.arguments };
  });
  return { bench, broken, calls };
}

const task = (name: string, next?: string, extra: Record<string, unknown> = {}) => ({
  Type: 'Task',
  Resource: lambda(name),
  ...(next ? { Next: next } : { End: true }),
  ...extra,
});
const branch = (states: Record<string, unknown>) => ({ StartAt: Object.keys(states)[0], States: states });

async function runBroken({ bench }: ReturnType<typeof breakable>, states: Record<string, unknown>) {
  const { executionArn, status } = await bench.run(states, { n: 1 });
  expect(status).toBe('FAILED');
  return executionArn;
}

async function redrive(bench: Workbench, executionArn: string) {
  await bench.engine.redriveExecution({ executionArn });
  await bench.clock.runUntilIdle();
  return bench.engine.describeExecution({ executionArn });
}

describe('redriveExecution', () => {
  it('starts again at the state that failed, with its input and variables', async () => {
    const setup = breakable();
    setup.broken.add('b');
    const executionArn = await runBroken(setup, {
      A: task('a', 'B', { Assign: { kept: '{% $states.input.n %}' } }),
      B: task('b', 'C'),
      C: { Type: 'Pass', Output: { kept: '{% $kept %}', input: '{% $states.input.by %}' }, End: true },
    });
    setup.broken.clear();
    expect(await redrive(setup.bench, executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      redriveCount: 1,
      output: '{"kept":1,"input":"b"}',
    });
    expect(setup.calls).toEqual({ a: 1, b: 2 });
    expect((await setup.bench.eventTypes(executionArn)).filter((type) => type.startsWith('Execution'))).toEqual([
      'ExecutionStarted',
      'ExecutionFailed',
      'ExecutionRedriven',
      'ExecutionSucceeded',
    ]);
  });

  it('repeats only the branches that did not finish', async () => {
    const setup = breakable();
    setup.broken.add('bad');
    const executionArn = await runBroken(setup, {
      P: {
        Type: 'Parallel',
        Branches: [branch({ G: task('good') }), branch({ W: { Type: 'Wait', Seconds: 1, Next: 'X' }, X: task('bad') })],
        End: true,
      },
    });
    setup.broken.clear();
    expect(await redrive(setup.bench, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(setup.calls).toEqual({ good: 1, bad: 2 });
  });

  it('repeats only the iterations that did not finish', async () => {
    const calls: number[] = [];
    let isBroken = true;
    const bench = new Workbench(({ arguments: item }) => {
      calls.push(item as number);
      if (item === 2 && isBroken) throw new Error('broken');
      return (item as number) * 10;
    });
    const map = {
      M: { Type: 'Map', Items: [1, 2, 3], MaxConcurrency: 1, ItemProcessor: branch({ T: task('t') }), End: true },
    };
    const { executionArn } = await bench.run(map);
    isBroken = false;
    expect(await redrive(bench, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '[10,20,30]' });
    expect(calls).toEqual([1, 2, 2, 3]);
  });

  it.each(['STANDARD', 'EXPRESS'])('repeats only the unsuccessful %s children of a Map Run', async (ExecutionType) => {
    const calls: string[] = [];
    let isBroken = true;
    const bench = new Workbench((request) => {
      calls.push(`${functionOf(request)}${JSON.stringify(request.arguments)}`);
      if (functionOf(request) === 'second' && request.arguments === 2 && isBroken) throw new Error('broken');
      return request.arguments;
    });
    const processor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType },
      ...branch({ F: task('first', 'S'), S: task('second') }),
    };
    const { executionArn } = await bench.run({
      M: { Type: 'Map', Items: [1, 2, 3], MaxConcurrency: 1, ItemProcessor: processor, End: true },
    });
    isBroken = false;
    expect(await redrive(bench, executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '[1,2,3]' });
    const again = ExecutionType === 'STANDARD' ? ['second2'] : ['first2', 'second2'];
    expect(calls).toEqual(['first1', 'second1', 'first2', 'second2', ...again, 'first3', 'second3']);
    expect(await bench.eventTypes(executionArn)).toContain('MapRunRedriven');
  });

  it('gives retriers their attempts back', async () => {
    const setup = breakable();
    setup.broken.add('a');
    const executionArn = await runBroken(setup, {
      A: task('a', undefined, { Retry: [{ ErrorEquals: ['Boom'], MaxAttempts: 1 }] }),
    });
    expect(setup.calls).toEqual({ a: 2 });
    expect(await redrive(setup.bench, executionArn)).toMatchObject({ status: 'FAILED' });
    expect(setup.calls).toEqual({ a: 4 });
  });

  it('continues an execution that was stopped, even before its branches have unwound', async () => {
    const { bench, calls } = breakable();
    bench.create('M', {
      P: {
        Type: 'Parallel',
        Branches: [branch({ W: { Type: 'Wait', Seconds: 60, Next: 'A' }, A: task('a') })],
        End: true,
      },
    });
    const executionArn = await bench.start('M');
    await bench.advance(10);
    await bench.engine.stopExecution({ executionArn });
    expect(await redrive(bench, executionArn)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
    expect(bench.elapsedSeconds()).toBe(70);
    expect(calls).toEqual({ a: 1 });
  });

  it('starts the machine’s own timeout anew', async () => {
    const { bench } = breakable();
    const states = { W: { Type: 'Wait', Seconds: 8, Next: 'V' }, V: { Type: 'Wait', Seconds: 8, End: true } };
    const { executionArn, status } = await bench.run(states, {}, { TimeoutSeconds: 10 });
    expect(status).toBe('TIMED_OUT');
    expect(await redrive(bench, executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('refuses what is running, succeeded, Express, too old or unknown', async () => {
    const { bench, broken } = breakable();
    const refused = (executionArn: string) =>
      expect(bench.engine.redriveExecution({ executionArn })).rejects.toMatchObject({ name: 'ExecutionNotRedrivable' });
    bench.create('W', { W: { Type: 'Wait', Seconds: 1, End: true } });
    const executionArn = await bench.start('W');
    await refused(executionArn);
    await bench.clock.runUntilIdle();
    await refused(executionArn);
    bench.create('E', { F: { Type: 'Fail' } }, 'EXPRESS');
    const express = await bench.start('E');
    broken.add('a');
    const failed = await bench.run({ A: task('a') });
    await refused(express);
    expect(failed.redriveStatus).toBe('REDRIVABLE');
    await bench.advance(14 * 86_400 + 1);
    await refused(failed.executionArn);
  });

  it('tells the context how often and when', async () => {
    const setup = breakable();
    setup.broken.add('a');
    const executionArn = await runBroken(setup, {
      A: task('a', undefined, { Output: '{% $states.context.Execution.[RedriveCount, RedriveTime] %}' }),
    });
    setup.broken.clear();
    await setup.bench.advance(5);
    expect(await redrive(setup.bench, executionArn)).toMatchObject({ output: '[1,"2026-01-01T00:00:05Z"]' });
  });
});
