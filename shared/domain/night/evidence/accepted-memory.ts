import type { FunctionMetrics, MemoryEvidence } from '../../../contracts/evidence.ts';

/**
 * REPORT lines of less than half the invocations may have missed the worst one: the group's retention is shorter than
 * the look-back, or lines are sampled or filtered. Our choice; raising it makes fewer functions assessable.
 */
export const MINIMUM_COVERAGE = 0.5;
/**
 * Of the lines since the last reading, less: a burst that begins before a stretch's end and ends after it is counted with its calls in this
 * one, and with its lines in the next, which begins earlier and so counts the calls of both.
 */
const MINIMUM_NEW_COVERAGE = 1 / 3;
/** Lines and metrics arrive minutes apart, so a few lines more than invocations prove nothing. */
const SURPLUS_SHARE = 0.1;
const SURPLUS_REPORTS = 10;

/** Memory evidence as far as it may be relied on. */
export interface AcceptedMemory {
  readonly source: MemoryEvidence['source'];
  /** Absent when there is no evidence that may be relied on; `reason` says why. */
  readonly maxMemoryUsedMb?: number;
  /** Share of the look-back's invocations whose REPORT lines were read; absent for other sources. */
  readonly coverage?: number;
  /** Night that read and counted the lines, where that was not this one. */
  readonly readOn?: string;
  readonly reason?: string;
}

/** Counts REPORT lines against Invocations; Compute Optimizer has counted for itself. Missing stays missing, never 0. */
export function acceptedMemory(evidence: MemoryEvidence, metrics: FunctionMetrics | undefined): AcceptedMemory {
  if (evidence.readOn !== undefined) return acceptedBefore(evidence, evidence.readOn);
  const { source, maxMemoryUsedMb, reportCount, reason } = evidence;
  if (source === 'none' || maxMemoryUsedMb === undefined) {
    return { source: 'none', reason: reason ?? 'no memory evidence' };
  }
  if (source !== 'ReportLines' || reportCount === undefined) return { source, maxMemoryUsedMb };
  const invocations = countedAgainst(evidence, metrics);
  if (invocations === 0) return { source, reason: 'REPORT lines could not be counted against invocations' };
  const coverage = Math.round(Math.min(1, reportCount / invocations) * 1000) / 1000;
  const doubt = doubtOf(reportCount, invocations) ?? newLinesMissing(evidence, metrics);
  return doubt === undefined ? { source, maxMemoryUsedMb, coverage } : { source, coverage, reason: doubt };
}

/** Lines of earlier nights are counted against the calls of their own stretches, which those nights knew. */
function countedAgainst({ newLines }: MemoryEvidence, metrics: FunctionMetrics | undefined): number {
  if (newLines === undefined) return metrics?.invocationsInLookback ?? 0;
  const { invocationsSinceRead } = metrics ?? {};
  return invocationsSinceRead === undefined ? 0 : newLines.invocationsBefore + invocationsSinceRead;
}

/** Counted against the invocations of its own look-back; tonight's are others. */
function acceptedBefore({ source, maxMemoryUsedMb, coverage, reason }: MemoryEvidence, readOn: string): AcceptedMemory {
  return {
    source,
    readOn,
    ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
    ...(coverage !== undefined && { coverage }),
    ...(reason !== undefined && { reason }),
  };
}

/**
 * Lines that are late by hours would be missed for good among those of earlier nights, so new ones are held to a share of their own: then
 * nothing is known tonight, and all lines are read anew. Where none is there at all, two calls are enough to wonder.
 */
function newLinesMissing({ newLines }: MemoryEvidence, metrics: FunctionMetrics | undefined): string | undefined {
  const invocations = metrics?.invocationsSinceRead ?? 0;
  if (newLines === undefined || newLines.reports >= invocations * MINIMUM_NEW_COVERAGE) return undefined;
  const { from, reports } = newLines;
  if (invocations - reports <= (reports === 0 ? 1 : SURPLUS_REPORTS)) return undefined;
  return `only ${reports} REPORT lines for ${invocations} invocations since ${from}: they are late, filtered, sampled or written elsewhere`;
}

function doubtOf(reports: number, invocations: number): string | undefined {
  if (reports < invocations * MINIMUM_COVERAGE) {
    return `only ${reports} REPORT lines for ${invocations} invocations: they are filtered, sampled, expired or written elsewhere`;
  }
  if (reports > invocations * (1 + SURPLUS_SHARE) + SURPLUS_REPORTS) {
    return `${reports} REPORT lines for ${invocations} invocations: other functions write to the same log group`;
  }
  return undefined;
}
