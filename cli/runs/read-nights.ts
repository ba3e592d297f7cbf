import { createArtifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { type NightOutcomes, outcomesOf, parseNightReport } from '../../shared/contracts/night-report.ts';
import { ArtifactMissingError } from '../../shared/errors.ts';
import { listRunIds } from '../clients/run-folders.ts';
import { RUN_ID } from '../input/run-id.ts';

/** A report of a large account has megabytes, of which little is kept; so few are held at once. */
const READS_AT_ONCE = 4;

/** What came of every night whose report is still in the bucket, in no particular order. */
export async function readNights(bucket: string): Promise<NightOutcomes[]> {
  const waiting = (await listRunIds(bucket)).filter((id) => RUN_ID.test(id));
  const nights: NightOutcomes[] = [];
  const readOn = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const night = await readNight(bucket, id);
      if (night !== undefined) nights.push(night);
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readOn));
  return nights;
}

/** Undefined for a run that is not over, or failed. */
async function readNight(bucket: string, runId: string): Promise<NightOutcomes | undefined> {
  try {
    return await createArtifacts(bucket).readJson(`runs/${runId}/report.json`, (value) =>
      outcomesOf(parseNightReport(value)),
    );
  } catch (error) {
    if (error instanceof ArtifactMissingError) return undefined;
    throw error;
  }
}
