import { Command, CommanderError, Option } from 'commander';
import { clock } from '../shared/clock.ts';
import { ErrorName, InvalidInputError, RightsizerError } from '../shared/errors.ts';
import type { CommandResult, Terminal } from './command.ts';
import { remedyFor } from './explain-aws-error.ts';
import { UsageError } from './input/usage-error.ts';
import { EPILOGUE, EXAMPLES } from './texts.ts';

/** Documented in `rightsizer help` and docs/cli.md. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;

type Perform = (options: never, ...operands: never[]) => Promise<CommandResult>;

/** Runs one command line, answers the exit code; never throws. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = createProgram(terminal, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, terminal);
  }
}

/** Commands load their modules when they are called: `recommend` needs no SDK, and `pending` no model. */
export function createProgram(terminal: Terminal, end: (exitCode: number) => void): Command {
  const program = new Command('rightsizer');
  program
    .description("Rightsizer's command line: what waits, what was done, and decisions under your IAM identity")
    .option('--stack <name>', 'name of the CloudFormation stack (default: RIGHTSIZER_STACK or Rightsizer)')
    .option('--region <region>', 'AWS region (default: as the AWS SDK finds it)')
    .option('--ledger-table <name>', 'the ledger, without asking CloudFormation (or RIGHTSIZER_LEDGER_TABLE)')
    .option('--run-bucket <name>', 'the run bucket, without asking CloudFormation (or RIGHTSIZER_RUN_BUCKET)')
    .option('--state-machine <arn>', 'the nightly workflow (or RIGHTSIZER_STATE_MACHINE_ARN)')
    .addHelpText('after', EPILOGUE)
    .helpOption('-h, --help', 'explain a command')
    .showHelpAfterError('("rightsizer help" explains the commands)');
  quiet(program, terminal);
  // Clients made from here on find it where the SDK looks first.
  program.hook('preAction', (_, action) => {
    const { region } = action.optsWithGlobals<{ region?: string }>();
    if (region !== undefined) process.env['AWS_REGION'] = region;
  });

  const add = (usage: string, description: string, perform: Perform): Command => {
    const command = program.command(usage).description(description);
    quiet(command, terminal);
    command.option('--json', 'one JSON object on stdout and nothing else');
    command.addHelpText('after', EXAMPLES[command.name()] ?? '');
    return command.action(async (...received: unknown[]) => {
      const operands = received.slice(0, -2);
      const options = command.optsWithGlobals<{ json?: boolean; csv?: boolean }>();
      const result = await perform(options as never, ...(operands as never[]));
      const spoken = await inForm(result, options);
      if (spoken !== '') terminal.stdout.write(`${spoken}\n`);
      end(result.exitCode);
    });
  };
  addReading(add, terminal);
  addDeciding(add, terminal);
  addRecommending(program, terminal);
  addCompleting(program, terminal);
  return program;
}

/** As the options want it; `--csv` is taken only by commands whose result has a flat table. */
async function inForm(result: CommandResult, { json, csv }: { json?: boolean; csv?: boolean }): Promise<string> {
  if (json) return JSON.stringify(result.json);
  if (csv && result.flat) return (await import('./output/csv.ts')).csv(result.flat);
  return result.text;
}

const csvOption = () =>
  new Option('--csv', 'a table for spreadsheets: plain values, names as in --json').conflicts('json');

type Add = (usage: string, description: string, perform: Perform) => Command;

function addReading(add: Add, terminal: Terminal): void {
  add('assess', 'what is worth changing in this account, read-only and without deploying anything', async (options) =>
    (await import('./commands/assess.ts')).assess(options, terminal),
  )
    .option('--strategy <name>', 'cost, balanced, speed or brief-rules (default: cost)')
    .option('--scan-gb <number>', 'most gigabytes of logs to scan for memory evidence, at about $0.005 each', '5')
    .option('--html <file>', 'also write a page')
    .option('--fresh', 'forget what an earlier assessment found in the last six hours')
    .option('--print-policy', 'the IAM policy this needs, and nothing else');
  add('doctor', 'whether the deployment is well, line by line, and what to do where it is not', async (options) =>
    (await import('./commands/doctor.ts')).doctor(options, terminal),
  );
  add('pending', 'what waits for a decision', async (options) =>
    (await import('./commands/pending.ts')).pending(options, terminal, clock.now()),
  )
    .option('--run <id>', 'only of this run')
    .addOption(csvOption());
  add('runs', 'the runs the ledger knows, newest first', async (options) =>
    (await import('./commands/runs.ts')).runs(options, terminal),
  )
    .option('--limit <count>', 'how many', '20')
    .addOption(csvOption());
  add('report <run>', 'what a run did', async (options, run) =>
    (await import('./commands/report.ts')).report(run, options, terminal, clock.now()),
  )
    .option('--html <file>', 'also write a page: this night, and all before it')
    .addOption(csvOption());
  addExplaining(add, terminal);
}

