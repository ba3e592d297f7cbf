import { upWhen } from '../../../../support/round-time.ts';
import { world } from './alarm-world.ts';

describe('rounds of configureAlarms', () => {
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
});
