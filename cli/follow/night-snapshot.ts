import { DescribeExecutionCommand, GetExecutionHistoryCommand, SFNClient } from '@aws-sdk/client-sfn';
import { callAws } from '../../shared/clients/aws-call.ts';
import type { Ledger, RunLedger } from '../../shared/clients/ledger/ledger.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import type { ProposalRecord, RunRecord } from '../../shared/contracts/ledger.ts';

/** A night at one moment. */
export interface NightSnapshot {
  status: string;
  /** The state entered last; undefined before the first. */
  stage?: string;
  /** Why it did not succeed. */
  failure?: string;
  run?: RunRecord;
  proposals: readonly ProposalRecord[];
}

/** Newest events are enough to find the state entered last: between two of them lie a handful of others. */
const NEWEST_EVENTS = 50;

export function createNightSnapshots(ledger: Pick<RunLedger, 'getRun'> & Pick<Ledger, 'listProposals'>) {
  const states = createClient(SFNClient);
  return async (executionArn: string, runId: string): Promise<NightSnapshot> => {
    const execution = await callAws('states:DescribeExecution', () =>
      states.send(new DescribeExecutionCommand({ executionArn })),
    );
    const [stage, run, proposals] = await Promise.all([
      readStage(states, executionArn),
      ledger.getRun(runId),
      ledger.listProposals(runId),
    ]);
    const { status = 'RUNNING', error, cause } = execution;
    return {
      status,
      proposals,
      ...(stage && { stage }),
      ...(run && { run }),
      ...(error && { failure: cause ? `${error}: ${cause}` : error }),
    };
  };
}

async function readStage(states: SFNClient, executionArn: string): Promise<string | undefined> {
  // Without the data: task tokens are part of it, and nobody here needs to see one.
  const input = { executionArn, reverseOrder: true, maxResults: NEWEST_EVENTS, includeExecutionData: false };
  const { events = [] } = await callAws('states:GetExecutionHistory', () =>
    states.send(new GetExecutionHistoryCommand(input)),
  );
  return events.find(({ stateEnteredEventDetails }) => stateEnteredEventDetails)?.stateEnteredEventDetails?.name;
}
