import { quietHandlers } from '../../sandbox/demos/night/quiet-handlers.ts';
import { type Night, runNight } from '../../sandbox/demos/night/run-night.ts';
import { spareThreads } from '../../sandbox/demos/night/spare-threads.ts';
import { createWorld, type World } from '../../sandbox/demos/night/world.ts';
import { rounded } from '../load/statistics.ts';
import { type EngineRow, PROPOSED_SHARE } from './engine-row.ts';

/** A fixed date, so that the same seed measures the same night on any day. */
const START_MS = Date.parse('2026-11-02T00:00:00Z');
const KIB_PER_MIB = 1024;
const MICROSECONDS_PER_SECOND = 1e6;

export interface MeasuredNight {
  /** Without what only a run of all rows knows. */
  row: Omit<EngineRow, 'relativeCpu'>;
  violations: readonly string[];
}

/**
 * Runs one whole night with the real handlers, everything that is proposed approved, and measures it. Peak memory is
 * this process's, so that only the first night of a process has a figure of its own.
 */
export async function measureNight(functions: number, seed: number): Promise<MeasuredNight> {
  quietHandlers();
  const began = performance.now();
  const world = await createWorld({
    functions,
    seed,
    startMs: START_MS,
    threads: spareThreads(),
    configuration: { policy: { maximumProposals: Math.max(1, Math.round(functions * PROPOSED_SHARE)) } },
  });
  const setupSeconds = secondsSince(began);
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const night = await runNight(world, { approve: 'all', faults: false, night: 0, progress: () => undefined });
  const seconds = secondsSince(started);
  const { user, system } = process.cpuUsage(cpuBefore);
  world.deployment.dispose();
  const cpuSeconds = (user + system) / MICROSECONDS_PER_SECOND;
  return { row: rowOf(functions, world, night, { seconds, setupSeconds, cpuSeconds }), violations: night.violations };
}

type Times = Pick<EngineRow, 'seconds' | 'setupSeconds' | 'cpuSeconds'>;

function rowOf(functions: number, { deployment }: World, { figures }: Night, times: Times): MeasuredNight['row'] {
  const { stateTransitions, expressStateTransitions } = deployment.engine.stats();
  const states = stateTransitions + expressStateTransitions;
  return {
    functions,
    seconds: rounded(times.seconds, 2),
    peakRssMb: Math.ceil(process.resourceUsage().maxRSS / KIB_PER_MIB),
    statesPerSecond: Math.round(states / times.seconds),
    cpuSeconds: rounded(times.cpuSeconds, 2),
    setupSeconds: rounded(times.setupSeconds, 2),
    states,
    proposed: figures.proposed,
    applied: figures.applied,
  };
}

const secondsSince = (ms: number): number => (performance.now() - ms) / 1000;
