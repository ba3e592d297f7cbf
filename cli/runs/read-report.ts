import * as z from 'zod/mini';
import { createArtifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { runSummarySchema } from '../../shared/contracts/change.ts';
import { changedOutcomeSchema } from '../../shared/contracts/outcome.ts';
import { parseContract } from '../../shared/contracts/parse.ts';
import { ArtifactMissingError } from '../../shared/errors.ts';
import { UsageError } from '../input/usage-error.ts';

/** As SummarizeRun writes it; fields that are not shown pass through to `--json`. */
const reportSchema = z.extend(z.looseObject(runSummarySchema.shape), {
  settled: z.array(changedOutcomeSchema),
  changed: z.array(changedOutcomeSchema),
});
export type Report = z.output<typeof reportSchema>;

/** The report of a run; throws UsageError where it has none. */
export async function readReport(bucket: string, runId: string): Promise<Report> {
  try {
    return await createArtifacts(bucket).readJson(`runs/${runId}/report.json`, (value) =>
      parseContract('report', reportSchema, value),
    );
  } catch (error) {
    if (!(error instanceof ArtifactMissingError)) throw error;
    throw new UsageError([`run ${runId} has no report: it is not over, it failed, or there is none of that name`]);
  }
}
