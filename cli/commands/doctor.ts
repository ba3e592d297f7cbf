import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../shared/clock.ts';
import { callerIdentity } from '../clients/caller-identity.ts';
import { readSchedule } from '../clients/night-schedule.ts';
import { stackName, stackOutputs } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { CHECKS } from '../doctor/checks.ts';
import type { Deployment, Finding } from '../doctor/finding.ts';
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
    const deployment = asDeployment(name, outputs);
    for (const [check, examine] of Object.entries(CHECKS)) await look(check, () => examine(deployment));
  }
  const healthy = lines.every(({ ok }) => ok);
  return { json: { healthy, checks: lines }, text: lines.map(asText).join('\n'), exitCode: healthy ? 0 : 1 };
}

function asDeployment(name: string, outputs: Readonly<Record<string, string>>): Deployment {
  const { LedgerTableName: table = '', RunBucketName: bucket = '', ScheduleName: scheduleName } = outputs;
  return {
    stackName: name,
    outputs,
    nowMs: clock.now(),
    directory: process.cwd(),
    nights: once(async () =>
      (await readRuns(createLedger(table), bucket)).filter(({ trigger }) => trigger !== 'alarm'),
    ),
    schedule: once(async () => (scheduleName === undefined ? undefined : readSchedule(scheduleName))),
  };
}

/** Several looks ask the same, and finding the nights reads all of them, so that is done once. */
function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
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
