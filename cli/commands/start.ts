import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import { parseRunInput, type RunInput } from '../../shared/contracts/run.ts';
import { findResources } from '../clients/stack-resources.ts';
import type { CommandResult, PlaceOptions, Terminal } from '../command.ts';
import { UsageError } from '../input/usage-error.ts';

export interface StartOptions extends PlaceOptions {
  input: string;
}

/** Starts a run with the input checked as its first state checks it, so that mistakes cost no execution. */
export async function start(
  options: StartOptions,
  { environment }: Pick<Terminal, 'environment'>,
  nowMs: number,
): Promise<CommandResult> {
  const input = parseInput(options.input);
  const { stateMachine } = await findResources(['stateMachine'], options, environment);
  const client = createClient(SFNClient);
  const name = `cli-${new Date(nowMs).toISOString().replace(/[^\dTZ]/g, '')}`;
  const { executionArn } = await callAws('states:StartExecution', () =>
    client.send(new StartExecutionCommand({ stateMachineArn: stateMachine, name, input: JSON.stringify(input) })),
  );
  const runId = input.scheduledTime === undefined ? `manual-${name}` : undefined;
  return {
    json: { executionArn, ...(runId && { runId }), input },
    text: `Started ${executionArn}${runId ? ` as run ${runId}` : ''}.`,
    exitCode: 0,
  };
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
