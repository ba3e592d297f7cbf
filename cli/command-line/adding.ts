import { type Command, Option } from 'commander';
import type { CommandResult, Terminal } from '../command.ts';
import { EXAMPLES } from '../texts.ts';

type Perform = (options: never, ...operands: never[]) => Promise<CommandResult>;

/** Adds a command that answers a result; operands and options come as its handler names them. */
export type Add = (usage: string, description: string, perform: Perform) => Command;

/** Commands are added to a program, spoken on a terminal; `end` is told the exit code of the one that ran. */
export function adding(program: Command, terminal: Terminal, end: (exitCode: number) => void): Add {
  return (usage, description, perform) => {
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
}

/** As the options want it; `--csv` is taken only by commands whose result has a flat table. */
async function inForm(result: CommandResult, { json, csv }: { json?: boolean; csv?: boolean }): Promise<string> {
  if (json) return JSON.stringify(result.json);
  if (csv && result.flat) return (await import('../output/csv.ts')).csv(result.flat);
  return result.text;
}

export const csvOption = () =>
  new Option('--csv', 'a table for spreadsheets: plain values, names as in --json').conflicts('json');

/** Values of an option that may be given again. */
export const gathered = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** A command that speaks on the terminal only, and never ends the process. */
export function quiet(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => terminal.stdout.write(text),
    writeErr: (text) => terminal.stderr.write(text),
  });
}
