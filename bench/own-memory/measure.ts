import { rounded } from '../load/statistics.ts';
import { type Environments, withEnvironments } from './environments.ts';
import { measureTask } from './measure-task.ts';
import { OCCASIONS, type Occasion } from './occasions.ts';
import { recommendSize } from './recommend-size.ts';
import type { RecordedTask } from './recorder.ts';
import type { OwnMemoryProfile, TaskProfile } from './task-profile.ts';
import { memorySettingsOf, type TaskSettings } from './task-settings.ts';

export interface MeasureOptions {
  /** Sizes of account, ascending: times are those of the last that called a task, memory that of the largest. */
  readonly functions: readonly number[];
  /** Names of those that are recorded; the tasks of others keep what was measured before. */
  readonly occasions: readonly string[];
  /** What was measured last time: it knows the baselines. */
  readonly former: OwnMemoryProfile;
  progress(text: string): void;
}

/** Measures every task of every occasion in fresh processes. */
export function measureOwnMemory(options: MeasureOptions): Promise<OwnMemoryProfile> {
  return withEnvironments(async (environments) => {
    const bench = { environments, settings: memorySettingsOf(), ...options };
    const anew: Record<string, TaskProfile> = {};
    for (const occasion of OCCASIONS.filter(({ name }) => options.occasions.includes(name))) {
      for (const functions of options.functions) Object.assign(anew, await measured(bench, occasion, functions, anew));
    }
    return Object.fromEntries(
      Object.entries({ ...options.former, ...anew }).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  });
}

interface Bench extends MeasureOptions {
  readonly environments: Environments;
  readonly settings: ReadonlyMap<string, TaskSettings>;
}

/** The tasks of an occasion in an account of so many functions, beside what smaller ones took. */
async function measured(bench: Bench, occasion: Occasion, functions: number, before: OwnMemoryProfile) {
  const where = `${occasion.name}, an account of ${functions} functions`;
  bench.progress(`${where}: recording`);
  const recorder = await occasion.record(functions);
  const profiles: Record<string, TaskProfile> = {};
  for (const task of occasion.tasks) {
    const recorded = recorder.tasks.get(task);
    if (recorded === undefined || recorded.sample.kept.length === 0) {
      bench.progress(`${where}: ${task} was not called, or failed`);
      continue;
    }
    bench.progress(`${where}: ${task}`);
    const { peakRssMb, ...profile } = await profileOf(bench, task, recorded, occasion);
    const peakMemoryMb = { ...before[task]?.peakMemoryMb, [functions]: peakRssMb };
    profiles[task] = await confirmed(bench, task, recorded, { ...profile, peakMemoryMb });
  }
  return profiles;
}

async function profileOf(
  { environments, settings, former }: Bench,
  task: string,
  recorded: RecordedTask,
  occasion: Occasion,
) {
  const { invocations, mostAtOnce, sample } = recorded;
  const baselineMemorySizeMb = former[task]?.baselineMemorySizeMb ?? settings.get(task)!.memorySizeMb;
  const coldStartShare = Math.min(1, (mostAtOnce * occasion.times) / invocations);
  const work = await measureTask(environments, task, { sample, coldStartShare }, baselineMemorySizeMb);
  const invocationsPerMonth = Math.ceil((invocations / occasion.times) * occasion.timesPerMonth);
  return { baselineMemorySizeMb, invocationsPerMonth, coldStartShare: rounded(coldStartShare, 4), ...work };
}

/** Run once more in an environment of the size that is recommended, with the heap that it leaves. */
async function confirmed(
  { environments, settings }: Bench,
  task: string,
  { sample }: RecordedTask,
  profile: TaskProfile,
): Promise<TaskProfile> {
  const { memorySizeMb } = recommendSize(task, profile, settings.get(task)!.timeoutSeconds);
  const coldStartShare = profile.warm.length === 0 ? 1 : 0;
  const { peakRssMb } = await measureTask(environments, task, { sample, coldStartShare }, memorySizeMb);
  return { ...profile, confirmed: { memorySizeMb, peakMemoryMb: peakRssMb } };
}
