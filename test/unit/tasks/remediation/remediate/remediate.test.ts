import '../../../../support/quiet.ts';
import type { RemediationAction } from '../../../../../shared/contracts/remediation.ts';
import { DEFAULT_POLICIES, DEFAULT_REMEDIATION_SETTINGS } from '../../../../../shared/domain/remediation/policy.ts';
import { remediate } from '../../../../../tasks/remediation/remediate/remediate.ts';
import { FUNCTION_NAME, functionRecord, liveFunction } from '../../../../support/builders.ts';
import { fakeLambda } from '../../../../support/fake-lambda.ts';
import { classified, NOW_MS, raiseMemory } from '../../../../support/remediation.ts';

import { EXECUTION, world } from './remediate-world.ts';

const ACTIONS: RemediationAction[] = [
  raiseMemory,
  { ...raiseMemory, kind: 'RaiseTimeout', after: { memorySizeMb: 1_024, timeoutSeconds: 45 } },
  { kind: 'RaiseReservedConcurrency', functionName: FUNCTION_NAME, before: 10, after: 15 },
  { kind: 'RaiseProvisionedConcurrency', functionName: FUNCTION_NAME, qualifier: 'live', before: 8, after: 10 },
  {
    kind: 'RaiseTableCapacity',
    tableName: 'sessions',
    before: { readUnits: 100, writeUnits: 40 },
    after: { readUnits: 100, writeUnits: 60 },
  },
  { kind: 'RaiseTableMaximum', tableName: 'sessions', dimension: 'write', before: 40, after: 60 },
];
const everythingAutomatic = {
  ...DEFAULT_REMEDIATION_SETTINGS,
  policies: {
    ...DEFAULT_POLICIES,
    RaiseProvisionedConcurrency: { ...DEFAULT_POLICIES.RaiseProvisionedConcurrency, mode: 'automatic' as const },
  },
};
const stateOf = ({ lambda, live }: ReturnType<typeof world>) => [
  lambda.live?.memorySizeMb,
  lambda.live?.timeoutSeconds,
  ...Object.values(live),
];

describe.each(ACTIONS.map((action) => [action.kind, action] as const))('%s', (_, action) => {
  const open = () => world(fakeLambda(), { settings: everythingAutomatic });

  it('is done, and undone on request', async () => {
    const here = open();
    const before = stateOf(here);
    expect(await here.act(action)).toMatchObject({ acted: true, outcome: 'Acted' });
    const after = stateOf(here);
    expect(after).not.toEqual(before);
    expect(await here.request('undo')).toMatchObject({ outcome: 'Undone' });
    expect(stateOf(here)).toEqual(before);
  });

  it('is done once, however often the execution tries again', async () => {
    const here = open();
    await here.act(action);
    const after = stateOf(here);
    expect(await here.act(action)).toMatchObject({ outcome: 'Acted' });
    expect(stateOf(here)).toEqual(after);
  });

  it('leaves a resource that somebody else changed since', async () => {
    const here = open();
    here.lambda.live = liveFunction({ memorySizeMb: 2_048 });
    Object.assign(here.live, { reserved: 50, provisioned: 50, writeUnits: 500, maximum: 500 });
    const before = stateOf(here);
    expect(await here.act(action)).toMatchObject({
      acted: false,
      outcome: 'Refused',
      reason: expect.stringContaining('somebody changed'),
    });
    expect(stateOf(here)).toEqual(before);
  });

  it('is not undone over what somebody else put there since', async () => {
    const here = open();
    await here.act(action);
    here.lambda.live = liveFunction({ memorySizeMb: 2_048 });
    Object.assign(here.live, { reserved: 50, provisioned: 50, writeUnits: 500, maximum: 500 });
    expect(await here.request('undo')).toMatchObject({ outcome: 'Refused' });
  });
});

