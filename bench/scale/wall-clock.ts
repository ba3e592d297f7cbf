import type { TaskTime } from '../../sandbox/metering/handler-clock.ts';

/**
 * How long a night would take on AWS, in seconds of virtual time: from its start to the digest, from the decision to the
 * last change, and the summary. People's waiting and production's proof are left out; so is the handlers' own computing.
 */
export function wallClockSeconds(tasks: ReadonlyMap<string, TaskTime>): number {
  const digest = between(tasks.get('start-run')?.firstStartMs, tasks.get('prepare-approvals')?.lastEndMs);
  const changes = between(tasks.get('serve-page')?.firstStartMs, tasks.get('apply-change')?.lastEndMs);
  const summary = tasks.get('summarize-run')?.waitedMs ?? 0;
  return Math.round((digest + changes + summary) / 1000);
}

const between = (startMs: number | undefined, endMs: number | undefined): number =>
  startMs === undefined || endMs === undefined ? 0 : Math.max(0, endMs - startMs);

/** From a task's first invocation to its last answer, in seconds, of what a night waits for before people do. */
const STAGES = [
  'list-open-changes',
  'discover-functions',
  'collect-memory-evidence',
  'collect-metrics',
  'prepare-approvals',
  'apply-change',
  'summarize-run',
];

export function stageSeconds(tasks: ReadonlyMap<string, TaskTime>): Record<string, number> {
  return Object.fromEntries(
    STAGES.flatMap((task) => {
      const time = tasks.get(task);
      return time ? [[task, Math.round((time.lastEndMs - time.firstStartMs) / 1000)]] : [];
    }),
  );
}
