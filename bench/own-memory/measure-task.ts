import path from 'node:path';
import type { Work } from '../../sandbox/metering/duration-at-memory.ts';
import { median, rounded } from '../load/statistics.ts';
import type { Environments } from './environments.ts';
import type { RecordedInvocation } from './recorder.ts';
import { storeInvocation } from './stored-invocation.ts';
import type { TaskProfile } from './task-profile.ts';

/** Fresh environments, each of which begins with another invocation. */
const ROUNDS = 3;

export type MeasuredWork = Pick<TaskProfile, 'initCpuMs' | 'cold' | 'warm'> & { readonly peakRssMb: number };

interface ToRun {
  readonly sample: { readonly kept: readonly RecordedInvocation[] };
  /** 1: each invocation gets an environment of its own. */
  readonly coldStartShare: number;
}

interface Reading {
  readonly at: number;
  readonly cpuMs: number;
}

/** Runs what was recorded of a task in fresh environments of a memory size. */
export async function measureTask(
  environments: Environments,
  task: string,
  { sample, coldStartShare }: ToRun,
  memorySizeMb: number,
): Promise<MeasuredWork> {
  const invocations = sample.kept;
  const folders = await storeAll(environments.newFolder(task), task, invocations);
  const inits: number[] = [];
  const cold: Reading[] = [];
  const warm: Reading[] = [];
  let peakRssMb = 0;
  for (const order of ordersOf(folders.length, coldStartShare === 1)) {
    const reading = await environments.run(
      task,
      order.map((at) => folders[at]!),
      memorySizeMb,
    );
    inits.push(reading.initCpuMs);
    peakRssMb = Math.max(peakRssMb, reading.peakRssMb);
    for (const [turn, at] of order.entries()) (turn === 0 ? cold : warm).push({ at, cpuMs: reading.cpuMs[turn]! });
  }
  const worksOf = (readings: readonly Reading[]): Work[] =>
    [...Map.groupBy(readings, ({ at }) => at)].map(([at, alike]) => ({
      cpuMs: rounded(median(alike.map(({ cpuMs }) => cpuMs))),
      waitedMs: Math.round(invocations[at]!.waitedMs),
    }));
  return {
    initCpuMs: rounded(median(inits)),
    cold: worksOf(cold),
    warm: worksOf(warm),
    peakRssMb: Math.ceil(peakRssMb),
  };
}

/** In which order each environment runs them: one each where every start is cold, else all, from another one on. */
function ordersOf(invocations: number, isAlwaysCold: boolean): number[][] {
  const all = Array.from({ length: invocations }, (_, at) => at);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round);
  if (isAlwaysCold) return rounds.flatMap(() => all.map((at) => [at]));
  return rounds.map((round) => {
    const first = Math.floor((round * invocations) / ROUNDS);
    return [...all.slice(first), ...all.slice(0, first)];
  });
}

async function storeAll(folder: string, task: string, invocations: readonly RecordedInvocation[]): Promise<string[]> {
  const folders = invocations.map((_, at) => path.join(folder, String(at)));
  for (const [at, invocation] of invocations.entries()) await storeInvocation(folders[at]!, task, invocation);
  return folders;
}
