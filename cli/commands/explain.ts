import type { AssessedCandidate, Assessment } from '../../shared/contracts/assessment.ts';
import type { NightReport } from '../../shared/contracts/night-report.ts';
import type { AssessedOutcome } from '../../shared/contracts/outcome.ts';
import { configurationChange, duration, percentChange, usd } from '../../shared/domain/approval/proposal/wording.ts';
import { listRunIds } from '../clients/run-folders.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { evidenceWords } from '../explain/evidence-words.ts';
import { plotCurve } from '../explain/plot.ts';
import { whyNot } from '../explain/why-not.ts';
import { problemOfRunId, RUN_ID } from '../input/run-id.ts';
import { refuse, UsageError } from '../input/usage-error.ts';
import { type Column, printable, table } from '../output/table.ts';
import { readReport } from '../runs/read-report.ts';

export interface ExplainOptions extends PlaceOptions {
  run?: string;
}

type Look = Pick<Terminal, 'colors' | 'widthChars'>;

/** Why a function should have the size it is given, and no other, as the newest night that is over saw it. */
export async function explain(
  functionName: string,
  options: ExplainOptions,
  { environment, ...look }: Pick<Terminal, 'environment' | 'colors' | 'widthChars'>,
): Promise<CommandResult> {
  refuse([options.run !== undefined && problemOfRunId(options.run)]);
  const { runBucket } = await findResources(['runBucket'], options, environment);
  const report = options.run === undefined ? await newestReport(runBucket) : await readReport(runBucket, options.run);
  const skipped = report.excluded?.find((each) => each.functionName === functionName);
  const found = report.assessed?.find((each) => each.functionName === functionName);
  if (skipped !== undefined) {
    const text = `${functionName} was left alone in run ${report.runId} (${skipped.reason}): ${skipped.message}`;
    return { json: { runId: report.runId, functionName, excluded: skipped }, text: printable(text), exitCode: 0 };
  }
  if (found === undefined)
    throw new UsageError([`run ${report.runId} knows no function ${JSON.stringify(functionName)}`]);
  return { json: { runId: report.runId, ...found }, text: describe(report, found, look), exitCode: 0 };
}

/** Scheduled nights first, by their dates; runs by hand only where no night is over yet. */
async function newestReport(bucket: string): Promise<NightReport> {
  const ids = (await listRunIds(bucket))
    .filter((id) => RUN_ID.test(id))
    .toSorted()
    .toReversed();
  for (const id of ids) {
    try {
      return await readReport(bucket, id);
    } catch (error) {
      // A night that is not over has no report yet; the one before it has.
      if (!(error instanceof UsageError)) throw error;
    }
  }
  throw new UsageError(['no run is over yet: there is nothing to explain']);
}

function describe(
  { runId }: NightReport,
  { functionName, kind, reason, assessment, savings }: AssessedOutcome,
  look: Look,
): string {
  const head = printable(`${functionName} in run ${runId}: ${kind}`);
  if (assessment === undefined) return `${head}\n\n${printable(reason)}`;
  const { current, recommended } = assessment;
  const change =
    configurationChange(current, recommended) || `stays at ${current.memorySizeMb} MB and ${current.timeoutSeconds} s`;
  const money =
    savings &&
    `, ${usd(savings.costUsdPerMonthBefore)} a month now, ${usd(savings.savingsUsdPerMonth)} saved by estimate`;
  const curve = plotCurve(assessment, look.widthChars);
  return [
    head,
    `${change}${money ?? ''}\n${printable(reason)}`,
    `Evidence\n${evidenceWords(assessment)
      .map((line) => printable(`  ${line}`))
      .join('\n')}`,
    curve && `Mean duration by memory (* has run there, o predicted)\n${curve}`,
    assessment.candidates.length > 0 &&
      `Sizes the model weighed\n${table(columnsFor(assessment), assessment.candidates, look.colors, look.widthChars)}`,
    assessment.advice.length > 0 &&
      `Besides\n${assessment.advice.map(({ message }) => printable(`  ${message}`)).join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

const columnsFor = (assessment: Assessment): readonly Column<AssessedCandidate>[] => [
  { heading: 'MB', align: 'right', value: ({ memorySizeMb }) => memorySizeMb },
  { heading: 'Mean', align: 'right', value: ({ meanDurationMs }) => duration(meanDurationMs) },
  {
    heading: '9 of 10 times',
    value: (each) => `${duration(each.meanDurationLowerMs)} to ${duration(each.meanDurationUpperMs)}`,
  },
  { heading: 'p95', align: 'right', value: ({ p95DurationMs }) => duration(p95DurationMs) },
  { heading: 'Cost', align: 'right', value: ({ relativeCost }) => percentChange(relativeCost - 1) },
  { heading: '', value: (each) => whyNot(each, assessment) },
];
