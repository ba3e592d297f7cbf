import { executionName, runExecution } from '../clients/run-execution.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import type { ConfigurationReport, ConfigurationRow } from '../configure/report.ts';
import { type Step, SUBJECTS, type Subject, type SubjectOptions } from '../configure/subject.ts';
import { refuse, UsageError } from '../input/usage-error.ts';
import { type Column, printable, table } from '../output/table.ts';

export interface ConfigureOptions extends PlaceOptions, SubjectOptions {
  dryRun?: boolean;
  undo?: boolean;
  yes?: boolean;
  json?: boolean;
}

type Speaker = Pick<Terminal, 'environment' | 'colors' | 'widthChars' | 'stderr' | 'confirm'>;

/**
 * Has a configuration workflow plan, shows it, and has it applied once the caller says yes. The workflow decides; the
 * execution, under the caller's identity in CloudTrail, is the record of who wanted it.
 */
export async function configure(
  what: string,
  options: ConfigureOptions,
  terminal: Speaker,
  nowMs: number,
): Promise<CommandResult> {
  refuse(problemsOf(what, options));
  const subject = SUBJECTS[what]!;
  const machines = await findResources([subject.machine], options, terminal.environment);
  const run = (step: Step) =>
    runStep(subject, step, options, { arn: machines[subject.machine]!, name: `${executionName(nowMs)}-${step}` });
  const afterYes = async (step: Step, question: string) =>
    (await isWanted(options, question, terminal)) ? spoken(await run(step), terminal) : NOTHING_DONE;
  if (options.undo) return afterYes('undo', `Undo what Rightsizer configured (${what})?`);
  const planned = await run('plan');
  const plan = spoken(planned, terminal);
  if (options.dryRun || plan.exitCode !== 0 || planned.report?.writes === 0) return plan;
  terminal.stderr.write(`${plan.text}\n\n`);
  return afterYes('apply', `Write this to the account (${what})?`);
}

const NOTHING_DONE: CommandResult = { json: { applied: false }, text: 'Nothing was changed.', exitCode: 0 };

function problemsOf(what: string, options: ConfigureOptions): (string | false)[] {
  const subject = Object.hasOwn(SUBJECTS, what) ? SUBJECTS[what] : undefined;
  const foreign = (['email', 'mode'] as const).filter(
    (name) => options[name] !== undefined && !subject?.takes.includes(name),
  );
  return [
    subject === undefined &&
      `${JSON.stringify(what)} cannot be configured, allowed are ${Object.keys(SUBJECTS).join(', ')}`,
    ...(subject === undefined ? [] : foreign.map((name) => `--${name} says nothing to ${what}`)),
    options.undo === true &&
      options.dryRun === true &&
      '--undo and --dry-run: what would be undone cannot be planned; leave one out',
    options.json === true && !options.yes && !options.dryRun && '--json asks nobody: say --dry-run, or --yes',
  ];
}

async function isWanted({ yes }: ConfigureOptions, question: string, { confirm }: Speaker): Promise<boolean> {
  if (yes) return true;
  if (confirm === undefined) throw new UsageError([`"${question}" needs somebody at a terminal; --yes says yes`]);
  return confirm(question);
}

interface StepResult {
  step: Step;
  executionArn: string;
  report: ConfigurationReport | undefined;
  failure: string | undefined;
}

async function runStep(
  subject: Subject,
  step: Step,
  { email, mode }: SubjectOptions,
  { arn, name }: { arn: string; name: string },
): Promise<StepResult> {
  const settings = { ...(email !== undefined && { email }), ...(mode !== undefined && { mode }) };
  const input = subject.parseInput({ action: subject.actions[step], ...settings });
  const { executionArn, status, output, failure } = await runExecution(arn, name, input);
  const succeeded = status === 'SUCCEEDED';
  return {
    ...{ step, executionArn },
    report: succeeded ? subject.read(output) : undefined,
    failure: succeeded ? undefined : `${status}${failure === undefined ? '' : `: ${failure}`}`,
  };
}

/** What the step's count is of, and how it ended. */
const DONE: Readonly<Record<Step, readonly [counted: string, outcome: string]>> = {
  plan: ['to write', 'Planned; nothing was changed.'],
  apply: ['written', 'Applied.'],
  undo: ['put back or taken away', 'Undone.'],
};

function spoken(
  { step, executionArn, report, failure }: StepResult,
  { colors, widthChars }: Pick<Terminal, 'colors' | 'widthChars'>,
): CommandResult {
  const json = { step, executionArn, ...report, ...(failure !== undefined && { failure }) };
  if (report === undefined)
    return { json, text: printable(`Execution ${executionArn} ended as ${failure}`), exitCode: 1 };
  const { rows, writes, unchanged, problems, notes } = report;
  const [verb, outcome] = DONE[step];
  const parts = [
    rows.length > 0 && table(COLUMNS, rows, colors, widthChars),
    `${outcome} ${writes} ${verb}, ${unchanged} as they should be.`,
    ...[...problems, ...notes].map(printable),
  ];
  return { json, text: parts.filter(Boolean).join('\n\n'), exitCode: problems.length === 0 ? 0 : 1 };
}

const COLUMNS: readonly Column<ConfigurationRow>[] = [
  { heading: 'What', value: ({ what }) => what },
  { heading: 'Resource', value: ({ resource }) => resource },
  { heading: 'Setting', value: ({ setting }) => setting },
  { heading: 'Why', value: ({ reason }) => reason },
];
