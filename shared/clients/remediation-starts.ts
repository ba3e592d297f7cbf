import { SFNClient } from '@aws-sdk/client-sfn';
import { approvalExecutionName } from '../domain/remediation/question.ts';
import { createClient } from './sdk.ts';
import { startOnce } from './start-once.ts';

/** Executions of the remediation state machine that carry out what somebody approved. */
export interface RemediationStarts {
  /** Starts it unless it was started before. */
  approve(remediationId: string): Promise<void>;
}

export function createRemediationStarts(stateMachineArn: string): RemediationStarts {
  const client = createClient(SFNClient);
  return {
    approve: async (remediationId) => {
      const input = { action: 'approve', remediationId };
      await startOnce(client, { stateMachineArn, name: approvalExecutionName(remediationId), input });
    },
  };
}
