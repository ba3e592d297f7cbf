import '../../../support/quiet.ts';
import type { RemediationAction } from '../../../../shared/contracts/remediation.ts';
import type { LiveAlias } from '../../../../shared/domain/change/live-function.ts';
import { DEFAULT_POLICIES, DEFAULT_REMEDIATION_SETTINGS } from '../../../../shared/domain/remediation/policy.ts';
import type { RemediateDependencies } from '../../../../tasks/remediate/dependencies.ts';
import { remediate } from '../../../../tasks/remediate/remediate.ts';
import { alarmSettings } from '../../../support/alarm-settings.ts';
import { change, FUNCTION_NAME, functionRecord, liveFunction } from '../../../support/builders.ts';
import { type FakeLambda, fakeLambda } from '../../../support/fake-lambda.ts';
import { memoryLedger } from '../../../support/memory-ledger.ts';
import { classified, memoryRemediations, NOW_MS, raiseMemory } from '../../../support/remediation.ts';

const EXECUTION = { arn: 'arn:aws:states:us-east-1:123456789012:execution:remediation:one', name: 'one' };
const APPROVAL = { arn: 'arn:aws:states:us-east-1:123456789012:execution:remediation:two', name: 'two' };
const ANOTHER_APPROVAL = { arn: 'arn:aws:states:us-east-1:123456789012:execution:remediation:three', name: 'three' };

