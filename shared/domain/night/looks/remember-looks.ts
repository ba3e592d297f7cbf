import type { AssessmentItem } from '../../../contracts/evidence.ts';
import type { Look, Looks } from '../../../contracts/look.ts';
import type { AssessedOutcome } from '../../../contracts/outcome.ts';
import type { RunContext } from '../../../contracts/run.ts';
import { fallbackPrices } from '../../pricing/fallback-prices.ts';
import { monthlyCost } from '../../pricing/monthly-cost.ts';
import type { NightResults } from '../summary/summarize.ts';
import { rareLook } from './rare-look.ts';

const DAY_MS = 86_400_000;
/** Kinds that leave nothing to ask. */
const QUIET: readonly AssessedOutcome['kind'][] = ['Optimized', 'NotWorthProposing', 'Unavailable'];

/** As much of an item of the first fan-out as is remembered. */
export type LookedAt = Pick<AssessmentItem, 'functionName' | 'lastModified' | 'memoryEvidence'>;

/** What tomorrow's night knows: tonight's looks, and the former ones of functions that were passed over for them. */
export function rememberLooks(
  run: Pick<RunContext, 'runDate' | 'policy'>,
  { assessed, excluded }: Pick<NightResults, 'assessed' | 'excluded'>,
  items: readonly LookedAt[],
  former: Looks,
): Looks {
  const byName = new Map(items.map((item) => [item.functionName, item]));
  const kept = excluded
    .filter(({ reason }) => reason === 'WeeklyLook')
    .flatMap(({ functionName }) => (former[functionName] ? [[functionName, former[functionName]] as const] : []));
  const looks = assessed.flatMap((outcome) => {
    const item = byName.get(outcome.functionName);
    const look = item && lookOf(run, outcome, item, former[outcome.functionName]);
    return look ? [[outcome.functionName, look] as const] : [];
  });
  return Object.fromEntries([...kept, ...looks]);
}

function lookOf(
  { runDate, policy }: Pick<RunContext, 'runDate' | 'policy'>,
  outcome: AssessedOutcome,
  { lastModified, memoryEvidence }: LookedAt,
  former: Look | undefined,
): Look | undefined {
  const { kind, assessment, readAnew } = outcome;
  // Of what failed nobody knows whether it is called.
  const isSilent = assessment !== undefined && assessment.metrics === undefined;
  const isIdle = isSilent && isOlder(lastModified, runDate, policy.lookbackDays);
  // What seems idle may run once a month: its next look is far back, and costs no more than another one.
  const rare = rareLook(outcome, lastModified, former) ?? (isIdle ? {} : undefined);
  const isKnown = assessment?.metrics !== undefined || rare !== undefined;
  const isQuiet = QUIET.includes(kind);
  // What is asked about tonight, or would have been, is found out anew tomorrow.
  if (assessment === undefined || readAnew || !(isQuiet || kind === 'LeftOut') || !isKnown)
    return rare && { on: runDate, lastModified, rare };
  return {
    on: runDate,
    lastModified,
    ...(isQuiet && { usdPerMonth: usdPerMonth(assessment) }),
    ...(rare && { rare }),
    ...(assessment.memory.source === 'ReportLines' && {
      memory: readMemory(assessment.memory, memoryEvidence, runDate),
    }),
  };
}

/** What REPORT lines said, and when. */
function readMemory(
  { maxMemoryUsedMb, coverage, reason }: NonNullable<AssessedOutcome['assessment']>['memory'],
  { coldStartShare, initDurationMs, readOn }: LookedAt['memoryEvidence'],
  runDate: string,
): NonNullable<Look['memory']> {
  return {
    readOn: readOn ?? runDate,
    ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
    ...(coverage !== undefined && { coverage }),
    ...(reason !== undefined && { reason }),
    ...(coldStartShare !== undefined && { coldStartShare }),
    ...(initDurationMs !== undefined && { initDurationMs }),
  };
}

/** Without metrics since it was modified, a function is idle only where that was before the look-back. */
const isOlder = (lastModified: string, runDate: string, lookbackDays: number): boolean =>
  Date.parse(runDate) - Date.parse(lastModified) > lookbackDays * DAY_MS;

function usdPerMonth({
  metrics,
  architecture,
  current,
  ephemeralStorageMb,
}: NonNullable<AssessedOutcome['assessment']>) {
  if (metrics === undefined) return 0;
  const { invocationsPerMonth: requests, meanDurationMs = 0 } = metrics;
  const usage = { architecture, memorySizeMb: current.memorySizeMb, requests, meanDurationMs, ephemeralStorageMb };
  return Math.round(monthlyCost(usage, fallbackPrices()).totalUsd * 1e6) / 1e6;
}
