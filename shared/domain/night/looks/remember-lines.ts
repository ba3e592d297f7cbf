import type { AssessmentItem, FunctionMetrics, MemoryEvidence } from '../../../contracts/evidence.ts';
import type { LineReading, Look } from '../../../contracts/look.ts';
import type { AssessedOutcome } from '../../../contracts/outcome.ts';
import type { RunContext } from '../../../contracts/run.ts';
import { type EvidenceWindow, evidenceWindow } from '../evidence/window.ts';
import { withinWindow, withReading } from './read-lines.ts';

export type Tonight = Pick<RunContext, 'runDate' | 'startedAt' | 'policy'>;

/** As much of an item of the first fan-out as is remembered. */
export type LookedAt = Pick<AssessmentItem, 'functionName' | 'lastModified' | 'memoryEvidence'>;

/** Of what was not judged tonight, the lines that have been read stay read. */
export const linesOnly = (former: Look | undefined): Look | undefined =>
  former?.lines && { on: former.on, lastModified: former.lastModified, lines: former.lines };

/**
 * The lines of a function that have been read, tonight's among them where they were accepted. What was not read tonight is read
 * another night, from where the last reading ended. Lines that were doubted are read anew, all of them; and so are those of a function
 * whose earlier readings are no longer there, since tonight's alone would pass for all of the look-back.
 */
export function linesOf(
  run: Tonight,
  { assessment }: Pick<AssessedOutcome, 'assessment'>,
  { lastModified, memoryEvidence }: Pick<LookedAt, 'lastModified' | 'memoryEvidence'>,
  former: Look | undefined,
): Look['lines'] {
  const { memory, metrics } = assessment ?? {};
  const window = evidenceWindow(run);
  const tonight = memory && readingOf(window, memoryEvidence, metrics);
  if (memory?.source !== 'ReportLines' || memory.readOn !== undefined || tonight === undefined)
    return keptLines(former, lastModified, window);
  if (memory.maxMemoryUsedMb === undefined) return undefined;
  const { newLines } = memoryEvidence;
  if (newLines === undefined) return withReading(undefined, tonight, memoryEvidence, window);
  const before = former?.lines;
  const isThere = (before?.readings.at(-1)?.to ?? '') >= newLines.from;
  return isThere ? withReading(before, tonight, memoryEvidence, window) : undefined;
}

/** INIT takes another time in another configuration; memory is counted whatever it was used by. */
function keptLines(former: Look | undefined, lastModified: string, window: EvidenceWindow): Look['lines'] {
  if (former?.lines === undefined) return undefined;
  const readings = withinWindow(former.lines.readings, window);
  if (readings.length === 0) return undefined;
  return former.lastModified === lastModified ? { ...former.lines, readings } : { readings };
}

/** Undefined where nobody counted what the lines are counted against. */
function readingOf(
  { startMs, endMs }: EvidenceWindow,
  { newLines, reportCount = 0, maxMemoryUsedMb: most }: MemoryEvidence,
  { invocationsInLookback, invocationsSinceRead }: Partial<FunctionMetrics> = {},
): LineReading | undefined {
  const all = { from: new Date(startMs).toISOString(), reports: reportCount, maxMemoryUsedMb: most };
  const { from, reports, maxMemoryUsedMb } = newLines ?? all;
  const invocations = newLines === undefined ? invocationsInLookback : invocationsSinceRead;
  if (invocations === undefined) return undefined;
  const to = new Date(endMs).toISOString();
  return { from, to, reports, invocations, ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }) };
}
