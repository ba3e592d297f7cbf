import { UnsupportedByAccountError } from '../core/unsupported.ts';
import type { ReportRow } from '../telemetry.ts';
import type { Value } from './ql-expression.ts';

/** One kind of report line, with its log group, as the evaluator sees it. */
export interface LogLine {
  readonly count: number;
  readonly fields: Readonly<Record<string, Value>>;
}

/** Fields that lines of the implemented kinds may have; any other name in a query is refused. */
const KNOWN_FIELDS = new Set([
  '@log',
  '@type',
  '@duration',
  '@billedDuration',
  '@initDuration',
  '@memorySize',
  '@maxMemoryUsed',
  'type',
  'record.status',
  'record.metrics.durationMs',
  'record.metrics.billedDurationMs',
  'record.metrics.initDurationMs',
  'record.metrics.memorySizeMB',
  'record.metrics.maxMemoryUsedMB',
]);

export function checkField(name: string): void {
  if (!KNOWN_FIELDS.has(name)) throw new UnsupportedByAccountError(`Logs Insights field ${name}`);
}

/** Logs Insights gives a report's memory in bytes of a decimal megabyte (its sample queries divide by 1000 twice). */
const BYTES_PER_MB = 1_000_000;

/** A text log's REPORT line: the fields that Logs Insights discovers by itself. */
export function textReport(log: string, row: ReportRow): LogLine {
  return {
    count: row.count,
    fields: {
      '@log': log,
      '@type': 'REPORT',
      '@duration': row.durationMs,
      '@billedDuration': row.billedDurationMs,
      '@initDuration': row.initDurationMs,
      '@memorySize': row.memorySizeMb * BYTES_PER_MB,
      '@maxMemoryUsed': row.maxMemoryUsedMb * BYTES_PER_MB,
    },
  };
}

/** A JSON log's platform.report record: plain JSON fields, none of the discovered ones. */
export function jsonReport(log: string, row: ReportRow): LogLine {
  return {
    count: row.count,
    fields: {
      '@log': log,
      type: 'platform.report',
      'record.status': row.status,
      'record.metrics.durationMs': row.durationMs,
      'record.metrics.billedDurationMs': row.billedDurationMs,
      'record.metrics.initDurationMs': row.initDurationMs,
      'record.metrics.memorySizeMB': row.memorySizeMb,
      'record.metrics.maxMemoryUsedMB': row.maxMemoryUsedMb,
    },
  };
}
