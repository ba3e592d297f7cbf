import type { ChangeRecord, ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { ChangedOutcome } from '../../../shared/contracts/outcome.ts';
import { applyChange } from '../../../tasks/night/apply-change/apply-change.ts';
import { finishShift } from '../../../tasks/night/finish-shift/finish-shift.ts';
import { recordOutcome } from '../../../tasks/night/record-outcome/record-outcome.ts';
import { rollBackChange } from '../../../tasks/night/roll-back-change/roll-back-change.ts';
import { verifyChange } from '../../../tasks/night/verify-change/verify-change.ts';
import {
  APPROVED,
  assessment,
  change,
  changeTaskInput,
  FUNCTION_NAME,
  functionArn,
  proposal,
} from '../../support/builders.ts';
import { CrashWorld } from '../../support/crash-world.ts';

/**
 * Each task that changes something, dying after each of its calls in turn: the call took effect, the process did not
 * live to know. The next try must end as if nothing had happened.
 */

const NOW_MS = Date.parse('2026-11-23T08:00:10Z');
const RUN_ID = 'scheduled-2026-11-23';
const ALIAS = { kind: 'alias', aliasName: 'live', functionVersion: '1' } as const;
/** More calls than any of the tasks makes. */
const MOST_CALLS = 60;

interface Scene {
  /** What the ledger and the account hold before the task. */
  prepare(world: CrashWorld): Promise<void>;
  run(world: CrashWorld): Promise<unknown>;
  /** What must be so in the end, whatever happened. */
  end: Record<string, unknown>;
}

let world: CrashWorld;

afterEach(() => world.dispose());

const SCENES: Record<string, Scene> = {
  ApplyChange: {
    prepare: () => approve(),
    run: ({ clients }) => applyChange(changeTaskInput(), clients),
    end: { memorySizeMb: 512, versions: 1, writes: 1, change: 'applied', open: 'change' },
  },
  'ApplyChange of an alias': {
    prepare: () => approve({ target: ALIAS }),
    run: ({ clients }) => applyChange(changeTaskInput(), clients),
    end: {
      memorySizeMb: 512,
      versions: 2,
      writes: 1,
      alias: { version: '1', weights: { 2: 0.1 } },
      change: 'applied',
      open: 'change',
    },
  },
  RollBackChange: {
    prepare: () => applied(),
    run: ({ clients }) => rollBackChange(changeTaskInput(), clients),
    end: { memorySizeMb: 1024, versions: 1, writes: 2, change: 'rollingBack' },
  },
  'RollBackChange of an alias': {
    prepare: () => applied({ target: ALIAS }),
    run: ({ clients }) => rollBackChange(changeTaskInput(), clients),
    end: { memorySizeMb: 1024, versions: 2, writes: 2, alias: { version: '1', weights: {} }, change: 'rollingBack' },
  },
  FinishShift: {
    prepare: () => applied({ target: ALIAS }),
    run: ({ clients }) => finishShift(changeTaskInput(), clients),
    end: { memorySizeMb: 512, versions: 2, writes: 1, alias: { version: '2', weights: {} }, change: 'applied' },
  },
  'RecordOutcome of a verified change': {
    prepare: () => applied(),
    run: ({ clients }) => record(clients, 'Verified'),
    end: { memorySizeMb: 512, change: 'Verified', open: undefined, observations: 1, outcome: 'Verified' },
  },
  'RecordOutcome of a watched change': {
    prepare: () => applied(),
    run: ({ clients }) => record(clients, 'Watching'),
    end: { memorySizeMb: 512, change: 'Watching', open: 'watching', observations: 0, outcome: 'Watching' },
  },
  'RecordOutcome of a change that the ledger was put back before': {
    prepare: async ({ live }) => {
      live.configuration.MemorySize = 512;
    },
    run: ({ clients }) => record(clients, 'Verified', { written: change() }),
    end: { memorySizeMb: 512, change: 'Verified', open: undefined, observations: 1, outcome: 'Verified' },
  },
  'RecordOutcome of a rejection': {
    prepare: () => approve(),
    run: ({ clients }) => record(clients, 'Rejected'),
    end: { memorySizeMb: 1024, change: undefined, open: undefined, observations: 0, outcome: 'Rejected' },
  },
};

test.each(Object.entries(SCENES))('%s may die after any of its calls', async (_, scene) => {
  const undisturbed = await ending(scene, MOST_CALLS);
  expect(undisturbed.died).toBe(false);
  expect(undisturbed.state).toMatchObject(scene.end);
  let deaths = 0;
  for (let call = 1; call < MOST_CALLS; call += 1) {
    const { output, died, state } = await ending(scene, call);
    expect({ call, output: timeless(output) }).toEqual({ call, output: timeless(undisturbed.output) });
    expect({ call, ...state }).toEqual({ call, ...undisturbed.state });
    if (!died) break;
    deaths += 1;
  }
  expect(deaths).toBeGreaterThanOrEqual(3);
});

/** Whether an act on a change that was just applied died at this call of it; what it left is the world's. */
async function diesAt(call: number, act: (clients: CrashWorld['clients']) => Promise<unknown>): Promise<boolean> {
  world?.dispose();
  world = await CrashWorld.create(NOW_MS);
  await applied();
  const { clients, ledgers, mortality } = world;
  mortality.revive();
  mortality.diesAfter = call;
  const died = await ledgers
    .run(() => act(clients))
    .then(
      () => false,
      () => true,
    );
  mortality.revive();
  return died;
}

test('an end that RecordOutcome could only half write is found and finished by the next night', async () => {
  for (let call = 1; call < MOST_CALLS; call += 1) {
    const died = await diesAt(call, (clients) => record(clients, 'Verified'));
    const { ledger, clients, ledgers } = world;
    const left = await ledgers.run(() => ledger.listOpenChanges());
    if (left.length > 0) {
      const nextNight = { ...changeTaskInput(), functionArn: functionArn() };
      const metrics = { readSeries: async () => [] };
      const verified = await ledgers.run(() =>
        verifyChange(nextNight, { ...clients, metrics, watchNights: 7, reaches: () => true }),
      );
      expect(verified.action).toBe('record');
      // Where the end was written, nothing else can be made of it; else the change is only looked at again.
      const kind = left[0]!.status === 'Verified' ? 'Unverified' : 'Verified';
      await ledgers.run(() => recordOutcome({ ...nextNight, kind, reason: 'later' }, { ...clients, coolDownDays: 14 }));
    }
    expect({ call, left: await ledgers.run(() => ledger.listOpenChanges()) }).toEqual({ call, left: [] });
    expect(await stateOf(world)).toMatchObject({ change: 'Verified', open: undefined, outcome: 'Verified' });
    if (!died) return;
  }
  throw new Error('RecordOutcome made more calls than a test should');
});

test('a rollback that broke off is finished by the next night, however far it got', async () => {
  for (let call = 1; call < MOST_CALLS; call += 1) {
    const died = await diesAt(call, (clients) => rollBackChange(changeTaskInput(), clients));
    const { ledger, clients, ledgers, mortality } = world;
    await ledgers.run(() => record(clients, 'Failed'));
    const [left] = await ledgers.run(() => ledger.listOpenChanges());
    if (left?.status === 'rollingBack') {
      const metrics = { readSeries: async () => [] };
      const verify = () =>
        verifyChange(changeTaskInput(), { ...clients, metrics, watchNights: 7, reaches: () => true });
      expect(await ledgers.run(verify)).toMatchObject({ action: 'rollBack' });
      const { output } = await world.surviving(MOST_CALLS, () => rollBackChange(changeTaskInput(), clients));
      expect(output).toMatchObject({ rolledBack: true });
      mortality.revive();
      await ledgers.run(() => record(clients, 'RolledBack'));
    }
    // A rollback that died before it wrote anything down left a change that is only watched.
    const isUndone = world.live.configuration.MemorySize === 1024;
    const end = isUndone ? { change: 'RolledBack', open: undefined } : { change: 'Watching', open: 'watching' };
    expect({ call, ...(await stateOf(world)) }).toMatchObject({ call, ...end });
    if (!died) return;
  }
  throw new Error('RollBackChange made more calls than a test should');
});

test('what a person rejected ends as rejected and rests, whatever broke on the way to saying so', async () => {
  world = await CrashWorld.create(NOW_MS);
  const at = new Date(NOW_MS).toISOString();
  const rejected = proposal({ status: 'rejected', decision: { ...APPROVED, decision: 'rejected' } });
  const { functionName, functionArn: arn } = rejected;
  const { ledger, clients } = world;
  await world.run(() =>
    ledger.claim({ functionName, functionArn: arn, baselineMemorySizeMb: 1024, runId: RUN_ID, at }),
  );
  await world.run(() => ledger.putProposal(rejected));
  const failure = { stage: 'ExpireProposal', name: 'InvalidConfiguration', message: 'denied' };
  const outcome = await world.run(() => record(clients, 'Failed', { failure }));
  expect(outcome).toMatchObject({ kind: 'Rejected', reason: expect.stringContaining('rejected by') });
  expect(outcome).not.toHaveProperty('failure');
  const known = (await world.run(() => ledger.getFunctions([functionName]))).get(functionName);
  expect(known?.coolDownUntil).toBeDefined();
});

test('a change that broke off before it wrote anything is refused, also where a deployment led the alias elsewhere since', async () => {
  world = await CrashWorld.create(NOW_MS);
  await approve({ target: ALIAS });
  const { ledger, live, clients } = world;
  const { appliedAt: _, verifyAt: __, ...begun } = change({ status: 'applying', target: ALIAS });
  await world.run(() => ledger.beginChange(begun));
  const deployed = { ...live.configuration, CodeSha256: 'deployed', Version: '2' };
  live.versions.push(deployed);
  live.configuration.CodeSha256 = 'deployed';
  live.aliases.get('live')!.FunctionVersion = '2';
  const metrics = { readSeries: async () => [] };
  const verify = () => verifyChange(changeTaskInput(), { ...clients, metrics, watchNights: 7, reaches: () => true });
  expect(await world.run(verify)).toMatchObject({
    action: 'record',
    reason: 'the change was never finished; a deployment moved alias live to version 2',
  });
  await world.run(() => record(clients, 'Unverified'));
  expect(await stateOf(world)).toMatchObject({ writes: 0, change: 'Refused', open: undefined, outcome: 'Refused' });
});

/** A world of its own in which the scene's task died after a call, and what became of everything. */
async function ending(scene: Scene, diesAfter: number) {
  world?.dispose();
  world = await CrashWorld.create(NOW_MS);
  await scene.prepare(world);
  const { output, died } = await world.surviving(diesAfter, () => scene.run(world));
  return { output, died, state: await stateOf(world) };
}

/** Later tries happen later, and may have read what the first one wrote, with its keys; nothing else may differ. */
const timeless = (output: unknown): unknown =>
  JSON.parse(JSON.stringify(output, (key, value) => (/At$|^pk$|^sk$|^openPartition$/.test(key) ? undefined : value)));

async function stateOf({ ledger, live, alias, ledgers: { account, run } }: CrashWorld) {
  const [found, proposed, functions] = await run(async () => {
    return [
      await ledger.getChange(FUNCTION_NAME, RUN_ID),
      await ledger.getProposal(RUN_ID, FUNCTION_NAME),
      await ledger.getFunctions([FUNCTION_NAME]),
    ] as const;
  });
  const record = functions.get(FUNCTION_NAME);
  return {
    memorySizeMb: live.configuration.MemorySize,
    versions: live.versions.length,
    writes: account.calls.get('Lambda.UpdateFunctionConfiguration') ?? 0,
    alias,
    change: found?.status,
    open: record?.open?.kind,
    observations: record?.observations.length,
    outcome: proposed?.outcome?.kind,
  };
}

async function approve(overrides: Partial<ProposalRecord['assessment']> = {}): Promise<void> {
  const assessed = assessment({ codeSha256: world.codeSha256, ...overrides });
  await world.run(async () => {
    const at = new Date(NOW_MS).toISOString();
    const { functionName, functionArn: arn } = assessed;
    await world.ledger.claim({ functionName, functionArn: arn, baselineMemorySizeMb: 1024, runId: RUN_ID, at });
    await world.ledger.putProposal(proposal({ status: 'approved', decision: APPROVED, assessment: assessed }));
  });
}

/** The change as ApplyChange leaves it. */
async function applied(overrides: Partial<ChangeRecord> = {}): Promise<void> {
  const { target } = overrides;
  await approve(target && { target });
  await world.run(() => applyChange(changeTaskInput(), world.clients));
}

function record(clients: CrashWorld['clients'], kind: ChangedOutcome['kind'], input: object = {}) {
  const event = { ...changeTaskInput(), functionArn: functionArn(), kind, reason: 'because', ...input };
  return recordOutcome(event, { ...clients, coolDownDays: 14 });
}
