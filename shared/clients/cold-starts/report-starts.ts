import { clock } from '../../clock.ts';
import type { ReportRow } from '../../domain/night/reports/report-rows.ts';
import type { LoggedFunction, PlannedScan } from '../../domain/night/reports/scan-plan.ts';
import { LOG_GROUPS_PER_QUERY, scanBatch } from '../../domain/night/reports/scan-queue.ts';
import { createReportLogs, type ReportLogs } from '../logs/report-logs.ts';

/** Starts of one function, from its REPORT lines. */
export interface ReportedStarts {
  reports: number;
  coldStarts: number;
  /** Mean INIT of the cold ones; undefined where there were none. */
  meanInitDurationMs?: number;
  /** Most memory an environment ever used, at whatever size. */
  maxMemoryUsedMb: number;
}

export interface ReportStarts {
  /** By function name; functions whose lines tell nothing (shared group, WARN level, none) are missing. */
  read(
    functions: readonly LoggedFunction[],
    window: { startMs: number; endMs: number },
  ): Promise<Map<string, ReportedStarts>>;
}

const POLL_MS = 1_000;
/** A query over 50 groups takes seconds; after that long it is given up, and the functions go without evidence. */
const QUERY_MAX_MS = 120_000;

/** Of Insights' thirty at once, which nights need as well. */
const QUERIES_AT_ONCE = 4;

export function createReportStarts(): ReportStarts {
  const logs = createReportLogs();
  return {
    read: async (functions, window) => {
      const batched = batches(functions, window.startMs);
      const answers: ReportRow[][] = [];
      for (let start = 0; start < batched.length; start += QUERIES_AT_ONCE) {
        const together = batched.slice(start, start + QUERIES_AT_ONCE);
        answers.push(...(await Promise.all(together.map((scans) => query(logs, scans, window.endMs)))));
      }
      const starts = new Map<string, ReportedStarts>();
      for (const [index, scans] of batched.entries()) {
        const functionOf = new Map(scans.map((each) => [each.logGroupName, each.functionName]));
        for (const row of answers[index]!) {
          const name = functionOf.get(row.logGroupName);
          if (name !== undefined) starts.set(name, merge(starts.get(name), row));
        }
      }
      return starts;
    },
  };
}

/** Queries mix neither log formats nor more than 50 groups; a group that several functions share tells of none. */
function batches(functions: readonly LoggedFunction[], startMs: number): PlannedScan[][] {
  const byGroup = Map.groupBy(functions, ({ logGroupName }) => logGroupName);
  const readable = functions.filter(
    ({ logGroupName, systemLogLevel }) => byGroup.get(logGroupName)!.length === 1 && systemLogLevel !== 'WARN',
  );
  const batched: PlannedScan[][] = [];
  for (const format of ['Text', 'JSON'] as const) {
    const scans = readable
      .filter(({ logFormat }) => logFormat === format)
      .map(({ functionName, logGroupName, logFormat }) => ({
        functionName,
        logGroupName,
        logFormat,
        logGroupClass: 'STANDARD',
        startMs,
        estimatedBytes: 0,
      }));
    for (let start = 0; start < scans.length; start += LOG_GROUPS_PER_QUERY) {
      batched.push(scans.slice(start, start + LOG_GROUPS_PER_QUERY));
    }
  }
  return batched;
}

/** Rows of one query; none where it could not be asked. */
async function query(logs: ReportLogs, scans: readonly PlannedScan[], endMs: number): Promise<ReportRow[]> {
  const started = await logs.startQuery(scanBatch([...scans]), endMs);
  return started.started ? waitForRows(logs, started.queryId, scans[0]!.logFormat) : [];
}

async function waitForRows(logs: ReportLogs, queryId: string, logFormat: 'Text' | 'JSON') {
  for (const endMs = clock.now() + QUERY_MAX_MS; clock.now() < endMs; ) {
    await clock.sleep(POLL_MS);
    const progress = await logs.getProgress(queryId, logFormat);
    if (progress.status === 'complete') return progress.rows;
    if (progress.status === 'failed') return [];
  }
  await logs.stopQuery(queryId);
  return [];
}

/** A function has a row for each memory size it ran at. */
function merge(
  known: ReportedStarts | undefined,
  row: Omit<ReportedStarts, 'meanInitDurationMs'> & { meanInitDurationMs?: number | undefined },
): ReportedStarts {
  const before: ReportedStarts = known ?? { reports: 0, coldStarts: 0, maxMemoryUsedMb: 0 };
  const coldStarts = before.coldStarts + row.coldStarts;
  const initMs = (before.meanInitDurationMs ?? 0) * before.coldStarts + (row.meanInitDurationMs ?? 0) * row.coldStarts;
  return {
    reports: before.reports + row.reports,
    maxMemoryUsedMb: Math.max(before.maxMemoryUsedMb, row.maxMemoryUsedMb),
    coldStarts,
    ...(coldStarts > 0 && initMs > 0 && { meanInitDurationMs: initMs / coldStarts }),
  };
}
