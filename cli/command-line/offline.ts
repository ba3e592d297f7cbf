import type { Command } from 'commander';
import type { Terminal } from '../command.ts';
import { UsageError } from '../input/usage-error.ts';
import { EXAMPLES } from '../texts.ts';
import { quiet } from './adding.ts';

/** Streams: what it answers is no result to print. */
export function addRecommending(program: Command, terminal: Terminal): void {
  const command = program.command('recommend').description('answer recommendation requests, without AWS');
  quiet(command, terminal);
  command
    .option('--jsonl', 'one JSON request a line on stdin, one JSON answer a line on stdout')
    .addHelpText('after', EXAMPLES['recommend'] ?? '')
    .action(async ({ jsonl }: { jsonl?: boolean }) => {
      if (!jsonl) throw new UsageError(['--jsonl is missing: recommend reads and writes JSON Lines only']);
      const { recommendJsonLines } = await import('../recommend/recommend-json-lines.ts');
      await recommendJsonLines(terminal.stdin, terminal.stdout);
    });
}

export function addCompleting(program: Command, terminal: Terminal): void {
  const command = program.command('completion <shell>').description('a script that completes commands and options');
  quiet(command, terminal);
  command.addHelpText('after', EXAMPLES['completion'] ?? '').action(async (shell: string) => {
    const { completionScript } = await import('../completion/completion-script.ts');
    terminal.stdout.write(completionScript(shell, program));
  });
}
