import { SFNClient } from '@aws-sdk/client-sfn';
import { createClient } from './sdk.ts';
import { startOnce } from './start-once.ts';

/** Runs of the nightly workflow for single functions, besides the night's own. */
export interface OnDemandRuns {
  /** Starts a run unless one of that name was; answers the name. */
  start(name: string, functionNames: readonly string[]): Promise<string>;
}

export function createOnDemandRuns(stateMachineArn: string): OnDemandRuns {
  const client = createClient(SFNClient);
  return {
    start: (name, functionNames) => startOnce(client, { stateMachineArn, name, input: { scope: { functionNames } } }),
  };
}
