import { scanBatch } from '../../domain/night/reports/scan-queue.ts';
import { createReportLogs } from '../logs/report-logs.ts';

/** Insights answers in seconds for minutes of one group; a slower answer comes too late to act on. */
const POLLS = 20;
const POLL_INTERVAL_MS = 1_000;

export interface LogSource {
  functionName: string;
  logGroupName: string;
  logFormat: 'Text' | 'JSON';
  memorySizeMb: number;
}

/** The most memory any invocation used at the present size, from REPORT lines. */
export interface RecentMemory {
  /** Undefined where no line tells. */
  read(source: LogSource, span: { fromMs: number; toMs: number }): Promise<number | undefined>;
}

export function createRecentMemory(clock: { sleep(ms: number): Promise<void> }): RecentMemory {
  const logs = createReportLogs();
  return {
    read: async ({ functionName, logGroupName, logFormat, memorySizeMb }, { fromMs, toMs }) => {
      const logGroupClass = 'STANDARD';
      const scan = { functionName, logGroupName, logFormat, logGroupClass, startMs: fromMs, estimatedBytes: 0 };
      const started = await logs.startQuery(scanBatch([scan]), toMs);
      if (!started.started) return undefined;
      for (let poll = 0; poll < POLLS; poll += 1) {
        const { status, rows } = await logs.getProgress(started.queryId, logFormat);
        if (status === 'failed') return undefined;
        if (status === 'complete')
          return maximum(rows.filter((each) => Math.round(each.memorySizeMb) === memorySizeMb));
        await clock.sleep(POLL_INTERVAL_MS);
      }
      await logs.stopQuery(started.queryId);
      return undefined;
    },
  };
}

const maximum = (rows: readonly { maxMemoryUsedMb: number }[]): number | undefined =>
  rows.length === 0 ? undefined : Math.max(...rows.map((each) => each.maxMemoryUsedMb));