function world(lambda: FakeLambda = fakeLambda(), overrides: Partial<RemediateDependencies> = {}) {
  const ledger = memoryLedger();
  const remediations = memoryRemediations(ledger.contents);
  const live = { reserved: 10 as number | undefined, provisioned: 8, readUnits: 100, writeUnits: 40, maximum: 40 };
  const started: string[] = [];
  const put: string[] = [];
  const mails: string[] = [];
  let nowMs = NOW_MS;
  const dependencies: RemediateDependencies = {
    settings: DEFAULT_REMEDIATION_SETTINGS,
    alarmSettings: alarmSettings(),
    alarmTopicArn: 'topic',
    remediations,
    ledger,
    configurations: lambda,
    clock: {
      now: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms;
      },
    },
    concurrency: {
      readAccount: async () => ({ concurrency: 1_000, unreserved: 900 }),
      readReserved: async () => live.reserved,
      writeReserved: async (_, executions) => {
        live.reserved = executions;
        return { written: true };
      },
      removeReserved: async () => ({ written: true }),
      readProvisioned: async () => live.provisioned,
      writeProvisioned: async (_, __, executions) => {
        live.provisioned = executions;
        return { written: true };
      },
    },
    tables: {
      read: async () => ({
        billingMode: 'PROVISIONED',
        status: 'ACTIVE',
        readUnits: live.readUnits,
        writeUnits: live.writeUnits,
        writeScaling: { minimum: 1, maximum: live.maximum },
      }),
      writeUnits: async (_, units) => {
        Object.assign(live, units);
        return { written: true };
      },
      writeMaximum: async (_, __, maximum) => {
        live.maximum = maximum;
        return { written: true };
      },
    },
    alarms: {
      listByName: async ([name]) => [{ name: name!, settings: '' }],
      put: async ([alarm]) => void put.push(`${alarm!.name} ${alarm!.threshold}`),
    },
    topic: {
      publish: async ({ subject, message }) => {
        mails.push(`${subject}\n${message}`);
        return 'message';
      },
    },
    approvalBaseUrl: 'https://page',
    timeZone: 'UTC',
    randomBytes: (size) => new Uint8Array(size).fill(7),
    runs: {
      start: async (name, functionNames) => {
        started.push(`${name} ${functionNames}`);
        return name;
      },
    },
    ...overrides,
  };
  const act = (action: RemediationAction = raiseMemory, remediationId = 'event-1', execution = EXECUTION) =>
    remediate({ classified: classified({ action, remediationId }), execution }, dependencies);
  const request = (action: 'approve' | 'undo', remediationId = 'event-1', execution = APPROVAL) =>
    remediate({ request: { action, remediationId }, execution }, dependencies);
  return {
    lambda,
    ledger,
    remediations,
    live,
    started,
    put,
    mails,
    dependencies,
    act,
    request,
    pass: (ms: number) => (nowMs += ms),
  };
}

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
    expect(here.ledger.contents.permits.size).toBe(0);
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

  it('waits for a permit without leaving the function claimed', async () => {
    const here = world();
    for (const holder of ['a', 'b', 'c', 'd', 'e']) here.ledger.contents.permits.add(holder);
    await expect(here.act()).rejects.toMatchObject({ name: 'PermitUnavailable' });
    expect(here.ledger.contents.functions.get(FUNCTION_NAME)?.open).toBeUndefined();
    here.ledger.contents.permits.delete('a');
    expect(await here.act()).toMatchObject({ outcome: 'Acted' });
  });

  it.each([
    ['another update is at work', fakeLambda({ lastUpdateStatus: 'InProgress' })],
    ['the revision is stale', fakeLambda({}, { why: 'RevisionMismatch', message: 'stale' })],
  ])('asks to be tried again while %s', async (_, lambda) => {
    const here = world(lambda);
    await expect(here.act()).rejects.toMatchObject({ name: 'UpdateInProgress' });
    expect(here.ledger.contents.permits.size).toBe(0);
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

  it('asks first what policy wants asked, and does it when approved, once', async () => {
    const here = world();
    const provisioned = ACTIONS[3]!;
    expect(await here.act(provisioned)).toMatchObject({
      acted: false,
      outcome: 'AskFirst',
      reason: expect.stringContaining('on the approval page until 2026-11-24'),
    });
    expect(here.live.provisioned).toBe(8);
    await here.act(provisioned);
    expect(here.mails).toEqual([expect.stringMatching(/https:\/\/page\/runs\/[\w-]{43}\n/)]);
    expect(await here.request('approve')).toMatchObject({ acted: true, outcome: 'Acted' });
    expect(here.live.provisioned).toBe(10);
    expect(await here.request('approve', 'event-1', ANOTHER_APPROVAL)).toMatchObject({
      acted: false,
      outcome: 'Duplicate',
      reason: 'it is acted already',
    });
  });

  describe('that was approved', () => {
    const asking = (lambda = fakeLambda()) => {
      const policies = { ...DEFAULT_POLICIES, RaiseMemory: { ...DEFAULT_POLICIES.RaiseMemory, mode: 'ask' as const } };
      return world(lambda, { settings: { ...DEFAULT_REMEDIATION_SETTINGS, policies } });
    };
    const withoutPermits = async () => {
      const here = asking();
      await here.act();
      for (const holder of ['a', 'b', 'c', 'd', 'e']) here.ledger.contents.permits.add(holder);
      await expect(here.request('approve')).rejects.toMatchObject({ name: 'PermitUnavailable' });
      here.ledger.contents.permits.clear();
      return here;
    };

    it('is done by another try of the execution that had to wait for a permit', async () => {
      const here = await withoutPermits();
      expect(await here.request('approve')).toMatchObject({ acted: true, outcome: 'Acted' });
      expect(here.lambda.live?.memorySizeMb).toBe(1_536);
    });

    it('is left to that execution by every other one', async () => {
      const here = await withoutPermits();
      expect(await here.request('approve', 'event-1', ANOTHER_APPROVAL)).toMatchObject({
        outcome: 'Duplicate',
        reason: 'it is acting already',
      });
      expect(here.lambda.writes).toEqual([]);
    });

    it('says the same again when the answer of a try was lost', async () => {
      const here = asking();
      await here.act();
      const first = await here.request('approve');
      expect(await here.request('approve')).toEqual(first);
      expect(here.lambda.writes).toHaveLength(1);
    });

    it('stays refused for what refused it', async () => {
      const here = asking();
      await here.act();
      Object.assign(here.lambda.live!, { memorySizeMb: 2_048 });
      const first = await here.request('approve');
      expect(first).toMatchObject({ acted: false, outcome: 'Refused' });
      expect(await here.request('approve')).toEqual(first);
    });
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

describe('rolling a change of the night back', () => {
  const lastChange = change({ runId: 'night', status: 'applied' });
  const rollBack: RemediationAction = { kind: 'RollBackChange', functionName: FUNCTION_NAME, runId: 'night' };

  it('puts the former size back and leaves the change to the night to close', async () => {
    const here = world(fakeLambda({ memorySizeMb: 512 }));
    const open = { kind: 'change', runId: 'night', since: '' } as const;
    here.ledger.contents.changes.set(`night/${FUNCTION_NAME}`, lastChange);
    here.ledger.contents.functions.set(FUNCTION_NAME, functionRecord({ open }));
    expect(await here.act(rollBack)).toMatchObject({ outcome: 'Acted' });
    expect(here.lambda.live?.memorySizeMb).toBe(1_024);
    expect(here.ledger.contents.changes.get(`night/${FUNCTION_NAME}`)).toMatchObject({
      status: 'rollingBack',
      rolledBackAt: expect.any(String),
    });
    expect(here.ledger.contents.functions.get(FUNCTION_NAME)).toMatchObject({
      open,
      lastWritten: { memorySizeMb: 1_024 },
    });
    expect(await here.request('undo')).toMatchObject({ outcome: 'Refused' });
  });

  it('refuses over what somebody else wrote', async () => {
    const here = world(fakeLambda({ memorySizeMb: 768 }));
    here.ledger.contents.changes.set(`night/${FUNCTION_NAME}`, lastChange);
    expect(await here.act(rollBack)).toMatchObject({ outcome: 'Refused' });
  });

  describe('of several cuts, to what the function had before the first', () => {
    const all: RemediationAction = { ...rollBack, restoreMemorySizeMb: 3_008 };
    const cutWorld = (memorySizeMb: number, changes: Partial<typeof lastChange> = {}) => {
      const here = world(fakeLambda({ memorySizeMb }));
      here.ledger.contents.changes.set(`night/${FUNCTION_NAME}`, { ...lastChange, ...changes });
      here.ledger.contents.functions.set(FUNCTION_NAME, functionRecord());
      return here;
    };

    it('takes the last change back first, each write on the revision it saw', async () => {
      const here = cutWorld(512);
      expect(await here.act(all)).toMatchObject({ outcome: 'Acted', reason: expect.stringContaining('3008 MB') });
      expect(here.lambda.writes.map(({ configuration }) => configuration.memorySizeMb)).toEqual([1_024, 3_008]);
      expect(here.ledger.contents.functions.get(FUNCTION_NAME)?.lastWritten?.memorySizeMb).toBe(3_008);
    });

    it('goes on where a try that was cut off stopped', async () => {
      const rolledBackAt = '2026-11-23T10:00:00.000Z';
      const between = cutWorld(1_024, { rolledBackAt });
      expect(await between.act(all)).toMatchObject({ outcome: 'Acted' });
      expect(between.lambda.live?.memorySizeMb).toBe(3_008);
      const afterwards = cutWorld(3_008, { rolledBackAt });
      expect(await afterwards.act(all)).toMatchObject({ outcome: 'Acted' });
      expect(afterwards.lambda.writes).toEqual([]);
    });

    it('refuses over what somebody else wrote, and leaves it', async () => {
      const here = cutWorld(768);
      expect(await here.act(all)).toMatchObject({ outcome: 'Refused' });
      expect(here.lambda.writes).toEqual([]);
    });
  });

  describe('that went through an alias', () => {
    const shifted = {
      ...lastChange,
      target: { kind: 'alias', aliasName: 'live', functionVersion: '4' },
      shift: { version: '5' },
    } as const;
    const aliasWorld = (alias: Partial<LiveAlias>) => {
      const routed: unknown[] = [];
      const live = { name: 'live', functionVersion: '4', weights: { 5: 0.1 }, revisionId: 'alias-1', ...alias };
      const aliases = {
        read: async () => live,
        route: async (_: string, { revisionId }: LiveAlias, to: object) => void routed.push({ revisionId, ...to }),
      };
      const here = world(fakeLambda({ memorySizeMb: 512 }), { aliases });
      here.ledger.contents.changes.set(`night/${FUNCTION_NAME}`, shifted);
      here.ledger.contents.functions.set(FUNCTION_NAME, functionRecord());
      return { here, routed };
    };

    it.each([
      ['our version has its share', {}],
      ['our version has all of it', { functionVersion: '5', weights: {} }],
    ])('leads the alias back where %s, then puts the size back', async (_, alias) => {
      const { here, routed } = aliasWorld(alias);
      expect(await here.act(rollBack)).toMatchObject({ outcome: 'Acted' });
      expect(routed).toEqual([{ revisionId: 'alias-1', functionVersion: '4', weights: {} }]);
      expect(here.lambda.live?.memorySizeMb).toBe(1_024);
    });

    it('touches neither alias nor size where a deployment moved the alias', async () => {
      const { here, routed } = aliasWorld({ functionVersion: '9', weights: {} });
      expect(await here.act(rollBack)).toMatchObject({
        outcome: 'Refused',
        reason: expect.stringContaining('a deployment moved alias live to version 9'),
      });
      expect(routed).toEqual([]);
      expect(here.lambda.writes).toEqual([]);
    });
  });
});
