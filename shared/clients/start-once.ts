import { ExecutionAlreadyExists, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { callAws } from './aws-call.ts';

/** Execution names: at most 80 characters, none of those that the service reserves. */
const NAME_MAX_CHARS = 80;
const NOT_IN_NAMES = /[^\w-]/g;

/** Starts an execution unless one of that name was started before; answers the name it has. */
export async function startOnce(
  client: SFNClient,
  { stateMachineArn, name: wanted, input }: { stateMachineArn: string; name: string; input: unknown },
): Promise<string> {
  const name = wanted.replaceAll(NOT_IN_NAMES, '-').slice(0, NAME_MAX_CHARS);
  const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
  try {
    await callAws('states:StartExecution', () => client.send(command));
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
  return name;
}
