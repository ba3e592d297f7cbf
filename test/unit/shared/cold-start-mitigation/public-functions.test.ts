import {
  configureProvisionedConcurrency,
  createWarmUpSchedule,
  getRecommendedStrategy,
  isWarmUp,
  withWarmUp,
} from '../../../../shared/cold-start-mitigation/index.ts';
import { configuredAccount } from '../../../support/configured-account.ts';

let scene: ReturnType<typeof configuredAccount>;
beforeEach(() => {
  scene = configuredAccount();
});
afterEach(() => scene.dispose());

const FN = { memorySizeMb: 1024, architecture: 'arm64', ephemeralStorageMb: 512, packageType: 'Zip' } as const;
const EVIDENCE = {
  invocationsPerMonth: 100_000,
  meanDurationMs: 100,
  p50DurationMs: 90,
  p99DurationMs: 300,
  coldStartShare: 0.05,
  meanInitDurationMs: 800,
  periods: [{ invocations: 100, maximumConcurrency: 3 }],
};

const context = {} as never;
const warmer = {
  warmerArn: 'arn:aws:lambda:us-east-1:123456789012:function:warm-up',
  roleArn: 'arn:aws:iam::1:role/w',
};

describe('configureProvisionedConcurrency', () => {
  it('creates, changes and removes, and knows when there is nothing to do', async () => {
    scene.addFunction('api', {}, { invocationsPerHour: 10, concurrency: 1, alias: 'live' });
    const configure = (executions: number) =>
      scene.run(() => configureProvisionedConcurrency({ functionName: 'api', qualifier: 'live', executions }));
    const outcomes = [];
    for (const executions of [2, 2, 5, 0, 0]) outcomes.push((await configure(executions)).outcome);
    expect(outcomes).toEqual(['created', 'unchanged', 'updated', 'removed', 'unchanged']);
  });

  it('rejects $LATEST and negative numbers', async () => {
    await expect(
      configureProvisionedConcurrency({ functionName: 'a', qualifier: '$LATEST', executions: 1 }),
    ).rejects.toThrow('alias or a version');
    await expect(
      configureProvisionedConcurrency({ functionName: 'a', qualifier: 'live', executions: -1 }),
    ).rejects.toThrow('got -1');
  });

  it('answers what Lambda refused', async () => {
    scene.addFunction('api');
    const outcome = await scene.run(() =>
      configureProvisionedConcurrency({ functionName: 'api', qualifier: 'nowhere', executions: 1 }),
    );
    expect(outcome).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('AWS refused') });
  });
});

describe('createWarmUpSchedule', () => {
  it('warms the alias in use every five minutes, and changes nothing the second time', async () => {
    scene.addFunction('api', {}, { invocationsPerHour: 10, concurrency: 1, alias: 'live' });
    const create = () => scene.run(() => createWarmUpSchedule({ functionName: 'api', environments: 4, ...warmer }));
    expect(await create()).toMatchObject({ outcome: 'created', qualifier: 'live' });
    expect(await create()).toMatchObject({ outcome: 'unchanged' });
    expect(scene.account.scheduler.all()).toMatchObject([
      { Name: 'warm-up-api', ScheduleExpression: 'rate(5 minutes)', Target: { Arn: warmer.warmerArn } },
    ]);
  });

  it('keeps the names of long function names apart', async () => {
    const names = ['x', 'y'].map((end) => `${'f'.repeat(63)}${end}`);
    for (const functionName of names) {
      scene.addFunction(functionName);
      await scene.run(() => createWarmUpSchedule({ functionName, ...warmer }));
    }
    const scheduled = scene.account.scheduler.all().map(({ Name }) => Name!);
    expect(new Set(scheduled).size).toBe(2);
    expect(scheduled.every((name) => name.length <= 64)).toBe(true);
  });

  it.each([Number.NaN, 0, 1.5, 101, Number.POSITIVE_INFINITY])(
    'rejects %p environments and schedules nothing',
    async (environments) => {
      scene.addFunction('api');
      const create = () => scene.run(() => createWarmUpSchedule({ functionName: 'api', environments, ...warmer }));
      await expect(create()).rejects.toThrow(`1 to 100, got ${environments}`);
      expect(scene.account.scheduler.all()).toEqual([]);
    },
  );

  it('rejects an interval that EventBridge has not', async () => {
    await expect(createWarmUpSchedule({ functionName: 'a', everyMinutes: 0, ...warmer })).rejects.toThrow('got 0');
  });
});

describe('getRecommendedStrategy', () => {
  it('knows the brief’s three classes', () => {
    const strategies = (['critical', 'standard', 'batch'] as const).map(
      (each) => getRecommendedStrategy(each).strategy,
    );
    expect(strategies).toEqual(['provisioned-concurrency', 'warm-up', 'accept']);
  });

  it('shows the arithmetic of every option, also of a function that was never called', () => {
    const advice = getRecommendedStrategy({ evidence: { ...EVIDENCE, invocationsPerMonth: 0, periods: [] }, fn: FN });
    expect(advice.strategy).toBe('accept');
    expect(advice.options.length).toBeGreaterThan(2);
    for (const { arithmetic } of advice.options) expect(arithmetic).toMatch(/together \$\d+\.\d\d a month, p99 \d+ ms/);
  });

  it.each([
    [{ coldStartShare: Number.NaN }, 'coldStartShare must be a number of at least 0, got NaN'],
    [{ coldStartShare: 1.2 }, '0 to 1, got 1.2'],
    [
      { meanInitDurationMs: -1, p99DurationMs: undefined as never },
      /p99DurationMs.*got undefined.*meanInitDurationMs.*got -1/,
    ],
    [{ periods: [{ invocations: Number.NaN, maximumConcurrency: 1 }] }, 'periods must hold numbers'],
  ])('rejects measurements that are none: %j', (wrong, message) => {
    expect(() => getRecommendedStrategy({ evidence: { ...EVIDENCE, ...wrong }, fn: FN })).toThrow(message);
  });

  it('rejects a wish that nothing can keep or miss', () => {
    expect(() => getRecommendedStrategy({ evidence: EVIDENCE, fn: FN, wantedP99Ms: Number.NaN })).toThrow('got NaN');
  });

  it('rejects a class it does not know', () => {
    expect(() => getRecommendedStrategy('urgent' as 'batch')).toThrow('got urgent');
  });
});

describe('withWarmUp', () => {
  it('answers a warm-up without doing the work', async () => {
    const work = jest.fn(async () => 'worked');
    const handler = withWarmUp(work);
    expect(await handler({ rightsizerWarmUp: { holdMs: 0 } }, context)).toEqual({ warmedUp: true });
    expect(work).not.toHaveBeenCalled();
    expect(await handler({ orderId: 1 } as never, context)).toBe('worked');
  });

  it('holds the environment as long as asked, a second at most', async () => {
    jest.useFakeTimers();
    const answered = jest.fn();
    const answer = withWarmUp(async () => 'worked')({ rightsizerWarmUp: { holdMs: 99_999 } }, context);
    void Promise.resolve(answer).then(answered);
    await jest.advanceTimersByTimeAsync(999);
    expect(answered).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(answered).toHaveBeenCalled();
    jest.useRealTimers();
  });

  it.each([null, 'text', 7, undefined, { holdMs: 75 }])('does not take %j for a warm-up', (event) => {
    expect(isWarmUp(event)).toBe(false);
  });
});
