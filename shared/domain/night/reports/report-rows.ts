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
    ...coldStarts(current),
  };
}

function coldStarts(rows: readonly ReportRow[]): Pick<MemoryEvidence, 'coldStartShare' | 'initDurationMs'> {
  const reports = rows.reduce((sum, row) => sum + row.reports, 0);
  if (reports === 0) return {};
  const starts = rows.reduce((sum, row) => sum + row.coldStarts, 0);
  const initMs = rows.reduce((sum, row) => sum + row.coldStarts * (row.meanInitDurationMs ?? 0), 0);
  return {
    coldStartShare: Math.round((starts / reports) * 1e4) / 1e4,
    ...(starts > 0 && initMs > 0 && { initDurationMs: Math.round((initMs / starts) * 10) / 10 }),
  };
}
