import { quietHandlers } from '../../sandbox/demos/night/quiet-handlers.ts';
import { type Night, runNight } from '../../sandbox/demos/night/run-night.ts';
import { createWorld, synthesizeStack, type World } from '../../sandbox/demos/night/world.ts';
import { callLatencyMs } from '../../sandbox/metering/call-latencies.ts';
import { NightMeter, standingUsage } from '../../sandbox/metering/night-meter.ts';
import { nightBill, standingBill } from '../../shared/domain/pricing/night-bill.ts';
import { rounded } from '../load/statistics.ts';
import { naiveShape } from './naive-shape.ts';
import { powerTuning } from './power-tuning.ts';
import { per1000, type ScaleMeasurement, type ScaleRow, toMicros, usdByItem } from './scale-row.ts';
import { wallClockSeconds } from './wall-clock.ts';

/** A fixed date, so that the same seed measures the same night on any day. */
const START_MS = Date.parse('2026-11-02T00:00:00Z');
const KIB_PER_MIB = 1024;

export interface ScaleOptions {
  functions: number;
  seed: number;
  /** Share of the functions that may be proposed; all that are get approved. */
  proposedShare: number;
}

/** Runs one whole night with the real handlers and writes its bill. */
export async function measureScale({ functions, seed, proposedShare }: ScaleOptions): Promise<ScaleMeasurement> {
  quietHandlers();
  const maximumProposals = Math.min(1_000, Math.max(1, Math.round(functions * proposedShare)));
  const configuration = { emails: ['approver@example.com'], policy: { maximumProposals } };
  const stack = synthesizeStack(configuration, new Date(START_MS));
  const world = await createWorld({ functions, seed, startMs: START_MS, stack, latencyMs: callLatencyMs });
  const meter = new NightMeter(world, stack.template);
  const started = performance.now();
  const night = await runNight(world, { approve: 'all', faults: false, night: 0, progress: () => undefined });
  const engineSeconds = rounded((performance.now() - started) / 1000, 2);
  const standingUsd = standingBill(standingUsage(stack.template)).usdPerNight;
  const row = rowOf(functions, night, meter, { engineSeconds, standingUsd });
  const peers = peersOf(row, night, world);
  world.deployment.dispose();
  return { row, peers, violations: night.violations };
}

function rowOf(
  functions: number,
  { figures }: Night,
  meter: NightMeter,
  { engineSeconds, standingUsd }: { engineSeconds: number; standingUsd: number },
): ScaleRow {
  const usage = meter.usage();
  const bill = nightBill(usage);
  const calls = Object.values(figures.awsCalls).reduce((sum, each) => sum + each, 0);
  return {
    functions,
    assessed: figures.assessed,
    proposed: figures.proposed,
    applied: figures.applied,
    awsCalls: figures.awsCalls,
    awsCallsPerFunction: rounded(calls / functions, 2),
    stateTransitions: figures.stateTransitions,
    lambdaInvocations: figures.lambdaInvocations,
    usdPerNight: toMicros(bill.usdPerNight),
    usdPer1000FunctionsPerNight: per1000(bill.usdPerNight, functions),
    breakdown: usdByItem(bill),
    usage,
    standingUsdPerNight: toMicros(standingUsd),
    wallClockSecondsAtAwsLimits: wallClockSeconds(meter.times.tasks),
    engineSeconds,
    peakRssMb: Math.ceil(process.resourceUsage().maxRSS / KIB_PER_MIB),
  };
}

function peersOf({ functions, usage, usdPerNight }: ScaleRow, { report }: Night, { deployment, fleet }: World) {
  const { expressStateTransitions } = deployment.engine.stats();
  const tuned = (report?.assessed ?? []).map(({ functionName }) => fleet.get(functionName));
  return [
    naiveShape({ functions, usage, expressStateTransitions, oursUsdPerNight: usdPerNight }),
    powerTuning(tuned, functions, usdPerNight),
  ];
}