describe('remediate', () => {
  it('sends memory and timeout only, over the revision it has read, and keeps the night away', async () => {
    const here = world();
    await here.act();
    expect(here.lambda.writes).toEqual([
      { configuration: { memorySizeMb: 1_536, timeoutSeconds: 30 }, revisionId: liveFunction().revisionId },
    ]);
    const record = here.ledger.contents.functions.get(FUNCTION_NAME);
    expect(record?.open).toBeUndefined();
    expect(record?.lastWritten).toMatchObject({ memorySizeMb: 1_536 });
    expect(Date.parse(record?.coolDownUntil ?? '') - NOW_MS).toBeGreaterThanOrEqual(14 * 86_400_000);
  });

  it('lets the alarm near the timeout follow it', async () => {
    const here = world();
    await here.act({ ...raiseMemory, kind: 'RaiseTimeout', after: { memorySizeMb: 1_024, timeoutSeconds: 45 } });
    expect(here.put).toEqual([`Rightsizer.high.DurationNearTimeout.function.${FUNCTION_NAME} 42750`]);
  });

  it('acts once on an event delivered twice', async () => {
    const here = world();
    await here.act();
    const second = await here.act(raiseMemory, 'event-1', { arn: 'arn:two', name: 'two' });
    expect(second).toMatchObject({ acted: false, outcome: 'Duplicate' });
    expect(here.lambda.writes).toHaveLength(1);
  });

  it('acts once on an alarm that flaps, and again when the rest is over', async () => {
    const here = world();
    await here.act();
    expect(await here.act(raiseMemory, 'event-2')).toMatchObject({ outcome: 'CoolingDown' });
    here.pass(61 * 60_000);
    const more = { ...raiseMemory, before: raiseMemory.after, after: { memorySizeMb: 2_304, timeoutSeconds: 30 } };
    expect(await here.act(more, 'event-3')).toMatchObject({ outcome: 'Acted' });
  });

  it('raises a function once, though its own alarm and its queue’s both ask for it', async () => {
    const here = world();
    const raise = ACTIONS[2]!;
    await here.act(raise);
    const queue = classified({ remediationId: 'event-2', resource: { kind: 'queue', name: 'jobs' }, action: raise });
    const second = await remediate({ classified: queue, execution: EXECUTION }, here.dependencies);
    expect(second).toMatchObject({ acted: false, outcome: 'CoolingDown' });
  });

  it('keeps within the day’s budget of an action, over all resources', async () => {
    const policies = { ...DEFAULT_POLICIES, RaiseMemory: { ...DEFAULT_POLICIES.RaiseMemory, maximumPerDay: 1 } };
    const here = world(fakeLambda(), { settings: { ...DEFAULT_REMEDIATION_SETTINGS, policies } });
    await here.act();
    const action = { ...raiseMemory, functionName: 'other' };
    const other = classified({ remediationId: 'event-2', resource: { kind: 'function', name: 'other' }, action });
    const result = await remediate({ classified: other, execution: EXECUTION }, here.dependencies);
    expect(result).toMatchObject({ acted: false, outcome: 'BudgetSpent' });
  });

  it('gives its place in the budget back when it was refused', async () => {
    const here = world(fakeLambda({ memorySizeMb: 2_048 }));
    await here.act();
    expect([...here.remediations.budget.values()].map((places) => places.size)).toEqual([0]);
  });

  it('respects a change of the night that is being watched', async () => {
    const here = world();
    here.ledger.contents.functions.set(
      FUNCTION_NAME,
      functionRecord({ open: { kind: 'watching', runId: 'night', since: '' } }),
    );
    expect(await here.act()).toMatchObject({ outcome: 'Refused', reason: expect.stringContaining('is being watched') });
    expect(here.lambda.writes).toEqual([]);
  });

  it('is not held up by a proposal that nobody has decided, and leaves it open', async () => {
    const here = world();
    const open = { kind: 'proposal', runId: 'night', since: '' } as const;
    here.ledger.contents.functions.set(FUNCTION_NAME, functionRecord({ open }));
    expect(await here.act()).toMatchObject({ outcome: 'Acted' });
    expect(here.ledger.contents.functions.get(FUNCTION_NAME)).toMatchObject({
      open,
      coolDownUntil: expect.any(String),
    });
  });

  it('waits for its turn behind other remediations, and the undoing of it has a turn of its own', async () => {
    const here = world();
    const second = NOW_MS + 1_000;
    here.ledger.contents.lanes.set('remediation', second);
    expect(await here.act()).toMatchObject({ outcome: 'Acted' });
    expect(here.dependencies.clock.now()).toBeGreaterThanOrEqual(second);
    expect(await here.request('undo')).toMatchObject({ outcome: 'Undone' });
    expect(here.ledger.contents.turns.size).toBe(2);
  });

  it('does not wait behind the night', async () => {
    const here = world();
    here.ledger.contents.lanes.set('night', NOW_MS + 3_600_000);
    await here.act();
    expect([...here.ledger.contents.turns.values()]).toEqual([NOW_MS]);
  });

  it('is tried again when its turn is further off than its task may live, leaving the function free', async () => {
    const here = world();
    here.ledger.contents.lanes.set('remediation', NOW_MS + 600_000);
    await expect(here.act()).rejects.toMatchObject({ name: 'TransientFailure' });
    expect(here.ledger.contents.functions.get(FUNCTION_NAME)?.open).toBeUndefined();
    here.pass(590_000);
    expect(await here.act()).toMatchObject({ outcome: 'Acted' });
    expect(here.ledger.contents.turns.size).toBe(1);
  });

  it.each([
    ['another update is at work', fakeLambda({ lastUpdateStatus: 'InProgress' })],
    ['the revision is stale', fakeLambda({}, { why: 'RevisionMismatch', message: 'stale' })],
  ])('asks to be tried again while %s', async (_, lambda) => {
    const here = world(lambda);
    await expect(here.act()).rejects.toMatchObject({ name: 'UpdateInProgress' });
  });

  it('refuses where the function was deleted between classification and action', async () => {
    const gone = fakeLambda();
    gone.live = undefined;
    const here = world(gone);
    expect(await here.act()).toMatchObject({ outcome: 'Refused', reason: expect.stringContaining('deleted') });
  });

  it('leaves to people what policy leaves to people', async () => {
    const policies = { ...DEFAULT_POLICIES, RaiseMemory: { ...DEFAULT_POLICIES.RaiseMemory, mode: 'notify' as const } };
    const here = world(fakeLambda(), { settings: { ...DEFAULT_REMEDIATION_SETTINGS, policies } });
    expect(await here.act()).toMatchObject({ outcome: 'NotifyOnly' });
    expect(here.lambda.writes).toEqual([]);
  });

  it('starts one run for the culprit, and waits for nothing', async () => {
    const here = world();
    const optimize: RemediationAction = { kind: 'OptimizeOnDemand', functionName: FUNCTION_NAME };
    expect(await here.act(optimize)).toMatchObject({ acted: false, outcome: 'Optimizing' });
    expect(here.started).toEqual([`remediation-event-1 ${FUNCTION_NAME}`]);
    expect(await here.request('undo')).toMatchObject({ outcome: 'Refused' });
  });

  it('rejects a request about a remediation that never was', async () => {
    await expect(world().request('undo', 'nobody')).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});
