import type { ConfigureAutoScalingOutput } from '../../../shared/contracts/auto-scaling.ts';
import type { ApplyColdStartMitigationOutput } from '../../../shared/contracts/cold-start.ts';
import { createWorld, type World } from '../night/world.ts';
import { addTables, tagFunctions } from './mixed-account.ts';
import type { ConfigureDemoOptions } from './options.ts';

/** Both workflows' outputs. */
export interface ConfigurePass {
  autoScaling: ConfigureAutoScalingOutput;
  coldStart: ApplyColdStartMitigationOutput;
}

export interface ConfigureDemoResult extends ConfigurePass {
  /** The same again, an hour later, when nothing should be left to do. */
  second: ConfigurePass;
  /** Only with `--undo`. */
  undone?: ConfigurePass;
}

const START_MS = Date.parse('2026-11-23T09:00:00Z');
const HOUR_MS = 3_600_000;

/** Deploys the synthesized stack into an account with a mixed fleet and executes its two configuration workflows. */
export async function runConfigureDemo(options: ConfigureDemoOptions): Promise<ConfigureDemoResult> {
  const world = await createWorld({ functions: options.functions, seed: options.seed, startMs: START_MS });
  try {
    tagFunctions(world);
    await addTables(world);
    const first = await configure(world, options);
    await world.clock.advanceTo(START_MS + HOUR_MS);
    const second = await configure(world, options);
    return { ...first, second, ...(options.undo && { undone: await undo(world) }) };
  } finally {
    world.deployment.dispose();
  }
}

/** Cold starts first: what they provision is then scaled, and from there on left to auto-scaling. */
async function configure(world: World, { mode }: ConfigureDemoOptions): Promise<ConfigurePass> {
  const coldStart = await execute<ApplyColdStartMitigationOutput>(world, 'ApplyColdStartMitigationArn', {
    action: 'applyAll',
    mode,
  });
  const autoScaling = await execute<ConfigureAutoScalingOutput>(world, 'ConfigureAutoScalingArn', {
    action: 'configure',
  });
  return { autoScaling, coldStart };
}

async function undo(world: World): Promise<ConfigurePass> {
  const autoScaling = await execute<ConfigureAutoScalingOutput>(world, 'ConfigureAutoScalingArn', { action: 'undo' });
  const coldStart = await execute<ApplyColdStartMitigationOutput>(world, 'ApplyColdStartMitigationArn', {
    action: 'undo',
  });
  return { autoScaling, coldStart };
}

async function execute<Output>({ account, clock, deployment }: World, machine: string, input: object): Promise<Output> {
  const stateMachineArn = deployment.output(machine);
  const { executionArn } = await clock.complete(() =>
    deployment.engine.startExecution({ stateMachineArn, input: JSON.stringify(input) }),
  );
  await clock.runUntilIdle(() => deployment.ended.has(executionArn));
  const { status, output, error, cause } = deployment.ended.get(executionArn)!;
  if (status !== 'SUCCEEDED') throw new Error(`${machine} ended as ${status}: ${error} ${cause}`);
  // What a task was refused it reports as failed at most, resource by resource.
  if (account.iam.refusals.size > 0) throw new Error([...account.iam.refusals].join('\n'));
  return JSON.parse(String(output)) as Output;
}

/** Changes of the second pass; none is what idempotent means. */
export function changesOf({ autoScaling, coldStart }: ConfigurePass): number {
  return [autoScaling, coldStart].reduce(
    (sum, { counts }) => sum + counts.created + counts.updated + counts.removed + counts.failed,
    0,
  );
}
