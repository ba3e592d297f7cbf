import type { AssessmentItem, FunctionMetrics, MemoryEvidence } from '../../../contracts/evidence.ts';
import type { LineReading, Look } from '../../../contracts/look.ts';
import type { AssessedOutcome } from '../../../contracts/outcome.ts';
import type { RunContext } from '../../../contracts/run.ts';
import { evidenceWindow } from '../evidence/window.ts';
import { withReading } from './read-lines.ts';

export type Tonight = Pick<RunContext, 'runDate' | 'startedAt' | 'policy'>;

/** As much of an item of the first fan-out as is remembered. */
export type LookedAt = Pick<AssessmentItem, 'functionName' | 'lastModified' | 'memoryEvidence'>;

/** Of what was not judged tonight, the lines that have been read stay read. */
export const linesOnly = (former: Look | undefined): Look | undefined =>
  former?.lines && { on: former.on, lastModified: former.lastModified, lines: former.lines };

/**
 * The lines of a function that have been read, tonight's among them where they were accepted. What could not be read tonight is
 * read tomorrow, from where the last reading ended; lines that were doubted are read anew, all of them.
 */
export function linesOf(
  run: Tonight,
  { assessment }: Pick<AssessedOutcome, 'assessment'>,
  { memoryEvidence }: Pick<LookedAt, 'memoryEvidence'>,
  former: Look | undefined,
): Look['lines'] {
  const { memory, metrics } = assessment ?? {};
  if (memory === undefined || memoryEvidence.source === 'none' || memory.readOn !== undefined) return former?.lines;
  const wasAccepted = memory.source === 'ReportLines' && memory.maxMemoryUsedMb !== undefined;
  const tonight = wasAccepted ? readingOf(run, memoryEvidence, metrics) : undefined;
  const before = memoryEvidence.newLines && former?.lines;
  return tonight && withReading(before, tonight, memoryEvidence, evidenceWindow(run));
}

/** Undefined where nobody counted what the lines are counted against. */
function readingOf(
  run: Tonight,
  { newLines, reportCount = 0, maxMemoryUsedMb: most }: MemoryEvidence,
  { invocationsInLookback, invocationsSinceRead }: Partial<FunctionMetrics> = {},
): LineReading | undefined {
  const { startMs, endMs } = evidenceWindow(run);
  const all = { from: new Date(startMs).toISOString(), reports: reportCount, maxMemoryUsedMb: most };
  const { from, reports, maxMemoryUsedMb } = newLines ?? all;
  const invocations = newLines === undefined ? invocationsInLookback : invocationsSinceRead;
  if (invocations === undefined) return undefined;
  const to = new Date(endMs).toISOString();
  return { from, to, reports, invocations, ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }) };
}
