import type { ReportRow } from '../../domain/night/reports/report-rows.ts';

/**
 * The Logs Insights queries over Lambda's REPORT lines, and how their rows are read. One row per log group and memory
 * size, so that a size the function no longer has still tells how much memory it used.
 *
 * Units: `@maxMemoryUsed` and `@memorySize` are bytes (decimal: 128 MB is 128000000), `@initDuration` milliseconds;
 * the JSON fields name theirs. `@log` is `<account id>:<log group>`. `count(field)` counts events that have the field,
 * and only a cold start's REPORT has an init duration.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html (platform.report)
 */
export const TEXT_REPORT_QUERY = [
  'filter @type = "REPORT"',
  'stats max(@maxMemoryUsed) as maxMemoryUsed, count(*) as reports, count(@initDuration) as coldStarts, avg(@initDuration) as meanInitDuration by @log, @memorySize',
].join('\n| ');

export const JSON_REPORT_QUERY = [
  'filter type = "platform.report"',
  'stats max(record.metrics.maxMemoryUsedMB) as maxMemoryUsed, count(*) as reports, count(record.metrics.initDurationMs) as coldStarts, avg(record.metrics.initDurationMs) as meanInitDuration by @log, record.metrics.memorySizeMB',
].join('\n| ');

/** One row of GetQueryResults: names and values, all text, a column without a value left out. */
export type QueryRow = readonly { field?: string | undefined; value?: string | undefined }[];

/** Lambda counts its megabytes in decimal when Insights gives them as bytes. */
const BYTES_PER_MB = 1_000_000;

export function reportQuery(logFormat: 'Text' | 'JSON'): string {
  return logFormat === 'JSON' ? JSON_REPORT_QUERY : TEXT_REPORT_QUERY;
}

/** The row as numbers in MB and milliseconds; undefined when it names no group or no memory, and so is no evidence. */
export function readReportRow(row: QueryRow, logFormat: 'Text' | 'JSON'): ReportRow | undefined {
  const text = new Map(row.map(({ field, value }) => [field, value]));
  const number = (field: string): number => Number(text.get(field) || Number.NaN);
  const inMb = (value: number): number => (logFormat === 'JSON' ? value : value / BYTES_PER_MB);
  const memorySizeMb = inMb(number(logFormat === 'JSON' ? 'record.metrics.memorySizeMB' : '@memorySize'));
  const maxMemoryUsedMb = inMb(number('maxMemoryUsed'));
  const log = text.get('@log');
  if (log === undefined || !(memorySizeMb > 0) || !(maxMemoryUsedMb > 0)) return undefined;
  const meanInitDurationMs = number('meanInitDuration');
  return {
    logGroupName: log.slice(log.indexOf(':') + 1),
    memorySizeMb,
    maxMemoryUsedMb,
    reports: number('reports') || 0,
    coldStarts: number('coldStarts') || 0,
    ...(meanInitDurationMs > 0 && { meanInitDurationMs }),
  };
}
