import profileOnDisk from '../../bench/own-memory/profile.json' with { type: 'json' };
import { recommendSize } from '../../bench/own-memory/recommend-size.ts';
import { maxMemoryUsedMbOf, type OwnMemoryProfile, RUNTIME_MEMORY_MB } from '../../bench/own-memory/task-profile.ts';
import { OVERRULED } from '../../infra/constructs/task-memory.ts';
import type { AnyTaskName } from '../../shared/constants.ts';
import { DEPLOYED_TASKS, synthesize } from './template.ts';

/**
 * The sizes that are deployed are those that our own model recommends for the committed measurement. Measure anew with
 * `npm run -s bench:own-memory -- --write`; to overrule the model, say why in infra/constructs/task-memory.ts.
 */
const PROFILE: OwnMemoryProfile = profileOnDisk;
const deployed = synthesize();

const settingsOf = (task: AnyTaskName) => {
  const { MemorySize, Timeout } = deployed.task(task).resource.Properties;
  return { memorySizeMb: Number(MemorySize), timeoutSeconds: Number(Timeout) };
};

const recommended = (task: AnyTaskName) => recommendSize(task, PROFILE[task]!, settingsOf(task).timeoutSeconds);

it('has measured every task', () => {
  expect(Object.keys(PROFILE).toSorted()).toEqual(DEPLOYED_TASKS.toSorted());
});

it.each(DEPLOYED_TASKS)('%s has the size that our own model recommends, or a reason why not', (task) => {
  const { memorySizeMb } = settingsOf(task);
  const modelsMb = recommended(task).memorySizeMb;
  // A reason for what the model recommends anyway has outlived itself.
  if (OVERRULED[task] === undefined) expect(memorySizeMb).toBe(modelsMb);
  else expect(memorySizeMb).not.toBe(modelsMb);
});

it.each(DEPLOYED_TASKS)('%s has room above the most memory that it was seen to use', (task) => {
  expect(maxMemoryUsedMbOf(PROFILE[task]!)).toBeLessThan(settingsOf(task).memorySizeMb);
});

it.each(DEPLOYED_TASKS)('%s was run in an environment of the size that is recommended', (task) => {
  const { confirmed } = PROFILE[task]!;
  expect(confirmed!.memorySizeMb).toBe(recommended(task).memorySizeMb);
  expect(confirmed!.peakMemoryMb + RUNTIME_MEMORY_MB).toBeLessThanOrEqual(confirmed!.memorySizeMb);
});