function addExplaining(add: Add, terminal: Terminal): void {
  add(
    'history [function]',
    'what was changed, newest first: of one function from the ledger, of all from reports',
    async (options, functionName) => (await import('./commands/history.ts')).history(functionName, options, terminal),
  )
    .option('--limit <count>', 'how many', '50')
    .addOption(csvOption());
  add(
    'explain <function>',
    'why this size and no other: evidence, curve and candidates of the newest night',
    async (options, functionName) => (await import('./commands/explain.ts')).explain(functionName, options, terminal),
  ).option('--run <id>', 'as this run saw it');
  add(
    'patch <directory>',
    'what was changed in production, as a diff of the sources that define it',
    async (options, directory) => (await import('./commands/patch.ts')).patch(directory, options, terminal),
  )
    .option('--run <id>', 'what this run changed')
    .option('--function <name>', 'what this function was changed to; may be given again', gathered)
    .option('--write', 'write the files as well');
}

const gathered = (value: string, before: readonly string[] = []): string[] => [...before, value];

function addDeciding(add: Add, terminal: Terminal): void {
  for (const [name, decision] of [['approve', 'approved'] as const, ['reject', 'rejected'] as const]) {
    add(`${name} [functions...]`, `${name} proposals, under your IAM identity`, async (options, functions) =>
      (await import('./commands/decide.ts')).decide(decision, functions, options, terminal, clock.now()),
    )
      .option('--run <id>', 'the run that proposed them')
      .option('--all', 'everything that still waits')
      .option('--note <text>', 'why, for the ledger')
      .option('--name <text>', 'what you are called, beside your ARN');
  }
  add('rollback <function>', 'take one change back, by the rules of the night’s own rollback', async (options, name) =>
    (await import('./commands/rollback.ts')).rollback(name, options, terminal),
  )
    .option('--run <id>', 'the run that changed it')
    .option('--cool-down-days <count>', 'for how long the night leaves it alone', '14')
    .option('--note <text>', 'why, for the ledger')
    .option('--name <text>', 'what you are called, beside your ARN');
  add('start', 'start a run', async (options) =>
    (await import('./commands/start.ts')).start(options, terminal, clock.now()),
  )
    .option('--input <json>', "the run's input", '{}')
    .option('--follow', 'show the night live until it ends; Ctrl-C detaches');
  add('subscribe', "confirm a digest's subscription so that only credentials can end it", async (options) =>
    (await import('./commands/subscribe.ts')).subscribe(options),
  ).option('--confirm <url>', "the address behind SNS's link");
}

function addRecommending(program: Command, terminal: Terminal): void {
  const command = program.command('recommend').description('answer recommendation requests, without AWS');
  quiet(command, terminal);
  command
    .option('--jsonl', 'one JSON request a line on stdin, one JSON answer a line on stdout')
    .addHelpText('after', EXAMPLES['recommend'] ?? '')
    .action(async ({ jsonl }: { jsonl?: boolean }) => {
      if (!jsonl) throw new UsageError(['--jsonl is missing: recommend reads and writes JSON Lines only']);
      const { recommendJsonLines } = await import('./recommend/recommend-json-lines.ts');
      await recommendJsonLines(terminal.stdin, terminal.stdout);
    });
}

function addCompleting(program: Command, terminal: Terminal): void {
  const command = program.command('completion <shell>').description('a script that completes commands and options');
  quiet(command, terminal);
  command.addHelpText('after', EXAMPLES['completion'] ?? '').action(async (shell: string) => {
    const { completionScript } = await import('./completion/completion-script.ts');
    terminal.stdout.write(completionScript(shell, program));
  });
}

function quiet(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.stdout.write(text),
    writeErr: (text) => terminal.stderr.write(text),
  });
}

function explain(error: unknown, { stderr }: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UsageError || error instanceof InvalidInputError) {
    stderr.write(`error: ${error.message}\n`);
    return EXIT.usage;
  }
  const hint = error instanceof RightsizerError && error.name === ErrorName.transient ? ' (another try may work)' : '';
  stderr.write(`error: ${error instanceof Error ? error.message : String(error)}${hint}\n`);
  const todo = remedyFor(error);
  if (todo !== undefined) stderr.write(`what to do: ${todo}\n`);
  return EXIT.failure;
}
