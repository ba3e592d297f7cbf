import { clock } from '../../shared/clock.ts';
import type { Terminal } from '../command.ts';
import { type Add, csvOption, gathered } from './adding.ts';

/** Commands that change nothing in the account. */
export function addReading(add: Add, terminal: Terminal): void {
  add('assess', 'what is worth changing in this account, read-only and without deploying anything', async (options) =>
    (await import('../commands/assess.ts')).assess(options, terminal),
  )
    .option('--strategy <name>', 'cost, balanced, speed or brief-rules (default: cost)')
    .option('--scan-gb <number>', 'most gigabytes of logs to scan for memory evidence, at about $0.005 each', '5')
    .option('--html <file>', 'also write a page')
    .option('--fresh', 'forget what an earlier assessment found in the last six hours')
    .option('--print-policy', 'the IAM policy this needs, and nothing else');
  add('doctor', 'whether the deployment is well, line by line, and what to do where it is not', async (options) =>
    (await import('../commands/doctor.ts')).doctor(options, terminal),
  );
  add('pending', 'what waits for a decision', async (options) =>
    (await import('../commands/pending.ts')).pending(options, terminal, clock.now()),
  )
    .option('--run <id>', 'only of this run')
    .option('--members', 'also each function of those that are asked about as one')
    .addOption(csvOption());
  add('runs', 'the runs the ledger knows, newest first', async (options) =>
    (await import('../commands/runs.ts')).runs(options, terminal),
  )
    .option('--limit <count>', 'how many', '20')
    .addOption(csvOption());
  add('report <run>', 'what a run did', async (options, run) =>
    (await import('../commands/report.ts')).report(run, options, terminal, clock.now()),
  )
    .option('--html <file>', 'also write a page: this night, and all before it')
    .option('--since-beginning <file>', 'also write a page of all nights up to this one, for those who pay')
    .addOption(csvOption());
  addExplaining(add, terminal);
}

function addExplaining(add: Add, terminal: Terminal): void {
  add(
    'history [function]',
    'what was changed, newest first: of one function from the ledger, of all from reports',
    async (options, functionName) => (await import('../commands/history.ts')).history(functionName, options, terminal),
  )
    .option('--limit <count>', 'how many', '50')
    .addOption(csvOption());
  add(
    'explain <function>',
    'why this size and no other: evidence, curve and candidates of the newest night',
    async (options, functionName) => (await import('../commands/explain.ts')).explain(functionName, options, terminal),
  ).option('--run <id>', 'as this run saw it');
  add(
    'patch <directory>',
    'what was changed in production, as a diff of the sources that define it',
    async (options, directory) => (await import('../commands/patch.ts')).patch(directory, options, terminal),
  )
    .option('--run <id>', 'what this run changed')
    .option('--function <name>', 'what this function was changed to; may be given again', gathered)
    .option('--write', 'write the files as well');
}
