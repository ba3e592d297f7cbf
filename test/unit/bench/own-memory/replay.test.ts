import { withEnvironments } from '../../../../bench/own-memory/environments.ts';
import { type MeasuredWork, measureTask } from '../../../../bench/own-memory/measure-task.ts';
import { CALLS, recordCalls } from '../../../../bench/own-memory/record-calls.ts';

/** A bundle of the deployed kind is built, which takes its seconds. */
const LIMIT_MS = 120_000;

let measured: MeasuredWork;
let refusal: unknown;

/** The operator API's calls, recorded in the embedded account and run once more elsewhere. */
beforeAll(
  () =>
    withEnvironments(
      async (environments) => {
        const { tasks } = await recordCalls();
        const { kept } = tasks.get('operate')!.sample;
        const unanswered = kept.map((recorded) => ({ ...recorded, calls: [] }));
        const measure = (invocations: typeof kept): Promise<MeasuredWork> =>
          measureTask(environments, 'operate', { sample: { kept: invocations }, coldStartShare: 0.5 }, 256);
        measured = await measure(kept);
        refusal = await measure(unanswered).catch((error: unknown) => error);
      },
      ['operate'],
    ),
  LIMIT_MS,
);

it('runs what was recorded of a task in fresh processes, with the deployed bundle and AWS’s recorded answers', () => {
  const { cold, warm, initCpuMs, peakRssMb } = measured;
  expect([cold.length, warm.length]).toEqual([3, CALLS]);
  expect(Math.min(initCpuMs, peakRssMb, ...cold.map(({ cpuMs }) => cpuMs))).toBeGreaterThan(0);
});

it('fails, with the reason, when a task asks for something that was not recorded', () => {
  expect(String(refusal)).toMatch(/nothing was recorded that answers SFN.StartExecution/);
});
