import { alarmInput, settingsKey } from '../../../../../shared/clients/cloudwatch-alarms/alarm-input.ts';
import type { AlarmDefinition } from '../../../../../shared/contracts/alarms.ts';
import type { ListedFunction } from '../../../../../shared/domain/night/eligibility/listed-function.ts';
import { ENDLESS, type RoundTime } from '../../../../../shared/round-time.ts';
import { configureAlarms } from '../../../../../tasks/configuration/configure-alarms/configure-alarms.ts';
import { alarmSettings } from '../../../../support/alarm-settings.ts';
import { functionArn } from '../../../../support/builders.ts';
import { upWhen } from '../../../../support/round-time.ts';

function world(names = ['orders-api', 'report', 'tool'], timeoutSeconds = 30) {
  const standing = new Map<string, string>();
  const subscribed: string[] = [];
  const key = (alarm: AlarmDefinition, topicArn: string) => settingsKey(alarmInput(alarm, topicArn));
  const state = {
    names,
    timeoutSeconds,
    writesPerRound: Number.POSITIVE_INFINITY,
    holder: undefined as string | undefined,
  };
  const objects = new Map<string, unknown>();
  const dependencies = {
    catalog: {
      listFunctions: async () =>
        state.names.map(
          (functionName) =>
            ({
              functionName,
              functionArn: functionArn(functionName),
              timeoutSeconds: state.timeoutSeconds,
            }) as ListedFunction,
        ),
    },
    tags: {
      listFunctionTags: async () =>
        new Map<string, Record<string, string>>([
          ...state.names
            .filter((name) => name.startsWith('critical-'))
            .map((name): [string, Record<string, string>] => [functionArn(name), { 'rightsizer:alarms': 'true' }]),
          [functionArn('orders-api'), { 'rightsizer:class': 'critical' }],
          [functionArn('tool'), { 'rightsizer:exclude': 'true', 'rightsizer:alarms': 'true' }],
        ]),
    },
    watchables: {
      listTables: async () => ['sessions', 'ledger'],
      listEventSources: async () => [
        { functionName: 'orders-api', eventSourceArn: 'arn:aws:sqs:us-east-1:1:jobs' },
        { functionName: 'orders-api', eventSourceArn: 'arn:aws:kinesis:us-east-1:1:stream/clicks' },
      ],
      findProvisionedQualifier: async (_: string): Promise<string | undefined> => undefined,
    },
    store: {
      listByPrefix: async () => [...standing].map(([name, settings]) => ({ name, settings })),
      listByName: async () => [],
      put: async (alarms: readonly AlarmDefinition[], topicArn: string) => {
        const written = alarms.slice(0, state.writesPerRound);
        for (const alarm of written) standing.set(alarm.name, key(alarm, topicArn));
        return written.length;
      },
      remove: async (gone: readonly string[]) => {
        const removed = gone.slice(0, state.writesPerRound);
        for (const name of removed) standing.delete(name);
        return removed.length;
      },
      settingsOf: key,
      getState: async () => undefined,
      listContributors: async () => [],
    },
    topics: {
      create: async () => 'topic',
      subscribeEmail: async (_: string, email: string) => {
        subscribed.push(email);
        return 'pending' as const;
      },
    },
    turns: {
      take: async (by: string) =>
        state.holder === undefined || state.holder === by
          ? ({ taken: true } as const)
          : { taken: false as const, holder: state.holder },
      end: async () => undefined,
    },
    lists: {
      writeRound: async (holder: string, round: number, lists: object) => {
        objects.set(`${holder} ${round}`, lists);
        return `s3://bucket/${holder}/`;
      },
      readFound: async (holder: string) => objects.get(holder) as Map<string, string>,
      writeFound: async (holder: string, found: ReadonlyMap<string, string>) => void objects.set(holder, found),
    },
    topicArn: 'topic',
    settings: alarmSettings(),
    ownTables: ['ledger'],
  };
  const configure = (event: unknown, time: RoundTime = ENDLESS) =>
    configureAlarms(event, dependencies, { name: 'invocation:1', time });
  return { standing, subscribed, state, objects, dependencies, configure };
}

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

  it('does in rounds what one has no time for, and counts as one', async () => {
    const here = world(Array.from({ length: 20 }, (_, index) => `critical-${index}`));
    const whole = await world(here.state.names).configure({ action: 'setup' });
    here.state.writesPerRound = 30;
    let soFar = await here.configure({ action: 'setup', email: 'alerts@example.com' });
    expect(soFar).toMatchObject({ changes: { created: 30 }, unchanged: 0, continuation: { next: 'goOn', rounds: 1 } });
    expect(here.subscribed).toEqual([]);
    while (soFar.continuation.next === 'goOn') {
      soFar = await here.configure({ action: 'setup', email: 'alerts@example.com', soFar });
    }
    expect(soFar.continuation).toMatchObject({
      next: 'done',
      remaining: 0,
      rounds: Math.ceil(whole.changes.created / 30),
    });
    expect(soFar).toMatchObject({ changes: whole.changes, unchanged: 0, counts: whole.counts });
    expect(here.subscribed).toEqual(['alerts@example.com']);
    const listed = [...here.objects.values()].flatMap((each) => (each as { created: string[] }).created ?? []);
    expect(listed).toEqual([...here.standing.keys()]);
  });

  it('removes in rounds as well, and never before everything is written', async () => {
    const here = world(Array.from({ length: 20 }, (_, index) => `critical-${index}`));
    await here.configure({ action: 'setup' });
    here.state.names = Array.from({ length: 20 }, (_, index) => `critical-b${index}`);
    here.state.writesPerRound = 30;
    const first = await here.configure({ action: 'reconcile' });
    expect(first).toMatchObject({ changes: { created: 30, removed: 0 }, continuation: { next: 'goOn' } });
    let soFar = first;
    while (soFar.continuation.next === 'goOn') soFar = await here.configure({ action: 'reconcile', soFar });
    expect(soFar.changes.removed).toBe(soFar.changes.created);
    expect([...here.standing.keys()].filter((name) => /critical-\d/.test(name))).toEqual([]);
  });

  it('looks at functions in rounds, and at none of them twice', async () => {
    const here = world(Array.from({ length: 9 }, (_, index) => `critical-${index}`));
    const asked: string[] = [];
    here.dependencies.watchables.findProvisionedQualifier = async (name: string) => {
      asked.push(name);
      return 'live';
    };
    const fourAtOnce = () => upWhen(() => asked.length >= limit);
    let limit = 4;
    let soFar = await here.configure({ action: 'plan' }, fourAtOnce());
    expect(soFar).toMatchObject({ created: [], continuation: { next: 'goOn', remaining: 6 } });
    while (soFar.continuation.next === 'goOn') {
      limit += 4;
      soFar = await here.configure({ action: 'plan', soFar }, fourAtOnce());
    }
    expect(asked).toEqual([...here.state.names].sort());
    expect(soFar.created.filter((name) => name.includes('Spillover'))).toHaveLength(9);
    expect(soFar.continuation).toMatchObject({ next: 'done', rounds: 3 });
  });

  it('ends where somebody changes alarms back as fast as they are written', async () => {
    const here = world(Array.from({ length: 20 }, (_, index) => `critical-${index}`));
    here.state.writesPerRound = 30;
    const first = await here.configure({ action: 'setup' });
    here.standing.clear();
    const { continuation } = await here.configure({ action: 'setup', soFar: first });
    expect(continuation).toMatchObject({ next: 'stuck', said: expect.stringMatching(/60 created.*remain/) });
  });

  it.each([
    ['come', 20, 50],
    ['go', 40, 2],
  ])('goes on where functions %s faster than it writes', async (_, functions, later) => {
    const named = (count: number) => Array.from({ length: count }, (_, index) => `critical-${index}`);
    const here = world(named(functions));
    here.state.writesPerRound = functions * 5;
    const first = await here.configure({ action: 'setup' });
    here.state.names = named(later);
    here.state.writesPerRound = 10;
    const second = await here.configure({ action: 'setup', soFar: first });
    expect(second.continuation.remaining).toBeGreaterThan(first.continuation.remaining);
    expect(second.continuation.next).toBe('goOn');
    here.state.writesPerRound = 1_000;
    let soFar = second;
    while (soFar.continuation.next === 'goOn') soFar = await here.configure({ action: 'setup', soFar });
    expect(soFar.continuation.next).toBe('done');
    expect(here.standing.size).toBe((await here.configure({ action: 'plan' })).unchanged);
  });

  it('ends where a round has no time to do anything', async () => {
    const { continuation } = await world().configure(
      { action: 'setup' },
      upWhen(() => true),
    );
    expect(continuation.next).toBe('stuck');
  });

  it('waits for another execution, with what it did so far, and plans without waiting', async () => {
    const here = world();
    here.state.holder = 'arn:other';
    const waiting = await here.configure({ action: 'reconcile', execution: { arn: 'arn:mine' }, soFar: null });
    expect(waiting.continuation).toMatchObject({ next: 'wait', holder: 'arn:other', rounds: 0 });
    expect(here.standing.size).toBe(0);
    expect((await here.configure({ action: 'plan' })).continuation.next).toBe('done');
    here.state.holder = undefined;
    const after = await here.configure({ action: 'reconcile', execution: { arn: 'arn:mine' }, soFar: waiting });
    expect(after.continuation).toMatchObject({ next: 'done', rounds: 1 });
    expect(after.changes.created).toBe(here.standing.size);
  });

  it.each([{}, { action: 'explode' }, { action: 'setup', email: 'nobody' }, { action: 'setup', extra: 1 }, null])(
    'rejects %j, naming every problem',
    async (event) => {
      await expect(world().configure(event)).rejects.toMatchObject({ name: 'InvalidInput' });
    },
  );
});
