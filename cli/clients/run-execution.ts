import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import { clock } from '../../shared/clock.ts';

/** How an execution ended, and its output where it succeeded. */
export interface EndedExecution {
  executionArn: string;
  status: string;
  output?: unknown;
  /** Why it did not succeed. */
  failure?: string;
}

/** Most configurations are a matter of seconds; DescribeExecution takes ten a second of everybody together. */
const LOOK_EVERY_MS = 2_000;

/** Starts an execution and waits for its end; it goes on by itself if nobody waits any more. */
export async function runExecution(stateMachineArn: string, name: string, input: unknown): Promise<EndedExecution> {
  const client = createClient(SFNClient);
  const { executionArn = '' } = await callAws('states:StartExecution', () =>
    client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })),
  );
  for (;;) {
    const {
      status = 'RUNNING',
      output,
      error,
      cause,
    } = await callAws('states:DescribeExecution', () => client.send(new DescribeExecutionCommand({ executionArn })));
    if (status !== 'RUNNING') {
      const failure = [error, cause].filter(Boolean).join(': ');
      return {
        ...{ executionArn, status },
        ...(output !== undefined && { output: JSON.parse(output) }),
        ...(failure !== '' && { failure }),
      };
    }
    await clock.sleep(LOOK_EVERY_MS);
  }
}

/** Name of an execution that the command line starts now. */
export const executionName = (nowMs: number): string => `cli-${new Date(nowMs).toISOString().replace(/[^\dTZ]/g, '')}`;
