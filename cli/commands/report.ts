import type { OperatingCost } from '../../shared/contracts/change.ts';
import type { ChangedOutcome } from '../../shared/contracts/outcome.ts';
import { configurationChange, usd } from '../../shared/domain/approval/proposal/wording.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { refuse } from '../input/usage-error.ts';
import { type Column, table } from '../output/table.ts';
import { type Report, readReport } from '../runs/read-report.ts';

const RUN_ID = /^(scheduled|manual)-[\w.-]{1,100}$/;

/** What a run did, as its last state reported it. */
export async function report(
  runId: string,
  options: PlaceOptions,
  { environment, colors }: Pick<Terminal, 'environment' | 'colors'>,
): Promise<CommandResult> {
  refuse([!RUN_ID.test(runId) && `${JSON.stringify(runId)} is not a run's id, such as scheduled-2026-11-23`]);
  const { runBucket } = await findResources(['runBucket'], options, environment);
  const found = await readReport(runBucket, runId);
  return { json: found, text: describe(found, colors), exitCode: 0 };
}

interface CountRow {
  name: string;
  count: number;
}

function describe(found: Report, colors: boolean): string {
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
    changes.length === 0 ? 'No changes.' : table(CHANGE_COLUMNS, changes, colors),
  ];
  return paragraphs.join('\n\n');
}

const costLine = ({ usdPerNight, pricesAsOf }: OperatingCost): string =>
  `The night itself cost about ${usd(usdPerNight)} at list prices of ${pricesAsOf}, alarms and dashboard apart.`;

const CHANGE_COLUMNS: readonly Column<ChangedOutcome>[] = [
  { heading: 'Function', value: ({ functionName }) => functionName },
  { heading: 'Ended as', value: ({ kind }) => kind },
  {
    heading: 'Change',
    value: ({ before, after }) => (before && after ? configurationChange(before, after) : undefined),
  },
  {
    heading: 'Estimated',
    align: 'right',
    value: ({ estimatedSavingsUsdPerMonth: saved }) => (saved === undefined ? undefined : usd(saved)),
  },
  {
    heading: 'Measured',
    align: 'right',
    value: ({ realizedSavingsUsdPerMonth: saved }) => (saved === undefined ? undefined : usd(saved)),
  },
  { heading: 'Decided by', value: ({ decidedBy }) => decidedBy },
];
