/** Handlers log and measure themselves as they do in Lambda; a night on the terminal shows its own lines. */
export function quietHandlers(): void {
  process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
  process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';
}
