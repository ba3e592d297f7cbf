import * as z from 'zod/mini';
import { createArtifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { runSummarySchema } from '../../shared/contracts/change.ts';
import { type ChangedOutcome, changedOutcomeSchema } from '../../shared/contracts/outcome.ts';
import { parseContract } from '../../shared/contracts/parse.ts';
import { configurationChange, usd } from '../../shared/domain/approval/proposal/wording.ts';
import { ArtifactMissingError } from '../../shared/errors.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { refuse, UsageError } from '../input/usage-error.ts';
import { type Column, table } from '../output/table.ts';

const RUN_ID = /^(scheduled|manual)-[\w.-]{1,100}$/;

/** As SummarizeRun writes it; fields that are not shown pass through to `--json`. */
const reportSchema = z.extend(z.looseObject(runSummarySchema.shape), {
  settled: z.array(changedOutcomeSchema),
  changed: z.array(changedOutcomeSchema),
});
type Report = z.output<typeof reportSchema>;

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

async function readReport(bucket: string, runId: string): Promise<Report> {
  try {
    return await createArtifacts(bucket).readJson(`runs/${runId}/report.json`, (value) =>
      parseContract('report', reportSchema, value),
    );
  } catch (error) {
    if (!(error instanceof ArtifactMissingError)) throw error;
    throw new UsageError([`run ${runId} has no report: it is not over, it failed, or there is none of that name`]);
  }
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
    changes.length === 0 ? 'No changes.' : table(CHANGE_COLUMNS, changes, colors),
  ];
  return paragraphs.join('\n\n');
}

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
