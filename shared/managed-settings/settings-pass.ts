import type { SettingsReport } from '../contracts/auto-scaling.ts';
import type { Continuation } from '../contracts/continuation.ts';
import { nextRound, sayProgress } from '../domain/configuration/rounds/next-round.ts';
import { TransientError } from '../errors.ts';
import { ENDLESS, type RoundTime } from '../round-time.ts';
import { ReportBuilder, type WholeSettings } from './report-builder.ts';

/** One after the other of what there is to configure, in an order that is the same in every round. */
export interface SettingsPass<Subject extends { at: string }> {
  /** In the order of `at`, which names each. */
  subjects: readonly Subject[];
  /** @default 'ascending' */
  order?: 'ascending' | 'descending';
  /** Subjects that are read of together at most, and the longest that a single one of these readings takes, in ms. */
  batch: { size: number; readMs: number };
  /** What the first of them may take of what all share: USD a month, or executions. */
  budget: number;
  /** Reads what deciding on these takes, in their order and for half of the time; answers how one of them is dealt with. */
  begin(batch: readonly Subject[], report: ReportBuilder, time: RoundTime): Promise<DealWith<Subject>>;
}

/** Decides and writes; false where there was no time to read what that takes, or to write all of it. */
export type DealWith<Subject> = (subject: Subject, shared: SharedBudget) => Promise<boolean>;

/** Taken from by one after the other. */
export interface SharedBudget {
  left: number;
}

/** What a round of a pass is given. */
export interface PassRound {
  time: RoundTime;
  /** The answer of the round before. */
  soFar?: SettingsReport & { continuation: Continuation };
}

/** Everything at once, for who has no rounds. */
export const WHOLE_PASS = { time: ENDLESS };

export interface PassAnswer extends SettingsReport {
  continuation: Continuation;
  /** Everything that this round did, whole. */
  whole: WholeSettings;
}

/**
 * Goes on where the round before stopped, until everything is done or the time is up. A round stops between two settings;
 * one that AWS breaks off after it got somewhere answers with what it did, and the next tries again.
 */
export async function runPass<Subject extends { at: string }>(
  pass: SettingsPass<Subject>,
  { time, soFar }: PassRound,
): Promise<PassAnswer> {
  const before = soFar?.continuation;
  const report = new ReportBuilder(soFar, before?.counted);
  const todo = after(pass, before?.cursor);
  const shared = { left: Math.min(before?.budgetLeft ?? Number.POSITIVE_INFINITY, pass.budget) };
  let done = 0;
  let left = shared.left;
  const dealWithBatch = async (batch: readonly Subject[]): Promise<void> => {
    const dealWith = await pass.begin(batch, report, time);
    for (const subject of batch) {
      if (time.isUp() || !(await dealWith(subject, shared))) return;
      report.close();
      left = shared.left;
      done += 1;
    }
  };
  try {
    for (let former = -1; done > former && done < todo.length && !time.isUp(pass.batch.readMs); ) {
      former = done;
      await dealWithBatch(todo.slice(done, done + pass.batch.size));
    }
  } catch (error) {
    // Who has no rounds would take what was done so far for all there was to do.
    if (time === ENDLESS || !(error instanceof TransientError) || !isFurther(done, report, before)) throw error;
  }
  const cursor = todo[done - 1]?.at ?? before?.cursor;
  return answer(report, { cursor, budgetLeft: left, remaining: todo.length - done, done }, before);
}

function after<Subject extends { at: string }>(
  { subjects, order = 'ascending' }: SettingsPass<Subject>,
  cursor: string | undefined,
): readonly Subject[] {
  const sign = order === 'ascending' ? 1 : -1;
  const sorted = [...subjects].sort((a, b) => (a.at < b.at ? -sign : sign));
  if (cursor === undefined) return sorted;
  return sorted.filter(({ at }) => (order === 'ascending' ? at > cursor : at < cursor));
}

/** Whether this round did something that none before it did. */
const isFurther = (done: number, report: ReportBuilder, before: Continuation | undefined): boolean =>
  done > 0 || report.counted().length > (before?.counted?.length ?? 0);

interface Stand {
  cursor: string | undefined;
  budgetLeft: number;
  remaining: number;
  done: number;
}

function answer(
  report: ReportBuilder,
  { cursor, budgetLeft, remaining, done }: Stand,
  before: Continuation | undefined,
): PassAnswer {
  const said = report.report();
  const rounds = (before?.rounds ?? 0) + 1;
  const counted = report.counted();
  const continuation: Continuation = {
    next: nextRound({ remaining, hasAdvanced: isFurther(done, report, before) }),
    rounds,
    remaining,
    ...(cursor !== undefined && { cursor }),
    ...(Number.isFinite(budgetLeft) && { budgetLeft }),
    ...(counted.length > 0 && { counted }),
    said: sayProgress(said.counts, rounds, remaining),
  };
  return { ...said, continuation, whole: report.whole };
}
