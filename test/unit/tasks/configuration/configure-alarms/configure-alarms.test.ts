import { world } from './alarm-world.ts';

describe('configureAlarms', () => {
  it('sets alarms up for selected functions, tables, queues and the fleet, and asks the address to confirm', async () => {
    const here = world();
    const report = await here.configure({ action: 'setup', email: 'alerts@example.com' });
    expect(report).toMatchObject({
      subscription: 'pending',
      topicArn: 'topic',
      fleet: { shape: 'fleet' },
      problems: [],
    });
    expect(here.subscribed).toEqual(['alerts@example.com']);
    const names = [...here.standing.keys()];
    expect(report.created).toEqual(names);
    expect(names).toEqual(
      expect.arrayContaining([
        'Rightsizer.high.HighErrorRate.fleet',
        'Rightsizer.high.IteratorAge.function.orders-api',
        'Rightsizer.high.DynamoDbThrottling.table.sessions',
        'Rightsizer.high.HighQueueDepth.queue.jobs',
      ]),
    );
    expect(names.filter((name) => /ledger|report|tool|clicks/.test(name))).toEqual([]);
  });

  it('says what it would do and cost, and does nothing', async () => {
    const here = world();
    const plan = await here.configure({ action: 'plan', email: 'alerts@example.com' });
    expect(plan.created.length).toBeGreaterThan(5);
    expect(plan.costUsdPerMonth).toBeGreaterThan(0);
    expect(here.standing.size).toBe(0);
    expect(here.subscribed).toEqual([]);
  });

  it('changes nothing the second night, and what follows from a changed timeout the third', async () => {
    const here = world();
    await here.configure({ action: 'setup' });
    const quiet = await here.configure({ action: 'reconcile' });
    expect([...quiet.created, ...quiet.updated, ...quiet.removed]).toEqual([]);
    here.state.timeoutSeconds = 60;
    expect((await here.configure({ action: 'reconcile' })).updated).toEqual([
      'Rightsizer.high.DurationNearTimeout.function.orders-api',
    ]);
  });

  it('removes alarms of functions that are gone, and all of them when asked to', async () => {
    const here = world();
    await here.configure({ action: 'setup' });
    here.state.names = ['report'];
    const { removed } = await here.configure({ action: 'reconcile' });
    expect(removed.length).toBeGreaterThan(0);
    expect(removed.every((name) => name.endsWith('.orders-api'))).toBe(true);
    await here.configure({ action: 'remove' });
    expect(here.standing.size).toBe(0);
  });

  it('takes another budget for the fleet from its input', async () => {
    expect((await world().configure({ action: 'plan', fleetBudgetUsdPerMonth: 0 })).fleet.shape).toBe('account');
  });

  it('changes nothing where the plan passes a quota', async () => {
    const here = world(Array.from({ length: 900 }, (_, index) => `critical-${index}`));
    const report = await here.configure({ action: 'setup' });
    expect(report.problems).toEqual([expect.stringContaining('quota of 5000')]);
    expect(here.standing.size).toBe(0);
  });

  it.each([{}, { action: 'explode' }, { action: 'setup', email: 'nobody' }, { action: 'setup', extra: 1 }, null])(
    'rejects %j, naming every problem',
    async (event) => {
      await expect(world().configure(event)).rejects.toMatchObject({ name: 'InvalidInput' });
    },
  );
});
