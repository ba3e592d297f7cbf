import { writeFileSync } from 'node:fs';
import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { readPredictions } from '../../shared/clients/ledger/read-predictions.ts';
import type { NightOutcomes, NightReport } from '../../shared/contracts/night-report.ts';
import type { ChangedOutcome } from '../../shared/contracts/outcome.ts';
import type { ReportPageInput } from '../../shared/domain/night/report-page/page-content.ts';
import { isVerified, proveNights } from '../../shared/domain/night/report-page/proof.ts';
import { renderReportPage } from '../../shared/domain/night/report-page/report-page.ts';
import { renderSinceBeginningPage } from '../../shared/domain/night/report-page/since-beginning-page.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { PlaceOptions, Terminal } from '../command.ts';
import { problemOfFile } from '../input/file-to-write.ts';
import { readNights } from './read-nights.ts';
import { type OpenRun, readOpenRuns } from './read-open-runs.ts';

export interface ReportPageOptions extends PlaceOptions {
  /** File for the night's page. */
  html?: string;
  /** File for the page of all nights up to this one. */
  sinceBeginning?: string;
}

/** What is wrong with the files that pages are to go to, found before the account is asked. */
export const problemsOfPages = ({ html, sinceBeginning }: ReportPageOptions): (string | false)[] => [
  html !== undefined && problemOfFile('--html', html),
  sinceBeginning !== undefined && problemOfFile('--since-beginning', sinceBeginning),
];

/** Writes the pages that are asked for; answers what to say of each. */
export async function writeReportPages(
  report: NightReport,
  runBucket: string,
  options: ReportPageOptions,
  environment: Terminal['environment'],
  nowMs: number,
): Promise<string[]> {
  const wanted = PAGES.filter(({ option }) => options[option] !== undefined);
  if (wanted.length === 0) return [];
  const content = await contentOfPages(report, runBucket, options, environment, nowMs);
  return wanted.map(({ option, words, render }) => {
    const file = options[option]!;
    writeFileSync(file, render(content));
    return `${words}: ${file}`;
  });
}

const PAGES = [
  { option: 'html', words: 'As a page', render: renderReportPage },
  { option: 'sinceBeginning', words: 'Since the beginning', render: renderSinceBeginningPage },
] as const;

/** The page also tells the nights before, how their predictions met production, and what waits at this moment. */
async function contentOfPages(
  report: NightReport,
  runBucket: string,
  options: ReportPageOptions,
  environment: Terminal['environment'],
  nowMs: number,
): Promise<ReportPageInput> {
  const { ledgerTable } = await findResources(['ledgerTable'], options, environment);
  const otherNights = await readNights(runBucket);
  const [open, predictions] = await Promise.all([
    readOpenRuns({ ...options, ledgerTable, runBucket }, environment, nowMs),
    readPredictions(createLedger(ledgerTable), newestVerified(otherNights, report.runDate)),
  ]);
  return { report, otherNights, predictions, openProposals: waitingOf(open) };
}

/** The newest of them say how good predictions are now, in a second or two of reading. */
const MOST_PREDICTIONS = 500;

function newestVerified(nights: readonly NightOutcomes[], upToDate: string): ChangedOutcome[] {
  const verified = proveNights(nights.filter(({ runDate }) => runDate <= upToDate)).changes.filter(({ outcome }) =>
    isVerified(outcome),
  );
  return verified.slice(-MOST_PREDICTIONS).map(({ outcome }) => outcome);
}

const waitingOf = (open: readonly OpenRun[]) =>
  open.flatMap(({ proposals }) =>
    proposals.map(({ functionName, savings }) => ({
      functionName,
      estimatedSavingsUsdPerMonth: savings.savingsUsdPerMonth,
    })),
  );
