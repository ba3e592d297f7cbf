import { addTables, tagFunctions } from '../../../sandbox/demos/configuration/mixed-account.ts';
import { sizesNow } from '../../../sandbox/demos/night/invariants.ts';
import { readLedger } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import { createWorld, type World } from '../../../sandbox/demos/night/world.ts';
import { STACK_NAME } from '../../../sandbox/demos/remediation/template.ts';
import { createFleet } from '../../../sandbox/fleet/fleet.ts';
import { Env } from '../../../shared/constants.ts';
import { settingsOf } from '../invariants/settings.ts';
import type { FaultPlan } from '../seam/fault-plan.ts';
import type { Evidence } from '../world/evidence.ts';
import { loadFreshHandlers } from '../world/fresh-handlers.ts';
import { productStack } from '../world/product-stack.ts';
import { Storm } from '../world/storm.ts';
import type { Played } from './scenario.ts';

const START_MS = Date.parse('2026-11-23T09:00:00Z');
/** Enough for one function of every kind that owners may tag. */
const FUNCTIONS = 25;

/** Machines of one task each, by their output in the stack. */
const MACHINES = {
  coldStart: 'ApplyColdStartMitigationArn',
  autoScaling: 'ConfigureAutoScalingArn',
  alarms: 'ConfigureAlarmsArn',
} as const;
type Machine = keyof typeof MACHINES;

/** Settings are made while everything goes wrong, then in peace, then taken back in both; nothing may be left behind. */
export async function playConfiguration(mode: 'classes' | 'measured', seed: number, plan: FaultPlan): Promise<Played> {
  const stack = { stackName: STACK_NAME, template: productStack().template };
  const fleet = createFleet({ seed: 1 + (seed % 5), functions: FUNCTIONS, startDate: START_MS });
  const world = await createWorld({ functions: 0, seed, startMs: START_MS, fleet, stack });
  const storm = await Storm.over(world, plan);
  try {
    return await new Configuration(world, storm, mode).play();
  } finally {
    storm.dispose();
    world.deployment.dispose();
  }
}

class Configuration {
  private readonly world: World;
  private readonly storm: Storm;
  private readonly mode: string;
  private readonly violations: string[] = [];

  constructor(world: World, storm: Storm, mode: string) {
    this.world = world;
    this.storm = storm;
    this.mode = mode;
  }

  async play(): Promise<Played> {
    const { world, storm } = this;
    tagFunctions(world);
    await addTables(world);
    const sizesAtStart = sizesNow(world);
    const atStart = settingsOf(world.account);
    await this.applyAll();
    await this.execute('alarms', { action: 'setup', email: 'another@example.com' });
    await this.operate();
    await this.warmUp();
    await this.shortenWarmUps();
    storm.calm();
    await this.applyAll();
    await this.expectNothingToDo();
    storm.rise();
    await this.undoAll();
    storm.calm();
    await this.undoAll();
    this.violations.push(...leftBehind(atStart, settingsOf(world.account)));
    const evidence: Evidence = {
      account: world.account,
      ledger: await readLedger(world),
      effects: storm.effects.effects,
      consents: [],
      sizesAtStart,
      nights: [],
      clocksJumped: storm.count.byKind.has('clockJump'),
      logLines: [],
      urls: [],
    };
    return { evidence, count: storm.count, violations: this.violations };
  }

  private async applyAll(): Promise<void> {
    await this.execute('coldStart', { action: 'applyAll', mode: this.mode });
    await this.execute('autoScaling', { action: 'configure' });
    await this.execute('alarms', { action: 'setup', email: 'operator@example.com' });
  }

  private async undoAll(): Promise<void> {
    const { account } = this.world;
    const alarmed = account.cloudWatch.alarms.all().map(({ AlarmName = '' }) => AlarmName);
    const isAlarmed = (name: string) => alarmed.some((each) => each.endsWith(`.${name}`));
    const gone = account.lambda.functions.all().find(({ name }) => isAlarmed(name));
    if (gone !== undefined) account.lambda.functions.delete(gone.name);
    await this.execute('alarms', { action: 'reconcile' });
    await this.execute('autoScaling', { action: 'undo' });
    await this.execute('coldStart', { action: 'undo' });
  }

  /** In peace, what was just made is as it should be. */
  private async expectNothingToDo(): Promise<void> {
    for (const [machine, input] of [
      ['coldStart', { action: 'applyAll', mode: this.mode }],
      ['autoScaling', { action: 'configure' }],
    ] as const) {
      const output = await this.execute(machine, input);
      const { counts } = JSON.parse(output ?? '{}') as { counts?: Record<string, number> };
      const changes = ['created', 'updated', 'removed', 'failed'].filter((each) => counts?.[each] !== 0);
      if (changes.length > 0) this.violations.push(`a second pass of ${machine} ended with ${JSON.stringify(counts)}`);
    }
  }

  /** An operator starts a workflow by the API, twice with one key. */
  private async operate(): Promise<void> {
    const { clock, deployment } = this.world;
    const event = {
      routeKey: 'POST /alarms',
      headers: { 'idempotency-key': 'once' },
      body: JSON.stringify({ action: 'plan' }),
    };
    for (let time = 0; time < 3; time += 1) {
      await clock.complete(() => deployment.invoke('operate', event).catch(() => undefined));
      await clock.advanceTo(clock.now() + 600_000);
    }
  }

  /** What the warm-up schedules would set off. */
  private async warmUp(): Promise<void> {
    const { account, clock, deployment } = this.world;
    for (const { Target } of account.scheduler.all().slice(0, 2)) {
      const order = JSON.parse(Target?.Input ?? '{}') as { functionName: string };
      account.lambda.registerHandler(order.functionName, async () => ({}));
      await clock.complete(() => deployment.invoke('warm-up', order).catch(() => undefined));
    }
  }

  /** A deployment with another interval: standing schedules follow it. */
  private async shortenWarmUps(): Promise<void> {
    const settings = JSON.parse(process.env[Env.coldStartSettings] ?? '{}') as object;
    process.env[Env.coldStartSettings] = JSON.stringify({ ...settings, warmUpEveryMinutes: 4 });
    loadFreshHandlers(this.world.deployment.handlers);
    await this.execute('coldStart', { action: 'applyAll', mode: this.mode });
  }

  /** The execution's output; undefined where it failed, which only a storm excuses. */
  private async execute(machine: Machine, input: object): Promise<string | undefined> {
    const { clock, deployment } = this.world;
    const { engine, ended } = deployment;
    const stateMachineArn = deployment.output(MACHINES[machine]);
    const { executionArn } = await clock.complete(() =>
      engine.startExecution({ stateMachineArn, input: JSON.stringify(input) }),
    );
    await clock.runUntilIdle(() => ended.has(executionArn));
    const { status, error, cause, output } = ended.get(executionArn)!;
    if (status === 'SUCCEEDED') return String(output);
    if (!this.storm.isRaging)
      this.violations.push(`${machine} ended as ${status} though all was well: ${error} ${cause}`);
    return undefined;
  }
}

function leftBehind(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const kept = [...after].filter(([key, value]) => before.get(key) !== value);
  const lost = [...before].filter(([key]) => !after.has(key));
  return [
    ...kept.map(
      ([key, value]) => `after everything was undone, ${key} is ${value}, it was ${before.get(key) ?? 'not there'}`,
    ),
    ...lost.map(([key, value]) => `after everything was undone, ${key} is gone, it was ${value}`),
  ];
}
