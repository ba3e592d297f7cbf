import { askAgain, sourceReason } from '../../../shared/clients/evidence-sources.ts';
import type { QueryProgress, ReportLogs } from '../../../shared/clients/logs/report-logs.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { ReportRow } from '../../../shared/domain/night/reports/report-rows.ts';
import { overBudget, type PlannedScan } from '../../../shared/domain/night/reports/scan-plan.ts';
import { type ScanBatch, ScanQueue, scanBatch } from '../../../shared/domain/night/reports/scan-queue.ts';
import { TransientError } from '../../../shared/errors.ts';

/** A query over two weeks of 50 groups takes seconds to a minute; one that takes this long would not end tonight. */
export const QUERY_TIME_LIMIT_MS = 5 * 60_000;
/** Waits between looks at a query; the last one repeats. How many looks a second there are is the client's pace. */
const POLL_WAITS_MS = [1_000, 2_000, 3_000, 5_000];
const BUSY_WAIT_MS = 5_000;

export interface QueryRun {
  logs: Pick<ReportLogs, 'startQuery' | 'getProgress' | 'stopQuery'>;
  clock: Clock;
  /** Where all queries end, epoch ms. */
  endMs: number;
  budgetBytes: number;
  /** Queries at once: of the account's, which its people and dashboards use as well. */
  queriesAtOnce: number;
  /** When reading has to be over, epoch ms. */
  deadlineMs: number;
}

export interface QueryResults {
  /** By log group; a group that was read but has no lines has none. */
  rows: Map<string, ReportRow[]>;
  /** Why a group could not be read, by log group. */
  unread: Map<string, string>;
  scannedBytes: number;
  /** Why Logs Insights itself did not answer, where it did not. */
  failure?: string;
}

/** Reads the scans, a few queries at a time, until all are read, the time is over or the budget is spent. */
export async function runQueries(scans: readonly PlannedScan[], run: QueryRun): Promise<QueryResults> {
  const queries = new ReportQueries(new ScanQueue(scans, run.budgetBytes), run);
  const workers = Math.min(run.queriesAtOnce, scans.length);
  await Promise.all(Array.from({ length: workers }, () => queries.work()));
  return queries.finish();
}

const failureWords = (error: unknown): string => `Logs Insights could not be asked: ${sourceReason(error)}`;

class ReportQueries {
  private readonly rows: QueryResults['rows'] = new Map();
  private readonly unread: QueryResults['unread'] = new Map();
  private readonly queue: ScanQueue;
  private readonly run: QueryRun;
  private failure: string | undefined;

  constructor(queue: ScanQueue, run: QueryRun) {
    this.queue = queue;
    this.run = run;
  }

  /** One of several workers, each with one query at a time. */
  async work(): Promise<void> {
    const { clock } = this.run;
    for (;;) {
      const batch = this.queue.take();
      if (batch !== undefined) this.queue.settle(batch, await this.start(batch));
      else if (this.queue.mayHaveMore) await clock.sleep(BUSY_WAIT_MS);
      else return;
    }
  }

  finish(): QueryResults {
    for (const scan of this.queue.leftOver) this.unread.set(scan.logGroupName, overBudget(scan));
    return {
      rows: this.rows,
      unread: this.unread,
      scannedBytes: this.queue.scannedBytes,
      ...(this.failure !== undefined && { failure: this.failure }),
    };
  }

  /** Answers the bytes scanned; undefined when nothing was started. */
  private async start(batch: ScanBatch): Promise<number | undefined> {
    const { logs, clock, endMs, deadlineMs } = this.run;
    while (clock.now() < deadlineMs) {
      if (this.failure !== undefined) return this.giveUp(batch, this.failure);
      const start = await this.tryTo(() => logs.startQuery(batch, endMs));
      if (start === undefined) return this.giveUp(batch, this.failure!);
      if (start.started) return this.wait(batch, start.queryId);
      if (start.why === 'groupMissing' && batch.scans.length > 1) return this.halve(batch);
      if (start.why !== 'busy') return this.giveUp(batch, `its query could not start: ${start.reason}`);
      await clock.sleep(BUSY_WAIT_MS);
    }
    return this.giveUp(batch, 'the time for reading logs was over before its query could start');
  }

  /** A group deleted since it was listed fails the whole query without saying which one it was. */
  private async halve({ scans }: ScanBatch): Promise<number | undefined> {
    const middle = Math.ceil(scans.length / 2);
    const first = await this.start(scanBatch(scans.slice(0, middle)));
    const second = await this.start(scanBatch(scans.slice(middle)));
    return first === undefined && second === undefined ? undefined : (first ?? 0) + (second ?? 0);
  }

  private async wait(batch: ScanBatch, queryId: string): Promise<number> {
    const { clock, logs, deadlineMs } = this.run;
    const endMs = Math.min(deadlineMs, clock.now() + QUERY_TIME_LIMIT_MS);
    let scannedBytes = 0;
    let trouble: unknown;
    for (let look = 0; clock.now() < endMs; look += 1) {
      await clock.sleep(POLL_WAITS_MS[Math.min(look, POLL_WAITS_MS.length - 1)]!);
      const { progress, error } = await this.look(batch, queryId);
      trouble = error;
      scannedBytes = progress?.scannedBytes ?? scannedBytes;
      if (progress?.status === 'running' || error instanceof TransientError) continue;
      if (progress?.status === 'complete') this.keep(progress.rows);
      else this.giveUp(batch, error === undefined ? 'its query failed in Logs Insights' : this.failed(error));
      return scannedBytes;
    }
    const stopped = await logs.stopQuery(queryId);
    const late = `its query did not end in time and was ${stopped ? '' : 'not '}stopped`;
    this.giveUp(batch, trouble === undefined ? late : `${late}: ${this.failed(trouble)}`);
    return scannedBytes;
  }

  /** Throttled looks are no answer; the next one will be. Any other error is Insights' last word on the query. */
  private async look(
    { logFormat }: ScanBatch,
    queryId: string,
  ): Promise<{ progress?: QueryProgress; error?: unknown }> {
    try {
      return { progress: await this.run.logs.getProgress(queryId, logFormat) };
    } catch (error) {
      return { error };
    }
  }

  /** Notes that Insights itself did not answer; the words are this group's own, the source keeps the first heard. */
  private failed(error: unknown): string {
    const words = failureWords(error);
    this.failure ??= words;
    return words;
  }

  /** Passing trouble is tried again. After a failure nothing more is asked: the night has other sources. */
  private async tryTo<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await askAgain(ask, this.run);
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  private keep(rows: readonly ReportRow[]): void {
    for (const row of rows) {
      const known = this.rows.get(row.logGroupName);
      if (known === undefined) this.rows.set(row.logGroupName, [row]);
      else known.push(row);
    }
  }

  private giveUp(batch: ScanBatch, reason: string): undefined {
    for (const { logGroupName } of batch.scans) this.unread.set(logGroupName, reason);
  }
}
