import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Executions } from '../../../shared/clients/executions.ts';
import type { ProposalLedger, TurnLedger } from '../../../shared/clients/ledger/ledger.ts';
import { type TurnTaker, takeNightTurn } from '../../../shared/clients/ledger/night-turn.ts';
import type { RemediationLedger } from '../../../shared/clients/ledger/remediations.ts';
import type { RemediationStarts } from '../../../shared/clients/remediation-starts.ts';
import type { ApprovalOutput } from '../../../shared/contracts/change.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { deciderOf } from '../../../shared/domain/approval/proposal/wording.ts';
import { logger } from '../../../shared/observability/logger.ts';

export interface DeliverDecisionDependencies extends TurnTaker {
  ledger: Pick<ProposalLedger, 'getProposal' | 'getTaskToken' | 'markTokenDelivered'> & TurnLedger;
  executions: Pick<Executions, 'sendTaskSuccess'>;
  remediationStarts: RemediationStarts;
  remediations: Pick<RemediationLedger, 'rejectQuestion'>;
  now(): number;
}

/**
 * Brings decisions and task tokens together. Whichever of the two was written last finds the other; a record that
 * cannot be delivered yet is handed back to the stream, which retries it and everything after it. An approval is
 * answered with the moment at which its change may be written, so that its execution waits once and asks nobody.
 */
export async function deliverDecisions(
  event: DynamoDBStreamEvent,
  dependencies: DeliverDecisionDependencies,
): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    try {
      await deliver(record, dependencies);
    } catch (error) {
      logger.warn('decision not delivered; the stream will retry it', error as Error);
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

async function deliver(record: DynamoDBRecord, dependencies: DeliverDecisionDependencies): Promise<void> {
  const { ledger, executions, now } = dependencies;
  const runId = record.dynamodb?.NewImage?.['runId']?.S;
  const functionName = record.dynamodb?.NewImage?.['functionName']?.S;
  if (runId === undefined || functionName === undefined) return;
  const [token, proposal] = await Promise.all([
    ledger.getTaskToken(runId, functionName),
    ledger.getProposal(runId, functionName),
  ]);
  if (proposal?.remediation !== undefined) return deliverToRemediation(proposal, dependencies);
  if (token === undefined || token.deliveredAt !== undefined || proposal?.decision === undefined) return;
  const output: ApprovalOutput = {
    schemaVersion: SCHEMA_VERSION,
    decision: proposal.decision.decision,
    decidedBy: deciderOf(proposal.decision.by),
    ...(proposal.decision.decision === 'approved' && {
      turnAt: await takeNightTurn(proposal, dependencies, now()),
    }),
  };
  const accepted = await executions.sendTaskSuccess(token.taskToken, output);
  logger.info('decision delivered', { runId, functionName, decision: output.decision, accepted });
  await ledger.markTokenDelivered(runId, functionName, token.taskToken, new Date(now()).toISOString());
}

/** What a remediation asked about waits in no execution: an approval starts one, a rejection ends it in the ledger. */
async function deliverToRemediation(
  { remediation, decision, outcome }: ProposalRecord,
  { remediationStarts, remediations }: DeliverDecisionDependencies,
): Promise<void> {
  if (remediation === undefined || decision === undefined || outcome !== undefined) return;
  const { remediationId } = remediation;
  if (decision.decision === 'approved') await remediationStarts.approve(remediationId);
  else await remediations.rejectQuestion(remediationId, `${decision.by.name} rejected it`);
  logger.info('decision delivered to a remediation', { remediationId, decision: decision.decision });
}
