import type { QueryProgress, QueryStart, ReportLogs } from '../../../../../shared/clients/logs/report-logs.ts';
import type { Clock } from '../../../../../shared/clock.ts';
import type { ReportRow } from '../../../../../shared/domain/night/reports/report-rows.ts';
import type { LogGroupFacts } from '../../../../../shared/domain/night/reports/scan-plan.ts';
import type { ScanBatch } from '../../../../../shared/domain/night/reports/scan-queue.ts';

/** Time that passes only in sleep, all sleepers together. */
export class SteppedClock implements Clock {
  private nowMs = 0;
  private sleepers: { atMs: number; wake: () => void }[] = [];

  now(): number {
    return this.nowMs;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ atMs: this.nowMs + ms, wake });
      // Everything that can still run at this time runs first.
      setImmediate(() => this.wakeNext());
    });
  }

  private wakeNext(): void {
    const next = this.sleepers.toSorted((a, b) => a.atMs - b.atMs)[0];
    if (next === undefined) return;
    this.sleepers.splice(this.sleepers.indexOf(next), 1);
    this.nowMs = Math.max(this.nowMs, next.atMs);
    next.wake();
  }
}

export interface FakeQuery {
  batch: ScanBatch;
  stopped: boolean;
}

export interface FakeLogsBehaviour {
  groups?: Record<string, LogGroupFacts>;
  rows?: (logGroupName: string) => ReportRow[];
  start?: (batch: ScanBatch, nth: number) => QueryStart | undefined;
  progress?: (query: FakeQuery, look: number) => QueryProgress | undefined;
}

/** Logs Insights in memory: every query is complete at the second look and scans what was estimated. */
export function fakeLogs(behaviour: FakeLogsBehaviour = {}) {
  const queries: FakeQuery[] = [];
  const looks = new Map<string, number>();
  let starts = 0;
  let running = 0;
  let mostRunning = 0;
  const logs: ReportLogs = {
    describeGroups: async () => new Map(Object.entries(behaviour.groups ?? {})),
    startQuery: async (batch) => {
      const refused = behaviour.start?.(batch, starts++);
      if (refused !== undefined) return refused;
      queries.push({ batch, stopped: false });
      running += 1;
      mostRunning = Math.max(mostRunning, running);
      return { started: true, queryId: String(queries.length - 1) };
    },
    getProgress: async (queryId) => {
      const query = queries[Number(queryId)]!;
      const look = looks.get(queryId) ?? 0;
      looks.set(queryId, look + 1);
      const answer = behaviour.progress?.(query, look) ?? ordinaryProgress(query, look, behaviour);
      if (answer.status !== 'running') running -= 1;
      return answer;
    },
    stopQuery: async (queryId) => {
      queries[Number(queryId)]!.stopped = true;
      running -= 1;
      return true;
    },
  };
  return { logs, queries, mostRunning: () => mostRunning };
}

function ordinaryProgress({ batch }: FakeQuery, look: number, { rows }: FakeLogsBehaviour): QueryProgress {
  if (look === 0) return { status: 'running', rows: [], scannedBytes: 0 };
  const read = batch.scans.flatMap((scan) => rows?.(scan.logGroupName) ?? []);
  return { status: 'complete', rows: read, scannedBytes: batch.estimatedBytes };
}
