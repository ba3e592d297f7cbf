import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { OutcomeEvents } from '../../../shared/clients/eventbridge/outcome-events.ts';
import type { FunctionLedger, ProposalLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { RemediationLedger } from '../../../shared/clients/ledger/remediations.ts';
import type { DigestTopic } from '../../../shared/clients/sns/digest-topic.ts';
import {
  type ClassifiedAlarm,
  parseRecordRemediationInput,
  type RecordRemediationInput,
  type RecordRemediationOutput,
  type RemediationOutcome,
} from '../../../shared/contracts/remediation.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { REMEDIATIONS_FAILED_METRIC } from '../../../shared/domain/configuration/alarms/pipeline-rows.ts';
import { isFailure, isWorthAMail } from '../../../shared/domain/remediation/outcomes.ts';
import { changedResource } from '../../../shared/domain/remediation/policy.ts';
import { isApprovalExecution, proposalOutcomeOf, questionRunId } from '../../../shared/domain/remediation/question.ts';
import { metrics } from '../../../shared/observability/metrics.ts';
import { composeMail, remediationNotification } from './compose-mail.ts';
import { type Conclusion, conclude } from './conclude.ts';

/** Between two mails that say the same of the same resource. */
const MAIL_REST_MS = 3_600_000;

export interface RecordRemediationDependencies {
  remediations: Pick<RemediationLedger, 'updateRemediation' | 'startCoolDown'>;
  ledger: Pick<FunctionLedger & ProposalLedger, 'close' | 'setOutcome'>;
  topic: DigestTopic;
  events: OutcomeEvents;
  now(): number;
}

/** Ends a remediation: in the ledger, as an event, as a metric, and in a mail where somebody should know. */
export async function recordRemediation(
  event: unknown,
  dependencies: RecordRemediationDependencies,
): Promise<RecordRemediationOutput> {
  const input = parseRecordRemediationInput(event);
  const classified = input.classified ?? input.remediated?.classified ?? undefined;
  const remediationId = classified?.remediationId ?? input.execution.name;
  const conclusion = conclude(input);
  await settle(remediationId, classified, input, conclusion, dependencies);
  await answerQuestion(input, classified, conclusion, dependencies);
  const detail = detailOf(remediationId, classified, conclusion);
  if (conclusion.outcome !== 'Ignored')
    await dependencies.events.publish([{ detailType: 'Remediation Outcome', detail }]);
  if (isFailure(conclusion.outcome)) metrics.addMetric(REMEDIATIONS_FAILED_METRIC, MetricUnit.Count, 1);
  const notified = await mail(remediationId, classified, conclusion, dependencies);
  return {
    schemaVersion: SCHEMA_VERSION,
    remediationId,
    ...conclusion,
    notified,
    ...(classified?.action && { action: classified.action }),
  };
}

/** Outcomes of an action, whoever asked for it: an operator's execution may answer a question before the page does. */
const DONE: ReadonlySet<RemediationOutcome> = new Set(['Cleared', 'NotCleared', 'TakenBack', 'Undone', 'Optimizing']);

/** Where it was asked about first, the page shows what came of it. */
async function answerQuestion(
  { execution }: RecordRemediationInput,
  classified: ClassifiedAlarm | undefined,
  { outcome, reason }: Conclusion,
  { ledger, now }: RecordRemediationDependencies,
): Promise<void> {
  if (classified?.action === undefined || outcome === 'Duplicate') return;
  if (!DONE.has(outcome) && !isApprovalExecution(execution.name)) return;
  const { name } = changedResource(classified.action);
  const at = new Date(now()).toISOString();
  await ledger.setOutcome(questionRunId(classified.remediationId), name, {
    kind: proposalOutcomeOf(outcome),
    reason,
    at,
  });
}

/** A duplicate leaves the record to the execution that acts. */
async function settle(
  remediationId: string,
  classified: ClassifiedAlarm | undefined,
  { remediated, failure }: RecordRemediationInput,
  { outcome }: Conclusion,
  { remediations, ledger }: RecordRemediationDependencies,
): Promise<void> {
  if (outcome === 'Duplicate' || (remediated == null && failure == null)) return;
  await remediations.updateRemediation(remediationId, { outcome });
  const action = classified?.action;
  // Where Remediate was cut off, its claim on the function still stands.
  if (action?.kind === 'RaiseMemory' || action?.kind === 'RaiseTimeout')
    await ledger.close(action.functionName, `remediation-${remediationId}`, {});
}

async function mail(
  remediationId: string,
  classified: ClassifiedAlarm | undefined,
  conclusion: Conclusion,
  { remediations, topic, now }: RecordRemediationDependencies,
): Promise<boolean> {
  if (!isWorthAMail(conclusion.outcome)) return false;
  if (conclusion.outcome === 'Notified' && classified) {
    const rest = { resource: classified.resource, remediationId, nowMs: now(), coolDownMs: MAIL_REST_MS };
    if ((await remediations.startCoolDown({ ...rest, action: 'Notify' })) !== undefined) return false;
  }
  await topic.publish(composeMail(remediationId, classified, conclusion));
  return true;
}

const detailOf = (remediationId: string, classified: ClassifiedAlarm | undefined, { outcome, reason }: Conclusion) => ({
  remediationId,
  outcome,
  reason,
  notification: remediationNotification(remediationId, classified, { outcome, reason }),
  ...(classified && {
    alarmName: classified.alarm.name,
    cause: classified.cause,
    resource: classified.resource,
    ...(classified.action && { action: classified.action }),
  }),
});
