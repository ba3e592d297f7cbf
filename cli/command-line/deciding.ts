import { clock } from '../../shared/clock.ts';
import type { Terminal } from '../command.ts';
import { type Add, gathered } from './adding.ts';

/** Commands that decide, or have the account changed. */
export function addDeciding(add: Add, terminal: Terminal): void {
  for (const [name, decision] of [['approve', 'approved'] as const, ['reject', 'rejected'] as const]) {
    const command = add(
      `${name} [functions...]`,
      `${name} proposals, under your IAM identity`,
      async (options, functions) =>
        (await import('../commands/decide.ts')).decide(decision, functions, options, terminal, clock.now()),
    )
      .option('--run <id>', 'the run that proposed them')
      .option('--group <function>', 'what is asked about together with this function; may be given again', gathered)
      .option('--all', 'everything that still waits')
      .option('--note <text>', 'why, for the ledger')
      .option('--name <text>', 'what you are called, beside your ARN');
    if (decision === 'approved')
      command.option('--only-this-step', 'not the further steps that "pending" names; ask again before any');
  }
  add('rollback <function>', 'take one change back, by the rules of the night’s own rollback', async (options, name) =>
    (await import('../commands/rollback.ts')).rollback(name, options, terminal),
  )
    .option('--run <id>', 'the run that changed it')
    .option('--cool-down-days <count>', 'for how long the night leaves it alone', '14')
    .option('--note <text>', 'why, for the ledger')
    .option('--name <text>', 'what you are called, beside your ARN');
  add('restore-ledger', 'copy the records of another ledger table into the stack’s own', async (options) =>
    (await import('../commands/restore-ledger.ts')).restoreLedger(options, terminal, clock.now()),
  )
    .option('--from <table>', 'a deleted stack’s ledger, or one restored to a point in time')
    .option('--overwrite', 'replace what the stack’s own ledger holds under the same key');
  add('start', 'start a run', async (options) =>
    (await import('../commands/start.ts')).start(options, terminal, clock.now()),
  )
    .option('--input <json>', "the run's input", '{}')
    .option('--follow', 'show the night live until it ends; Ctrl-C detaches');
  add('subscribe', "confirm a digest's subscription so that only credentials can end it", async (options) =>
    (await import('../commands/subscribe.ts')).subscribe(options),
  ).option('--confirm <url>', "the address behind SNS's link");
}
