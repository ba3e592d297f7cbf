import type { Pages } from '../../../shared/clients/artifacts/artifacts.ts';
import type { NightRecords } from '../../../shared/clients/artifacts/night-records.ts';
import type { ChangeLedger } from '../../../shared/clients/ledger/ledger.ts';
import { readPredictions } from '../../../shared/clients/ledger/read-predictions.ts';
import { type NightRecord, recordOf } from '../../../shared/contracts/night-record.ts';
import type { NightReport } from '../../../shared/contracts/night-report.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { PAGE_NAMES } from '../../../shared/domain/night/report-page/page-names.ts';
import { isVerified } from '../../../shared/domain/night/report-page/proof.ts';
import { renderReportPage } from '../../../shared/domain/night/report-page/report-page.ts';
import { renderSinceBeginningPage } from '../../../shared/domain/night/report-page/since-beginning-page.ts';
import { logger } from '../../../shared/observability/logger.ts';

export interface DrawPages {
  artifacts: Pick<Pages, 'writePage'>;
  nights: NightRecords;
  ledger: Pick<ChangeLedger, 'getChange'>;
}

/**
 * Keeps what later nights want to know of this one, and draws its pages with all nights before it. Never fails: by now
 * the night's work is done, and `rightsizer report --html` draws the same pages again.
 */
export async function drawPages(report: NightReport, run: RunContext, dependencies: DrawPages): Promise<void> {
  try {
    const verified = [...report.settled, ...report.changed].filter(isVerified);
    const otherNights = await dependencies.nights.readAllBut(new Set([run.runId]));
    const tonight = recordOf(report, await readPredictions(dependencies.ledger, verified));
    // A dry run leaves no trace in what real nights remember.
    if (!run.dryRun) await dependencies.nights.write(tonight);
    await writePages(report, [...otherNights, tonight], run, dependencies);
  } catch (error) {
    logger.error('the pages of the night could not be drawn; its report.json is complete', error as Error);
  }
}

async function writePages(
  report: NightReport,
  nights: readonly NightRecord[],
  { artifacts: { prefix } }: RunContext,
  { artifacts }: DrawPages,
): Promise<void> {
  const predictions = nights.flatMap((night) => night.predictions ?? []);
  const content = { report, otherNights: nights, predictions };
  await artifacts.writePage(`${prefix}/${PAGE_NAMES.report}`, renderReportPage(content));
  await artifacts.writePage(`${prefix}/${PAGE_NAMES['since-the-beginning']}`, renderSinceBeginningPage(content));
}
