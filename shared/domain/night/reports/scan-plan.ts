import type { ManifestEntry } from '../../../contracts/manifest.ts';

const DAY_MS = 86_400_000;

/** A log group as far as the cost of a query depends on it. */
export interface LogGroupFacts {
  readonly storedBytes: number;
  readonly retentionDays?: number;
  readonly createdAtMs?: number;
  readonly logGroupClass: string;
}

export type LoggedFunction = Pick<
  ManifestEntry,
  'functionName' | 'memorySizeMb' | 'logGroupName' | 'logFormat' | 'systemLogLevel'
>;

/** A function whose REPORT lines are worth asking for, and about how many bytes that scans. */
export interface PlannedScan {
  readonly functionName: string;
  readonly logGroupName: string;
  readonly logFormat: 'Text' | 'JSON';
  readonly logGroupClass: string;
  /** From where on its lines are read, epoch ms. */
  readonly startMs: number;
  readonly estimatedBytes: number;
}

export interface ScanPlan {
  /** The most valuable first. */
  readonly scans: PlannedScan[];
  /** Why the other functions' lines are not asked for, by function name. */
  readonly skipped: Map<string, string>;
}

/** Insights queries both classes; a DELIVERY group can't be queried. */
const QUERYABLE_CLASSES = new Set(['STANDARD', 'INFREQUENT_ACCESS']);

export interface ScanRequest {
  /** Those that need REPORT lines. */
  readonly functions: readonly LoggedFunction[];
  readonly groups: ReadonlyMap<string, LogGroupFacts>;
  /** Names of groups that several functions of the account write to. */
  readonly sharedGroups: ReadonlySet<string>;
  readonly window: { readonly startMs: number; readonly endMs: number };
  /** From where on a function's lines are worth reading, by its name. @default - from the window's start */
  readonly startMsOf?: (functionName: string) => number | undefined;
}

/**
 * Which functions' logs are worth reading, as far as the budget will go. Functions whose lines can't tell anything are
 * skipped with a reason; the others come in the order of their worth: memory size first (what a smaller size could
 * save grows with it), then log volume (a stand-in for traffic, of which nothing is known yet).
 */
export function planScans(request: ScanRequest): ScanPlan {
  const skipped = new Map<string, string>();
  return { scans: ranked(readableScans(request, skipped)), skipped };
}

type RankedScan = PlannedScan & { memorySizeMb: number };

function readableScans(
  { functions, groups, sharedGroups, window, startMsOf }: ScanRequest,
  skipped: Map<string, string>,
): RankedScan[] {
  const readable: RankedScan[] = [];
  for (const { functionName, logGroupName, logFormat, memorySizeMb, systemLogLevel } of functions) {
    const group = groups.get(logGroupName);
    const reason = unreadableReason({ logGroupName, logFormat, systemLogLevel }, group, sharedGroups);
    if (group === undefined || reason !== undefined) {
      skipped.set(functionName, reason ?? `log group ${logGroupName} does not exist`);
      continue;
    }
    const startMs = startMsOf?.(functionName) ?? window.startMs;
    const estimatedBytes = estimatedScanBytes(group, { ...window, startMs });
    readable.push({
      functionName,
      logGroupName,
      logFormat,
      logGroupClass: group.logGroupClass,
      startMs,
      estimatedBytes,
      memorySizeMb,
    });
  }
  return readable;
}

const ranked = (scans: readonly RankedScan[]): RankedScan[] =>
  scans.toSorted(
    (a, b) =>
      b.memorySizeMb - a.memorySizeMb ||
      b.estimatedBytes - a.estimatedBytes ||
      (a.functionName < b.functionName ? -1 : 1),
  );

export const overBudget = (scan: PlannedScan): string =>
  `its log group (about ${Math.ceil(scan.estimatedBytes / 1e6)} MB to scan) no longer fitted the night's scan budget`;

/** REPORT lines of a shared group can't be told apart: they name a request, not a function. */
export function sharedLogGroups(functions: readonly Pick<LoggedFunction, 'logGroupName'>[]): Set<string> {
  const counts = new Map<string, number>();
  for (const { logGroupName } of functions) counts.set(logGroupName, (counts.get(logGroupName) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
}

function unreadableReason(
  each: Pick<LoggedFunction, 'logGroupName' | 'logFormat' | 'systemLogLevel'>,
  group: LogGroupFacts | undefined,
  shared: ReadonlySet<string>,
): string | undefined {
  if (each.logFormat === 'JSON' && each.systemLogLevel === 'WARN') {
    return 'system log level WARN drops the report lines of successful invocations';
  }
  if (shared.has(each.logGroupName)) return `log group ${each.logGroupName} is shared with other functions`;
  if (group && !QUERYABLE_CLASSES.has(group.logGroupClass))
    return `log groups of class ${group.logGroupClass} can't be queried`;
  return undefined;
}

/**
 * Bytes a query over the window scans: the stored bytes' share by time, as if the group had grown evenly since it was
 * made or since its retention began to bite. storedBytes is what DescribeLogGroups said, some hours old.
 */
export function estimatedScanBytes(group: LogGroupFacts, window: { startMs: number; endMs: number }): number {
  const lengthMs = window.endMs - window.startMs;
  const ageMs = group.createdAtMs === undefined ? Number.POSITIVE_INFINITY : window.endMs - group.createdAtMs;
  const keptMs = group.retentionDays === undefined ? Number.POSITIVE_INFINITY : group.retentionDays * DAY_MS;
  const heldMs = Math.min(ageMs, keptMs);
  // Nothing is known of how old the bytes are: then all of them may lie in the window.
  if (!Number.isFinite(heldMs) || heldMs <= lengthMs) return group.storedBytes;
  return Math.ceil(group.storedBytes * (lengthMs / heldMs));
}
