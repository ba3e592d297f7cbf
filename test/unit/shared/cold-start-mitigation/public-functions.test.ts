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
