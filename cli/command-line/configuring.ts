import { Option } from 'commander';
import { clock } from '../../shared/clock.ts';
import type { Terminal } from '../command.ts';
import type { Add } from './adding.ts';

/** The command that has the account configured: alarms, auto-scaling, strategies against cold starts. */
export function addConfiguring(add: Add, terminal: Terminal): void {
  add(
    'configure <what>',
    'plan and apply alarms, auto-scaling or cold-start: shows the plan, and writes once you say yes',
    async (options, what) => (await import('../commands/configure.ts')).configure(what, options, terminal, clock.now()),
  )
    .option('--dry-run', 'show the plan; change nothing')
    .option('--undo', 'put back what stood before; of alarms: take ours away')
    .option('--email <address>', 'with alarms: who is told, too')
    .addOption(
      new Option('--mode <name>', 'with cold-start: by owners’ tags or by measurement').choices([
        'classes',
        'measured',
      ]),
    )
    .option('--yes', 'apply the plan without asking');
}
