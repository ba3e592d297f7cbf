import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { callAws } from './aws-call.ts';
import { createClient } from './sdk.ts';

/** What the product asks of Step Functions. */
export interface Executions {
  /** False also for an execution that is no longer known (they are forgotten after 90 days). */
  isRunning(executionArn: string): Promise<boolean>;
  /** Answers a task token; false when its wait is over, so that no further try can help. */
  sendTaskSuccess(taskToken: string, output: unknown): Promise<boolean>;
}

export function createExecutions(): Executions {
  const client = createClient(SFNClient);
  return {
    isRunning: async (executionArn) => {
      try {
        const { status } = await callAws('states:DescribeExecution', () =>
          client.send(new DescribeExecutionCommand({ executionArn })),
        );
        return status === 'RUNNING' || status === 'PENDING_REDRIVE';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return false;
        throw error;
      }
    },
    sendTaskSuccess: async (taskToken, output) => {
      try {
        await callAws('states:SendTaskSuccess', () =>
          client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
        );
        return true;
      } catch (error) {
        if (isOver(error)) return false;
        throw error;
      }
    },
  };
}

function isOver(error: unknown): boolean {
  return error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken;
}
