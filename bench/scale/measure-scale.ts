import { quietHandlers } from '../../sandbox/demos/night/quiet-handlers.ts';
import { type Night, runNight } from '../../sandbox/demos/night/run-night.ts';
import { synthesizeStack } from '../../sandbox/demos/night/synthesize-stack.ts';
import { createWorld, type World } from '../../sandbox/demos/night/world.ts';
import { createFleet, Fleet } from '../../sandbox/fleet/fleet.ts';
import { callLatencyMs } from '../../sandbox/metering/call-latencies.ts';
import { NightMeter, standingUsage } from '../../sandbox/metering/night-meter.ts';
import type { RunSummary } from '../../shared/contracts/change.ts';
import { type NightUsage, nightBill, standingBill } from '../../shared/domain/pricing/night-bill.ts';
import { rounded } from '../load/statistics.ts';
import { modelledWallClock } from './modelled-wall-clock.ts';
import { naiveShape } from './naive-shape.ts';
import { powerTuning } from './power-tuning.ts';
import { rateShares, throttledCalls } from './rate-shares.ts';
import { per1000, type ScaleMeasurement, type ScaleRow, toMicros, usdByItem } from './scale-row.ts';
import { stageSeconds, wallClockSeconds } from './wall-clock.ts';

/** A fixed date, so that the same seed measures the same night on any day. */
const START_MS = Date.parse('2026-11-02T00:00:00Z');
const KIB_PER_MIB = 1024;
/** A quarter of an account's functions is called by nobody. */
const IDLE_SHARE = 0.25;
const BYTES_PER_MB = 1e6;
/** As far as a night looks back by default. */
const DAYS_OF_LOGS = 14;
/** 0 for the first. */
const MEASURED_NIGHT = 2;

export interface ScaleOptions {
  functions: number;
  seed: number;
  /** Share of the functions that may be proposed; all that are get approved. */
  proposedShare: number;
  /** What the logs of each function hold of a fortnight, in MB. @default - as its invocations wrote them */
  logMbPerFunction?: number;
}

interface Measured {
  night: Night;
  usage: NightUsage;
}

/**
 * Runs whole nights with the real handlers and writes the bill of the third: one that finds most functions as it left
 * them, as all but the first do. The first is told beside it.
 */
export async function measureScale(options: ScaleOptions): Promise<ScaleMeasurement> {
  const { functions, seed, proposedShare, logMbPerFunction } = options;
  quietHandlers();
  const maximumProposals = Math.min(1_000, Math.max(1, Math.round(functions * proposedShare)));
  const configuration = { emails: ['approver@example.com'], policy: { maximumProposals } };
  const stack = synthesizeStack(configuration, new Date(START_MS));
  const drawn = createFleet({ seed, functions, startDate: START_MS, idleShare: IDLE_SHARE });
  const fleet = logMbPerFunction === undefined ? drawn : withLogsOf(logMbPerFunction, drawn);
  const world = await createWorld({ functions, seed, startMs: START_MS, stack, fleet, latencyMs: callLatencyMs });
  const meter = new NightMeter(world, stack.template);
  const first = await measured(world, meter, 0);
  const { engineSeconds, ...later } = await laterNight(world, meter);
  const standingUsd = standingBill(standingUsage(stack.template)).usdPerNight;
  const row = rowOf({ functions, first, later, world, meter, engineSeconds, standingUsd });
  const peers = peersOf(row, { first, later }, world);
  world.deployment.dispose();
  return { row, peers, violations: [...first.night.violations, ...later.night.violations] };
}

function withLogsOf(megabytes: number, { origin, functions }: Fleet): Fleet {
  const bytesPerDay = (megabytes * BYTES_PER_MB) / DAYS_OF_LOGS;
  return new Fleet(
    origin,
    functions.map((fn) => ({ ...fn, logging: { ...fn.logging, bytesPerDay } })),
  );
}

/** The night that is written down; those before it are only run. */
async function laterNight(world: World, meter: NightMeter): Promise<Measured & { engineSeconds: number }> {
  const violations: string[] = [];
  for (let night = 1; night < MEASURED_NIGHT; night += 1)
    violations.push(...(await measured(world, meter, night)).night.violations);
  meter.beginAnew();
  const started = performance.now();
  const { night, usage } = await measured(world, meter, MEASURED_NIGHT);
  const engineSeconds = rounded((performance.now() - started) / 1000, 2);
  return { night: { ...night, violations: [...violations, ...night.violations] }, usage, engineSeconds };
}

async function measured(world: World, meter: NightMeter, night: number): Promise<Measured> {
  const ran = await runNight(world, { approve: 'all', faults: false, night, progress: () => undefined });
  // A report is its night's summary and more; the demo's type names what the demo shows.
  return { night: ran, usage: meter.usage(ran.report as unknown as RunSummary | undefined) };
}

interface ToTell {
  functions: number;
  first: Measured;
  later: Measured;
  world: World;
  meter: NightMeter;
  engineSeconds: number;
  standingUsd: number;
}

function rowOf({ functions, first, later, world, meter, engineSeconds, standingUsd }: ToTell): ScaleRow {
  const { usage, night } = later;
  const { figures, report } = night;
  const bill = nightBill(usage);
  const calls = Object.values(figures.awsCalls).reduce((sum, each) => sum + each, 0);
  const { tasks } = meter.times;
  return {
    functions,
    assessed: figures.assessed,
    passedOver: report?.excluded.filter(({ reason }) => reason === 'WeeklyLook').length ?? 0,
    proposed: figures.proposed,
    applied: figures.applied,
    awsCalls: figures.awsCalls,
    awsCallsPerFunction: rounded(calls / functions, 2),
    stateTransitions: figures.stateTransitions,
    lambdaInvocations: figures.lambdaInvocations,
    usdPerNight: toMicros(bill.usdPerNight),
    usdPer1000FunctionsPerNight: per1000(bill.usdPerNight, functions),
    firstNightUsdPer1000Functions: per1000(nightBill(first.usage).usdPerNight, functions),
    breakdown: usdByItem(bill),
    usage,
    standingUsdPerNight: toMicros(standingUsd),
    wallClockSecondsAtAwsLimits: wallClockSeconds(tasks),
    modelledWallClockSeconds: modelledWallClock({
      functions,
      looked: figures.assessed,
      changed: figures.applied,
      settled: report?.settled.length ?? 0,
    }),
    stageSeconds: stageSeconds(tasks),
    busiestShareOfRates: rateShares(world.account.rateUse()),
    throttled: throttledCalls(world.account.rateUse()),
    engineSeconds,
    peakRssMb: Math.ceil(process.resourceUsage().maxRSS / KIB_PER_MIB),
  };
}

function peersOf(row: ScaleRow, { first, later }: Pick<ToTell, 'first' | 'later'>, { fleet }: World) {
  const { functions, usage, usdPerNight, assessed, passedOver } = row;
  const tuned = (first.night.report?.assessed ?? []).map(({ functionName }) => fleet.get(functionName));
  return [
    naiveShape({
      ...{ functions, usage, assessed, passedOver, oursUsdPerNight: usdPerNight },
      expressStateTransitions: later.night.figures.expressStateTransitions,
      logBytesScannedAnew: first.usage.logBytesScanned,
    }),
    powerTuning(tuned, functions, usdPerNight),
  ];
}
