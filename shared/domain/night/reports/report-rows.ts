import type { MemoryEvidence } from '../../../contracts/evidence.ts';

/** The REPORT lines of one log group at one memory size. */
export interface ReportRow {
  readonly logGroupName: string;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  readonly reports: number;
  readonly coldStarts: number;
  /** Absent when there was no cold start. */
  readonly meanInitDurationMs?: number;
}

/**
 * Memory evidence of a function from its log group's rows. The most memory ever used counts at whatever size it was;
 * cold starts only at the current size, since INIT gets faster or slower with it.
 */
export function evidenceFromReports(rows: readonly ReportRow[], memorySizeMb: number): MemoryEvidence {
  const reportCount = rows.reduce((sum, row) => sum + row.reports, 0);
  if (reportCount === 0) return { source: 'none', reason: 'no REPORT lines in the look-back' };
  const current = rows.filter((row) => row.memorySizeMb === memorySizeMb);
  return {
    source: 'ReportLines',
    maxMemoryUsedMb: Math.max(...rows.map((row) => row.maxMemoryUsedMb)),
    reportCount,
    ...coldStartsOf(current.map((row) => ({ ...row, initDurationMs: row.meanInitDurationMs ?? 0 }))),
  };
}

/** Some lines, and the cold starts among them with what they took on average; 0 where nobody says. */
export interface CountedStarts {
  readonly reports: number;
  readonly coldStarts: number;
  readonly initDurationMs: number;
}

/** What cold starts are to all lines together; nothing where there are none. */
export function coldStartsOf(
  parts: readonly CountedStarts[],
): Pick<MemoryEvidence, 'coldStartShare' | 'initDurationMs'> {
  const reports = parts.reduce((sum, part) => sum + part.reports, 0);
  if (reports === 0) return {};
  const starts = parts.reduce((sum, part) => sum + part.coldStarts, 0);
  const initMs = parts.reduce((sum, part) => sum + part.coldStarts * part.initDurationMs, 0);
  return {
    coldStartShare: Math.round((starts / reports) * 1e4) / 1e4,
    ...(starts > 0 && initMs > 0 && { initDurationMs: Math.round((initMs / starts) * 10) / 10 }),
  };
}
