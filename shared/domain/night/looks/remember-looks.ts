import type { Look, Looks } from '../../../contracts/look.ts';
import type { AssessedOutcome } from '../../../contracts/outcome.ts';
import { fallbackPrices } from '../../pricing/fallback-prices.ts';
import { monthlyCost } from '../../pricing/monthly-cost.ts';
import type { NightResults } from '../summary/summarize.ts';
import { looksOfPlacesAway } from './looks-away.ts';
import { rareLook } from './rare-look.ts';
import { type LookedAt, linesOf, linesOnly, type Tonight } from './remember-lines.ts';

const DAY_MS = 86_400_000;
/** Kinds that leave nothing to ask. */
const QUIET: readonly AssessedOutcome['kind'][] = ['Optimized', 'NotWorthProposing', 'Unavailable'];

/** What tomorrow's night knows: tonight's looks, and the former ones of functions that were passed over for them. */
export function rememberLooks(
  run: Tonight,
  night: Pick<NightResults, 'assessed' | 'excluded'>,
  items: readonly LookedAt[],
  former: Looks,
): Looks {
  const byName = new Map(items.map((item) => [item.functionName, item]));
  const passed = night.excluded.map(({ functionName, reason }) => {
    const look = former[functionName];
    return [functionName, reason === 'WeeklyLook' ? look : linesOnly(look)] as const;
  });
  const looked = night.assessed.map((outcome) => {
    const item = byName.get(outcome.functionName);
    const look = former[outcome.functionName];
    return [outcome.functionName, item === undefined ? linesOnly(look) : lookOf(run, outcome, item, look)] as const;
  });
  const known = [...passed, ...looked].filter((entry): entry is [string, Look] => entry[1] !== undefined);
  return { ...looksOfPlacesAway(run, night, former), ...Object.fromEntries(known) };
}

function lookOf(run: Tonight, outcome: AssessedOutcome, item: LookedAt, former: Look | undefined): Look | undefined {
  const { lastModified } = item;
  const lines = linesOf(run, outcome, item, former);
  const found = findingsOf(run, outcome, item, former);
  return found || lines ? { on: run.runDate, lastModified, ...found, ...(lines && { lines }) } : undefined;
}

/** What there is to remember of tonight's verdict. */
function findingsOf(
  { runDate, policy }: Tonight,
  outcome: AssessedOutcome,
  { lastModified, memoryEvidence }: LookedAt,
  former: Look | undefined,
): Pick<Look, 'usdPerMonth' | 'rare' | 'memory'> | undefined {
  const { kind, assessment, readAnew } = outcome;
  // Of what failed nobody knows whether it is called.
  const isSilent = assessment !== undefined && assessment.metrics === undefined;
  const isIdle = isSilent && isOlder(lastModified, runDate, policy.lookbackDays);
  // What seems idle may run once a month: its next look is far back, and costs no more than another one.
  const rare = rareLook(outcome, lastModified, former) ?? (isIdle ? {} : undefined);
  const isKnown = assessment?.metrics !== undefined || rare !== undefined;
  const isQuiet = QUIET.includes(kind);
  // Most of the new lines are missing: they may only be late.
  const isDoubted = memoryEvidence.newLines !== undefined && assessment?.memory.reason !== undefined;
  // What is asked about tonight, or would have been, is found out anew tomorrow.
  if (assessment === undefined || readAnew || isDoubted || !(isQuiet || kind === 'LeftOut') || !isKnown)
    return rare && { rare };
  return {
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
