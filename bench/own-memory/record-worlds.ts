import { addTables, tagFunctions } from '../../sandbox/demos/configuration/mixed-account.ts';
import { quietHandlers } from '../../sandbox/demos/night/quiet-handlers.ts';
import { runNight } from '../../sandbox/demos/night/run-night.ts';
import { synthesizeStack } from '../../sandbox/demos/night/synthesize-stack.ts';
import { createWorld, type World } from '../../sandbox/demos/night/world.ts';
import { SCENARIOS } from '../../sandbox/demos/remediation/scenarios.ts';
import { Simulation } from '../../sandbox/demos/remediation/simulation.ts';
import { synthesizeDemo } from '../../sandbox/demos/remediation/stage.ts';
import { createFleet } from '../../sandbox/fleet/fleet.ts';
import { callLatencyMs } from '../../sandbox/metering/call-latencies.ts';
import { PROPOSED_SHARE } from '../engine/engine-row.ts';
import { SEED, START_MS } from './fixed-world.ts';
import { Recorder } from './recorder.ts';

const IDLE_SHARE = 0.25;
/** The first finds nothing remembered, the second has changes to look at again. */
export const NIGHTS = 2;
const CALM_MINUTES = 20;

/** Nights over a fleet of so many functions: of five that are proposed three are approved, one rejected, one left. */
export async function recordNights(functions: number): Promise<Recorder> {
  quietHandlers();
  const policy = { maximumProposals: Math.min(1_000, Math.max(1, Math.round(functions * PROPOSED_SHARE))) };
  const stack = synthesizeStack({ emails: ['approver@example.com'], policy }, new Date(START_MS));
  const fleet = createFleet({ seed: SEED, functions, startDate: START_MS, idleShare: IDLE_SHARE });
  const world = await createWorld({ functions, seed: SEED, startMs: START_MS, stack, fleet, latencyMs: callLatencyMs });
  const recorder = new Recorder();
  recorder.attach(world);
  for (let night = 0; night < NIGHTS; night += 1) {
    const { violations } = await runNight(world, { approve: 'mixed', faults: false, night, progress: () => undefined });
    if (violations.length > 0) throw new Error(`the night to record is wrong: ${violations.join('; ')}`);
  }
  await failedNight(world, recorder);
  world.deployment.dispose();
  return recorder;
}

/** What would follow if the last state of the night that was recorded just now had failed for good. */
async function failedNight({ clock, deployment }: World, { tasks }: Recorder): Promise<void> {
  const { run } = tasks.get('summarize-run')!.sample.kept.at(-1)!.event as { run: unknown };
  const error = { Error: 'States.TaskFailed', Cause: 'recorded by a bench' };
  await clock.complete(() => deployment.invoke('fail-run', { run, error }));
}

/** Every remediation that the demo shows, in one recording. */
export async function recordRemediations(): Promise<Recorder> {
  quietHandlers();
  const recorder = new Recorder();
  const synthesized = synthesizeDemo();
  for (const scenario of SCENARIOS) {
    const simulation = await Simulation.open({ seed: SEED, synthesized, calmMinutes: CALM_MINUTES });
    recorder.attach(simulation, callLatencyMs);
    await scenario.setUp(simulation);
    await simulation.execute(simulation.configureAlarmsArn, { action: 'setup', email: 'operator@example.com' });
    await simulation.pass(Math.floor((simulation.faultAtMs - simulation.clock.now()) / 60_000));
    await scenario.strike?.(simulation);
    await simulation.pass(scenario.minutes);
    simulation.dispose();
  }
  return recorder;
}

const WORKFLOWS = [
  ['ConfigureAlarmsArn', { action: 'setup', email: 'operator@example.com' }],
  ['ApplyColdStartMitigationArn', { action: 'applyAll', mode: 'measured' }],
  ['ConfigureAutoScalingArn', { action: 'configure' }],
] as const;

/** Share of an account's functions that is tagged for the configuration workflows; assumed. */
const TAGGED_SHARE = 0.1;

/**
 * The three configuration workflows over what is tagged for them in an account of so many functions; the others, which
 * they only list, are not there. A task that failed leaves nothing to measure: an answer that is too large for the state
 * machine is one all the same.
 */
export async function recordConfiguration(functions: number): Promise<Recorder> {
  quietHandlers();
  const tagged = Math.ceil(functions * TAGGED_SHARE);
  const world = await createWorld({ functions: tagged, seed: SEED, startMs: START_MS, latencyMs: callLatencyMs });
  tagFunctions(world);
  await addTables(world);
  const { clock, deployment } = world;
  const recorder = new Recorder();
  recorder.attach(world);
  for (const [machine, input] of WORKFLOWS) {
    const stateMachineArn = deployment.output(machine);
    const { executionArn } = await clock.complete(() =>
      deployment.engine.startExecution({ stateMachineArn, input: JSON.stringify(input) }),
    );
    await clock.runUntilIdle(() => deployment.ended.has(executionArn));
  }
  world.deployment.dispose();
  return recorder;
}
