import type { AlarmPlan, ConfigureAlarmsOutput } from '../contracts/alarms.ts';
import type { Continuation } from '../contracts/continuation.ts';
import { BoundedList, unlistedOf } from '../domain/configuration/rounds/bounded-list.ts';
import { nextRound, sayProgress } from '../domain/configuration/rounds/next-round.ts';
import type { AlarmReport } from './apply-alarms.ts';

/** What of an answer all rounds together make up. */
export type AlarmTotals = Omit<
  ConfigureAlarmsOutput,
  'schemaVersion' | 'action' | 'topicArn' | 'subscription' | 'wholeLists'
>;

/** What a round did. */
export interface AlarmRound {
  /** Undefined where the round had time to look only. */
  report: AlarmReport | undefined;
  /** Alarms to be written, or functions to be looked at. */
  remaining: number;
  hasLooked: boolean;
  /** The last function that was looked at. */
  cursor: string | undefined;
}

const LISTS = ['created', 'updated', 'removed'] as const;
const NO_PLAN: Pick<AlarmPlan, 'counts' | 'costUsdPerMonth' | 'problems' | 'fleet'> = {
  counts: { metricAlarms: 0, metricsInsightsAlarms: 0, billedMetrics: 0 },
  costUsdPerMonth: 0,
  problems: [],
  fleet: { shape: 'none', reason: 'nothing is planned yet' },
};

/** Adds a round to what the rounds before it did. An alarm that a round wrote is no unchanged one to the next. */
export function addRound(soFar: AlarmTotals | undefined, round: AlarmRound): AlarmTotals {
  const { report } = round;
  const lists = Object.fromEntries(
    LISTS.map((name) => {
      const list = new BoundedList({ items: soFar?.[name] ?? [], count: soFar?.changes[name] ?? 0 });
      for (const alarm of report?.[name] ?? []) list.add(alarm);
      return [name, list];
    }),
  ) as Record<(typeof LISTS)[number], BoundedList<string>>;
  const changes = { created: lists.created.count, updated: lists.updated.count, removed: lists.removed.count };
  const written = (soFar?.changes.created ?? 0) + (soFar?.changes.updated ?? 0);
  const unchanged = report === undefined ? (soFar?.unchanged ?? 0) : Math.max(0, report.unchanged - written);
  const { counts, costUsdPerMonth, problems, fleet } = report?.plan ?? soFar ?? NO_PLAN;
  return {
    created: lists.created.items,
    updated: lists.updated.items,
    removed: lists.removed.items,
    unchanged,
    changes,
    unlisted: unlistedOf(lists),
    ...{ counts, costUsdPerMonth, problems, fleet },
    continuation: continuationOf(soFar, { ...changes, unchanged }, round),
  };
}

/** What is answered by who waits for another execution. */
export function waitingFor(holder: string, soFar: AlarmTotals | undefined): AlarmTotals {
  const totals = soFar ?? addRound(undefined, { report: undefined, remaining: 0, hasLooked: false, cursor: undefined });
  const { rounds, ...rest } = totals.continuation;
  return { ...totals, continuation: { ...rest, rounds: soFar === undefined ? 0 : rounds, next: 'wait', holder } };
}

function continuationOf(
  soFar: AlarmTotals | undefined,
  counts: Record<string, number>,
  { report, remaining, hasLooked, cursor }: AlarmRound,
): Continuation {
  const before = soFar?.continuation;
  const rounds = (before?.rounds ?? 0) + 1;
  const { created, updated, removed } = report ?? { created: [], updated: [], removed: [] };
  const hasWritten = created.length + updated.length + removed.length > 0;
  // Writing alone is no progress: somebody may change back what we write, as fast as we do.
  const isLess = before?.leftToWrite === undefined || remaining < before.leftToWrite + changeOfPlan(soFar, report);
  return {
    next: nextRound({ remaining, hasAdvanced: hasLooked || (hasWritten && isLess) }),
    rounds,
    remaining,
    ...(report !== undefined && { leftToWrite: remaining }),
    ...(cursor !== undefined && { cursor }),
    said: sayProgress(counts, rounds, remaining),
  };
}

/** By how many alarms the plan is another than the round before had: functions come and go while an execution takes hours. */
const changeOfPlan = (soFar: AlarmTotals | undefined, report: AlarmReport | undefined): number =>
  soFar === undefined || report === undefined
    ? 0
    : Math.abs(report.plan.counts.metricAlarms - soFar.counts.metricAlarms);
