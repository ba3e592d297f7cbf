// Imported before anything of the pipeline: its logger would write JSON lines among the answer.
process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';

export {};
