import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { InvalidInputError } from '../errors.ts';
import { callAws } from './aws-call.ts';
import { createClient } from './sdk.ts';

export interface StartedExecution {
  executionArn: string;
  /** ISO 8601. */
  startedAt: string;
  /** The execution of that name ran already; nothing was started. */
  isRepeated: boolean;
}

/** Executions of any of our state machines. */
export interface ExecutionStarter {
  /**
   * A name makes the call repeatable: a second one answers the execution that the first one started.
   *
   * @throws InvalidInputError when that execution was started with another input: it is not what was asked for
   */
  start(stateMachineArn: string, input: unknown, name?: string): Promise<StartedExecution>;
}

export function createExecutionStarter(): ExecutionStarter {
  const client = createClient(SFNClient);
  return {
    start: async (stateMachineArn, input, name) => {
      try {
        const started = await callAws('states:StartExecution', () =>
          client.send(
            new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input), ...(name && { name }) }),
          ),
        );
        return answer(started.executionArn, started.startDate, false);
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists) || name === undefined) throw error;
        const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
        const { startDate, input: standing } = await callAws('states:DescribeExecution', () =>
          client.send(new DescribeExecutionCommand({ executionArn })),
        );
        if (standing !== undefined && standing !== JSON.stringify(input)) throw nameOfAnother(name);
        return answer(executionArn, startDate, true);
      }
    },
  };
}

const nameOfAnother = (name: string): InvalidInputError =>
  new InvalidInputError('header', [
    `idempotency-key: ${name} was given to another request; a new request needs a new one`,
  ]);

const answer = (executionArn: string | undefined, startDate: Date | undefined, isRepeated: boolean) => ({
  executionArn: executionArn ?? '',
  startedAt: startDate?.toISOString() ?? '',
  isRepeated,
});
