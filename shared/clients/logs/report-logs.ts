import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ReportRow } from '../../domain/night/reports/report-rows.ts';
import type { LogGroupFacts } from '../../domain/night/reports/scan-plan.ts';
import type { ScanBatch } from '../../domain/night/reports/scan-queue.ts';
import type { Place } from '../../domain/organization/place.ts';
import { callAws, isNamed, isThrottling } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { type Pace, UNPACED } from '../pace.ts';
import { describeLogGroups } from './log-groups.ts';
import { readReportRow, reportQuery } from './report-query.ts';

export type QueryStart =
  | { started: true; queryId: string }
  /** `busy`: too many queries run already; `groupMissing`: a group is gone; `rejected`: asking again won't help. */
  | { started: false; why: 'busy' | 'groupMissing' | 'rejected'; reason: string };

export interface QueryProgress {
  status: 'running' | 'complete' | 'failed';
  rows: ReportRow[];
  scannedBytes: number;
}

/** REPORT lines through Logs Insights, a query at a time; who waits how long is the caller's business. */
export interface ReportLogs {
  describeGroups(names: ReadonlySet<string>): Promise<Map<string, LogGroupFacts>>;
  /** @param endMs exclusive */
  startQuery(batch: ScanBatch, endMs: number): Promise<QueryStart>;
  getProgress(queryId: string, logFormat: ScanBatch['logFormat']): Promise<QueryProgress>;
  /**
   * Ends a query that takes too long; false when that failed, which nothing depends on: Insights ends it itself after
   * an hour, and what it scans it has mostly scanned.
   */
  stopQuery(queryId: string): Promise<boolean>;
}

/** Largest result of a query; 50 groups of a few memory sizes each stay far below. */
const RESULT_ROWS_MAX = 10_000;
const RUNNING = ['Running', 'Scheduled'];

/** Each waits before a call of its own rate. */
export interface LogPaces {
  describeGroups: Pace;
  startQuery: Pace;
  getResults: Pace;
}

const AT_ANY_PACE: LogPaces = { describeGroups: UNPACED, startQuery: UNPACED, getResults: UNPACED };

/** @param paces of the place alone: AWS counts each account and region by itself */
export function createReportLogs(
  paces: LogPaces = AT_ANY_PACE,
  clients: PlaceClients = HERE,
  place?: Place,
): ReportLogs {
  const logs = () => clients.at(CloudWatchLogsClient, place);
  return {
    describeGroups: async (names) => describeLogGroups(logs(), names, paces.describeGroups),
    startQuery: async (batch, endMs) => {
      await paces.startQuery();
      return startQuery(logs(), batch, endMs);
    },
    getProgress: async (queryId, logFormat) => getProgress(logs(), { queryId, logFormat }, paces.getResults),
    stopQuery: async (queryId) => {
      try {
        await logs().send(new StopQueryCommand({ queryId }));
        return true;
      } catch {
        return false;
      }
    },
  };
}

async function startQuery(logs: CloudWatchLogsClient, batch: ScanBatch, endMs: number): Promise<QueryStart> {
  const input = {
    logGroupNames: batch.scans.map((scan) => scan.logGroupName),
    startTime: Math.floor(batch.startMs / 1000),
    // Insights includes the last second, CloudWatch's metrics do not.
    endTime: Math.floor(endMs / 1000) - 1,
    queryString: reportQuery(batch.logFormat),
    limit: RESULT_ROWS_MAX,
  };
  try {
    const { queryId } = await callAws('logs:StartQuery', () => logs.send(new StartQueryCommand(input)));
    return queryId === undefined
      ? { started: false, why: 'rejected', reason: 'no query id' }
      : { started: true, queryId };
  } catch (error) {
    return refusal(error);
  }
}

function refusal(error: unknown): QueryStart {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && isThrottling(error.cause)) return { started: false, why: 'busy', reason };
  if (isNamed(error, ['ResourceNotFoundException'])) return { started: false, why: 'groupMissing', reason };
  if (isNamed(error, ['InvalidParameterException', 'MalformedQueryException'])) {
    return { started: false, why: 'rejected', reason };
  }
  throw error;
}

async function getProgress(
  logs: CloudWatchLogsClient,
  { queryId, logFormat }: { queryId: string; logFormat: ScanBatch['logFormat'] },
  pace: Pace,
): Promise<QueryProgress> {
  const progress: QueryProgress = { status: 'failed', rows: [], scannedBytes: 0 };
  let nextToken: string | undefined;
  do {
    await pace();
    const page = await callAws('logs:GetQueryResults', () =>
      logs.send(new GetQueryResultsCommand({ queryId, ...(nextToken && { nextToken }) })),
    );
    progress.status = statusOf(page.status);
    progress.scannedBytes = page.statistics?.bytesScanned ?? progress.scannedBytes;
    for (const row of page.results ?? []) {
      const read = readReportRow(row, logFormat);
      if (read !== undefined) progress.rows.push(read);
    }
    nextToken = progress.status === 'complete' ? page.nextToken : undefined;
  } while (nextToken);
  return progress;
}

function statusOf(status: string | undefined): QueryProgress['status'] {
  if (status === 'Complete') return 'complete';
  return status !== undefined && RUNNING.includes(status) ? 'running' : 'failed';
}
