import type { OperatingCost } from '../../shared/contracts/change.ts';
import type { NightReport } from '../../shared/contracts/night-report.ts';
import type { ChangedOutcome } from '../../shared/contracts/outcome.ts';
import { usd } from '../../shared/domain/approval/proposal/wording.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, Terminal } from '../command.ts';
import { problemOfRunId } from '../input/run-id.ts';
import { refuse } from '../input/usage-error.ts';
import { CHANGE_COLUMN, CHANGE_FIELDS, DECIDED_BY_COLUMN, MONEY_COLUMNS } from '../output/change-columns.ts';
import { flatTable } from '../output/csv.ts';
import { type Column, table } from '../output/table.ts';
import { readReport } from '../runs/read-report.ts';
import { problemsOfPages, type ReportPageOptions, writeReportPages } from '../runs/write-report-pages.ts';

/** What a run did, as its last state reported it; with `--html` also as a page, with the nights before it. */
export async function report(
  runId: string,
  options: ReportPageOptions,
  { environment, ...look }: Pick<Terminal, 'environment' | 'colors' | 'widthChars'>,
  nowMs: number,
): Promise<CommandResult> {
  refuse([problemOfRunId(runId), ...problemsOfPages(options)]);
  const { runBucket } = await findResources(['runBucket'], options, environment);
  const found = await readReport(runBucket, runId);
  const written = await writeReportPages(found, runBucket, options, environment, nowMs);
  const flat = flatTable(FIELDS, [...found.settled, ...found.changed]);
  return { json: found, text: [describe(found, look), ...written].join('\n\n'), flat, exitCode: 0 };
}

interface CountRow {
  name: string;
  count: number;
}

function describe(found: NightReport, { colors, widthChars }: Pick<Terminal, 'colors' | 'widthChars'>): string {
  const counts = Object.entries(found.counts).map(([name, count]) => ({ name, count }));
  const changes = [...found.settled, ...found.changed];
  const paragraphs = [
    `Run ${found.runId}, night of ${found.runDate}`,
    table(
      [
        { heading: 'Functions and changes', value: ({ name }: CountRow) => name },
        { heading: '', align: 'right', value: ({ count }: CountRow) => count },
      ],
      counts,
      colors,
    ),
    `Savings a month: ${usd(found.estimatedSavingsUsdPerMonth)} estimated for what stands, ` +
      `${usd(found.realizedSavingsUsdPerMonth)} measured for what is verified.`,
    ...(found.operatingCost ? [costLine(found.operatingCost)] : []),
    changes.length === 0 ? 'No changes.' : table(COLUMNS, changes, colors, widthChars),
  ];
  return paragraphs.join('\n\n');
}

const costLine = ({ usdPerNight, pricesAsOf }: OperatingCost): string =>
  `The night itself cost about ${usd(usdPerNight)} at list prices of ${pricesAsOf}, alarms and dashboard apart.`;

const COLUMNS: readonly Column<ChangedOutcome>[] = [
  { heading: 'Function', value: ({ functionName }) => functionName },
  { heading: 'Ended as', value: ({ kind }) => kind },
  CHANGE_COLUMN,
  ...MONEY_COLUMNS,
  DECIDED_BY_COLUMN,
];

const FIELDS: Parameters<typeof flatTable<ChangedOutcome>>[0] = {
  functionName: ({ functionName }) => functionName,
  runId: ({ runId }) => runId,
  kind: ({ kind }) => kind,
  ...CHANGE_FIELDS,
};
