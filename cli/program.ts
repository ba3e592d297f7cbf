import { Command, CommanderError } from 'commander';
import { ErrorName, InvalidInputError, RightsizerError } from '../shared/errors.ts';
import type { Terminal } from './command.ts';
import { adding, quiet } from './command-line/adding.ts';
import { addConfiguring } from './command-line/configuring.ts';
import { addDeciding } from './command-line/deciding.ts';
import { addCompleting, addRecommending } from './command-line/offline.ts';
import { addReading } from './command-line/reading.ts';
import { remedyFor } from './explain-aws-error.ts';
import { UsageError } from './input/usage-error.ts';
import { EPILOGUE } from './texts.ts';
import { packageVersion } from './version.ts';

/** Documented in `rightsizer help` and docs/cli.md. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;

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
    .version(`rightsizer ${packageVersion()}`, '--version', 'the version of this command line')
    .addHelpText('after', EPILOGUE)
    .helpOption('-h, --help', 'explain a command')
    .showHelpAfterError('("rightsizer help" explains the commands)');
  quiet(program, terminal);
  // Clients made from here on find it where the SDK looks first.
  program.hook('preAction', (_, action) => {
    const { region } = action.optsWithGlobals<{ region?: string }>();
    if (region !== undefined) process.env['AWS_REGION'] = region;
  });

  const add = adding(program, terminal, end);
  addReading(add, terminal);
  addDeciding(add, terminal);
  addConfiguring(add, terminal);
  addRecommending(program, terminal);
  addCompleting(program, terminal);
  return program;
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
