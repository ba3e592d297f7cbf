import { applyColdStartMitigation } from '../../../../shared/cold-start-mitigation/index.ts';
import { addAlias, configuredAccount, LEDGER } from '../../../support/configured-account.ts';

/** Strategies by class and by measurement, over an account in memory. */
let scene: ReturnType<typeof configuredAccount>;
const warmerArn = 'arn:aws:lambda:us-east-1:123456789012:function:warm-up';
const schedules = { namePrefix: 'Rightsizer-warm', warmerArn, roleArn: 'arn:aws:iam::123456789012:role/warm' };
const busy = { invocationsPerHour: 600, concurrency: 3 };
const CRITICAL = { 'rightsizer:class': 'critical' };
const STANDARD = { 'rightsizer:class': 'standard', 'rightsizer:warm-up': 'true' };

beforeEach(async () => {
  scene = configuredAccount();
  await scene.addLedger();
});
afterEach(() => scene.dispose());

const apply = (input: Partial<Parameters<typeof applyColdStartMitigation>[0]> = {}) =>
  scene.run(() => applyColdStartMitigation({ schedules, ledgerTableName: LEDGER, ...input }));
const provisionedOf = (name: string) =>
  [...scene.account.lambda.functions.get(name).provisioned].map(([qualifier, each]) => [
    qualifier,
    each.RequestedProvisionedConcurrentExecutions,
  ]);

function mixedAccount() {
  scene.addFunction('checkout', CRITICAL, { ...busy, alias: 'live' });
  scene.addFunction('orders', STANDARD, { ...busy, alias: 'live' });
  scene.addFunction('reports', STANDARD, busy);
  scene.addFunction('nightly', { 'rightsizer:class': 'batch' }, busy);
  scene.addFunction('legacy', { 'rightsizer:class': 'standard' }, busy);
  scene.addFunction('unclassified', {}, busy);
}

describe('strategies by class', () => {
  it('provisions for critical functions, warms standard ones and leaves batch to itself', async () => {
    mixedAccount();
    const report = await apply();
    expect(provisionedOf('checkout')).toEqual([['live', 3]]);
    const scheduled = scene.account.scheduler.all();
    expect(scheduled.map(({ Name, ScheduleExpression, State }) => [Name, ScheduleExpression, State])).toEqual([
      ['Rightsizer-warm-orders', 'rate(5 minutes)', 'ENABLED'],
      ['Rightsizer-warm-reports', 'rate(5 minutes)', 'ENABLED'],
    ]);
    expect(scheduled.map(({ Target }) => JSON.parse(Target!.Input!))).toEqual([
      { functionName: 'orders', qualifier: 'live', environments: 3, holdMs: 75 },
      { functionName: 'reports', qualifier: '$LATEST', environments: 3, holdMs: 75 },
    ]);
    expect(report.counts).toMatchObject({ created: 3, failed: 0 });
    expect(report.skipped).toEqual(
      expect.arrayContaining([
        { resource: 'function/nightly', reason: 'class batch: nobody waits, cold starts are accepted' },
        { resource: 'function/legacy', reason: expect.stringContaining('withWarmUp()') },
        { resource: 'function/unclassified', reason: 'no class (tag rightsizer:class)' },
      ]),
    );
  });

  it('changes nothing the second time, although traffic moved a little', async () => {
    mixedAccount();
    await apply();
    scene.setTraffic('checkout', { ...busy, concurrency: 4, alias: 'live' });
    expect((await apply()).counts).toMatchObject({ created: 0, updated: 0, removed: 0, unchanged: 3 });
  });

  it('undoes what it set', async () => {
    mixedAccount();
    await apply();
    expect((await apply({ undo: true })).counts).toMatchObject({ removed: 3, failed: 0 });
    expect(provisionedOf('checkout')).toEqual([]);
    expect(scene.account.scheduler.all()).toEqual([]);
  });

  it('follows a class that changed, and takes the former strategy away', async () => {
    mixedAccount();
    await apply();
    scene.account.lambda.functions.get('orders').tags.set('rightsizer:class', 'critical');
    const report = await apply();
    expect(provisionedOf('orders')).toEqual([['live', 3]]);
    expect(report.removed).toEqual([expect.objectContaining({ resource: 'function/orders', setting: 'warm-up' })]);
    expect(scene.account.scheduler.all().map(({ Name }) => Name)).toEqual(['Rightsizer-warm-reports']);
  });

  it('stops at the budget for provisioned concurrency', async () => {
    mixedAccount();
    const report = await apply({ settings: { provisionedBudgetUsdPerMonth: 20 } });
    expect(provisionedOf('checkout')).toEqual([]);
    expect(report.skipped).toContainEqual({
      resource: 'function/checkout',
      reason: '3 provisioned would cost $26.30 a month, $20.00 of the budget are left',
    });
  });

  it.each([
    ['no alias', () => scene.addFunction('bare', CRITICAL, busy), 'needs an alias'],
    [
      'several aliases and no traffic',
      () => {
        scene.addFunction('bare', CRITICAL);
        addAlias(scene.account, 'bare', 'blue');
        addAlias(scene.account, 'bare', 'green');
      },
      'no traffic that says which one is used',
    ],
    [
      'an exclusion',
      () => scene.addFunction('bare', { ...CRITICAL, 'rightsizer:exclude': 'yes' }),
      'tagged rightsizer',
    ],
  ])('provisions nothing for a function with %s', async (_title, add, reason) => {
    add();
    const { skipped, counts } = await apply();
    expect(counts.created).toBe(0);
    expect(skipped).toEqual([{ resource: 'function/bare', reason: expect.stringContaining(reason) }]);
  });

  it('warms the alias that traffic uses, not the first one', async () => {
    scene.addFunction('orders', STANDARD, { ...busy, alias: 'live' });
    addAlias(scene.account, 'orders', 'canary');
    await apply();
    expect(JSON.parse(scene.account.scheduler.all()[0]!.Target!.Input!)).toMatchObject({ qualifier: 'live' });
  });

  it('leaves a schedule that somebody switched off', async () => {
    mixedAccount();
    await apply();
    const { operations } = scene.account.scheduler;
    const {
      Arn: _arn,
      CreationDate: _made,
      LastModificationDate: _changed,
      ...schedule
    } = scene.account.scheduler.all()[0]!;
    operations['UpdateSchedule']!.run({ ...schedule, State: 'DISABLED' });
    expect((await apply()).skipped).toContainEqual({
      resource: 'function/orders',
      reason: expect.stringContaining('disabled true since'),
    });
  });
});

