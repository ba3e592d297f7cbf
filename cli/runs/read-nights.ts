import { createArtifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { createNightRecords, readEach } from '../../shared/clients/artifacts/night-records.ts';
import { type NightOutcomes, outcomesOf, parseNightReport } from '../../shared/contracts/night-report.ts';
import { listRunIds } from '../clients/run-folders.ts';
import { RUN_ID } from '../input/run-id.ts';

/** A report of a large account has megabytes, of which little is kept; so few are held at once. */
const READS_AT_ONCE = 4;

/**
 * What came of every night that is remembered, in no particular order: from its report with names and reasons, and
 * where that has expired from the record that stays.
 */
export async function readNights(bucket: string): Promise<NightOutcomes[]> {
  const runIds = (await listRunIds(bucket)).filter((id) => RUN_ID.test(id));
  const reported = await readEach(runIds, READS_AT_ONCE, (runId) => readNight(bucket, runId));
  const known = new Set(reported.map(({ runId }) => runId));
  return [...reported, ...(await createNightRecords(bucket).readAllBut(known))];
}

const readNight = (bucket: string, runId: string): Promise<NightOutcomes> =>
  createArtifacts(bucket).readJson(`runs/${runId}/report.json`, (value) => outcomesOf(parseNightReport(value)));
