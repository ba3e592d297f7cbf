/** Tests assert on answers, not on log lines; handlers' logs and EMF metrics stay out of jest's report. */
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'SILENT';
process.env['POWERTOOLS_METRICS_DISABLED'] ??= 'true';