describe('strategies by measurement', () => {
  const report = (count: number, initDurationMs?: number) => ({
    count,
    durationMs: 100,
    billedDurationMs: 100,
    initDurationMs,
    memorySizeMb: 1024,
    maxMemoryUsedMb: 100,
    status: 'success' as const,
  });

  it('decides from REPORT lines, traffic and price, and shows the arithmetic', async () => {
    const rare = [report(2, 200), report(9_998)];
    const cold = [report(500, 6_000), report(9_500)];
    scene.addFunction('calm', CRITICAL, { ...busy, alias: 'live', reports: rare });
    scene.addFunction('slow-start', CRITICAL, { ...busy, alias: 'live', reports: cold });
    const answer = await apply({ settings: { mode: 'measured' } });
    expect(answer.advice.map(({ resource, strategy }) => [resource, strategy])).toEqual([
      ['function/calm', 'accept'],
      ['function/slow-start', 'provisioned-concurrency'],
    ]);
    expect(answer.advice[1]!.arithmetic).toContainEqual(expect.stringMatching(/^accept: .* INIT of 6000 ms at 1 GB/));
    expect(provisionedOf('calm')).toEqual([]);
    expect(provisionedOf('slow-start')).toEqual([['live', 3]]);
  });

  it('falls back to the class where there are no REPORT lines, and says so', async () => {
    scene.addFunction('silent', CRITICAL, { ...busy, alias: 'live' });
    const { advice } = await apply({ settings: { mode: 'measured' } });
    expect(advice).toEqual([
      expect.objectContaining({ strategy: 'provisioned-concurrency', reason: expect.stringContaining('by class') }),
    ]);
  });

  it('takes the wanted p99 from the function’s tag', async () => {
    const tags = { ...CRITICAL, 'rightsizer:wanted-p99-ms': '20000' };
    scene.addFunction('patient', tags, { ...busy, alias: 'live', reports: [report(500, 200), report(9_500)] });
    const { advice } = await apply({ settings: { mode: 'measured', wantedP99Ms: 1 } });
    expect(advice[0]).toMatchObject({ strategy: 'accept', reason: expect.stringContaining('20000 ms') });
  });
});
