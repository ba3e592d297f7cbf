import { createArtifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { type NightReport, parseNightReport } from '../../shared/contracts/night-report.ts';
import { ArtifactMissingError } from '../../shared/errors.ts';
import { UsageError } from '../input/usage-error.ts';

/** The report of a run; throws UsageError where it has none. */
export async function readReport(bucket: string, runId: string): Promise<NightReport> {
  try {
    return await createArtifacts(bucket).readJson(`runs/${runId}/report.json`, parseNightReport);
  } catch (error) {
    if (!(error instanceof ArtifactMissingError)) throw error;
    throw new UsageError([`run ${runId} has no report: it is not over, it failed, or there is none of that name`]);
  }
}
