import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { callAws } from './aws-call.ts';
import { createClient } from './sdk.ts';

/** Execution names: at most 80 characters, none of those that the service reserves. */
const NAME_MAX_CHARS = 80;
const NOT_IN_NAMES = /[^\w-]/g;

/** Runs of the nightly workflow for single functions, besides the night's own. */
export interface OnDemandRuns {
  /** Starts a run unless one of that name was; answers the name. */
  start(name: string, functionNames: readonly string[]): Promise<string>;
}

export function createOnDemandRuns(stateMachineArn: string): OnDemandRuns {
  const client = createClient(SFNClient);
  return {
    start: async (wanted, functionNames) => {
      const name = wanted.replaceAll(NOT_IN_NAMES, '-').slice(0, NAME_MAX_CHARS);
      const input = JSON.stringify({ scope: { functionNames } });
      try {
        await callAws('states:StartExecution', () =>
          client.send(new StartExecutionCommand({ stateMachineArn, name, input })),
        );
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
      return name;
    },
  };
}
