import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../shared/clock.ts';
import { callerIdentity } from '../clients/caller-identity.ts';
import { stackName, stackOutputs } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { CHECKS, type Deployment, type Finding } from '../doctor/checks.ts';
import { remedyFor } from '../explain-aws-error.ts';
import { printable } from '../output/table.ts';
import { readRuns } from '../runs/read-runs.ts';

interface Line extends Finding {
  check: string;
}

/** Looks at a deployment from outside, line by line; changes nothing. Exit code 1 when a line is not all right. */
export async function doctor(
  options: PlaceOptions,
  { environment }: Pick<Terminal, 'environment'>,
): Promise<CommandResult> {
  const lines: Line[] = [];
  const look = async (check: string, examine: () => Promise<Finding>): Promise<boolean> => {
    const finding = await examine().catch(failed);
    lines.push({ check, ...finding });
    return finding.ok;
  };
  let outputs: Readonly<Record<string, string>> = {};
  const name = stackName(options, environment);
  const reached =
    (await look('credentials', async () => ({ ok: true, says: (await callerIdentity()).name }))) &&
    (await look('stack', async () => {
      outputs = await stackOutputs(name);
      return { ok: true, says: name };
    }));
  if (reached) {
    const deployment = { stackName: name, outputs, nowMs: clock.now(), latestRun: newestOf(outputs) };
    for (const [check, examine] of Object.entries(CHECKS)) await look(check, () => examine(deployment));
  }
  const healthy = lines.every(({ ok }) => ok);
  return { json: { healthy, checks: lines }, text: lines.map(asText).join('\n'), exitCode: healthy ? 0 : 1 };
}

/** Two looks ask about the newest run, and finding it reads all of them, so that is done once. */
function newestOf(outputs: Readonly<Record<string, string>>): Deployment['latestRun'] {
  let runs: ReturnType<typeof readRuns> | undefined;
  return async () => {
    runs ??= readRuns(createLedger(outputs['LedgerTableName'] ?? ''), outputs['RunBucketName'] ?? '');
    return (await runs)[0];
  };
}

/** A look that fails is a finding: usually of credentials or of a permission. */
function failed(error: unknown): Finding {
  const says = error instanceof Error ? error.message : String(error);
  return { ok: false, says, todo: remedyFor(error) ?? 'try again; if it stays, look at the message above' };
}

const asText = ({ check, ok, says, todo }: Line): string =>
  printable(`${ok ? '✔' : '✘'} ${check}: ${says}`) +
  (todo === undefined ? '' : printable(`  → ${todo}`).replace(/^/, '\n'));
