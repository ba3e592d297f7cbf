import { outcomesOf } from '../../shared/contracts/night-report.ts';
import { renderReportPage } from '../../shared/domain/night/report-page/report-page.ts';
import { renderSinceBeginningPage } from '../../shared/domain/night/report-page/since-beginning-page.ts';
import { changedOutcome, largeNight, nightReport } from './night-report.ts';

const DAY_MS = 86_400_000;

/**
 * The night's pages after one night, some weeks and years of nights, so that every chart is drawn at several scales; to be
 * compared between the bundle of this file and the file itself.
 */
export const handler = async (): Promise<string[]> => [1, 40, 900].flatMap(pagesAfter);

function pagesAfter(nights: number): string[] {
  const dates = Array.from({ length: nights }, (_, at) => new Date(Date.UTC(2023, 0, 1) + at * DAY_MS));
  const otherNights = dates.map((date, at) => outcomesOf(nightOf(date.toISOString().slice(0, 10), 1 + (at % 7))));
  const input = { report: { ...largeNight(nights), runDate: '2027-01-01' }, otherNights };
  return [renderReportPage(input), renderSinceBeginningPage(input)];
}

function nightOf(runDate: string, realizedSavingsUsdPerMonth: number) {
  const runId = `scheduled-${runDate}`;
  return nightReport({
    runDate,
    changed: [changedOutcome({ functionName: runDate, runId, realizedSavingsUsdPerMonth })],
  });
}
