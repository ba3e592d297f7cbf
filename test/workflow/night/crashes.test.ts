import { applyChange } from '../../../tasks/night/apply-change/apply-change.ts';
import { finishShift } from '../../../tasks/night/finish-shift/finish-shift.ts';
import { rollBackChange } from '../../../tasks/night/roll-back-change/roll-back-change.ts';
import { change, changeTaskInput } from '../../support/builders.ts';
import { ALIAS, applied, approve, MOST_CALLS, NOW_MS, record, stateOf } from '../../support/crash-acts.ts';
import { CrashWorld } from '../../support/crash-world.ts';

/**
 * Each task that changes something, dying after each of its calls in turn: the call took effect, the process did not
 * live to know. The next try must end as if nothing had happened.
 */

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
    prepare: (world) => approve(world),
    run: ({ clients }) => applyChange(changeTaskInput(), clients),
    end: { memorySizeMb: 512, versions: 1, writes: 1, change: 'applied', open: 'change' },
  },
  'ApplyChange of an alias': {
    prepare: (world) => approve(world, { target: ALIAS }),
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
    prepare: (world) => applied(world),
    run: ({ clients }) => rollBackChange(changeTaskInput(), clients),
    end: { memorySizeMb: 1024, versions: 1, writes: 2, change: 'rollingBack' },
  },
  'RollBackChange of an alias': {
    prepare: (world) => applied(world, { target: ALIAS }),
    run: ({ clients }) => rollBackChange(changeTaskInput(), clients),
    end: { memorySizeMb: 1024, versions: 2, writes: 2, alias: { version: '1', weights: {} }, change: 'rollingBack' },
  },
  FinishShift: {
    prepare: (world) => applied(world, { target: ALIAS }),
    run: ({ clients }) => finishShift(changeTaskInput(), clients),
    end: { memorySizeMb: 512, versions: 2, writes: 1, alias: { version: '2', weights: {} }, change: 'applied' },
  },
  'RecordOutcome of a verified change': {
    prepare: (world) => applied(world),
    run: ({ clients }) => record(clients, 'Verified'),
    end: { memorySizeMb: 512, change: 'Verified', open: undefined, observations: 1, outcome: 'Verified' },
  },
  'RecordOutcome of a watched change': {
    prepare: (world) => applied(world),
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
    prepare: (world) => approve(world),
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
