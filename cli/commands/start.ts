import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import { clock } from '../../shared/clock.ts';
import { parseRunInput, type RunInput } from '../../shared/contracts/run.ts';
import { executionName } from '../clients/run-execution.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { followNight } from '../follow/follow-night.ts';
import { createNightSnapshots } from '../follow/night-snapshot.ts';
import { UsageError } from '../input/usage-error.ts';

export interface StartOptions extends PlaceOptions {
  input: string;
  follow?: boolean;
}

type Speaker = Pick<Terminal, 'environment' | 'stderr' | 'onInterrupt'>;

/** Starts a run with the input checked as its first state checks it, so that mistakes cost no execution. */
export async function start(options: StartOptions, terminal: Speaker, nowMs: number): Promise<CommandResult> {
  const input = parseInput(options.input);
  if (options.follow && input.scheduledTime !== undefined)
    throw new UsageError(['--follow is for a run of your own: leave scheduledTime out of --input']);
  const { stateMachine } = await findResources(['stateMachine'], options, terminal.environment);
  const client = createClient(SFNClient);
  const name = executionName(nowMs);
  const { executionArn = '' } = await callAws('states:StartExecution', () =>
    client.send(new StartExecutionCommand({ stateMachineArn: stateMachine, name, input: JSON.stringify(input) })),
  );
  const runId = input.scheduledTime === undefined ? `manual-${name}` : undefined;
  const started = { executionArn, ...(runId && { runId }), input };
  const text = `Started ${executionArn}${runId ? ` as run ${runId}` : ''}.`;
  if (!options.follow) return { json: started, text, exitCode: 0 };
  terminal.stderr.write(`${text} Ctrl-C stops watching; the night goes on.\n`);
  return follow(started, runId!, options, terminal);
}

async function follow(
  started: { executionArn: string },
  runId: string,
  options: StartOptions,
  { environment, stderr, onInterrupt }: Speaker,
): Promise<CommandResult> {
  const { ledgerTable } = await findResources(['ledgerTable'], options, environment);
  const ended = await followNight(started.executionArn, runId, {
    read: createNightSnapshots(createLedger(ledgerTable)),
    ...{ stderr, now: clock.now, sleep: clock.sleep },
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    detached: onInterrupt?.() ?? new AbortController().signal,
  });
  if (ended === undefined) {
    const text = `Detached; the night goes on. What waits: rightsizer pending --run ${runId}`;
    return { json: { ...started, status: 'RUNNING' }, text, exitCode: 0 };
  }
  const { status, text } = ended;
  return { json: { ...started, status }, text, exitCode: status === 'SUCCEEDED' ? 0 : 1 };
}

function parseInput(text: string): RunInput {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError([`--input is not JSON: ${(error as Error).message}`]);
  }
  return parseRunInput(value);
}
