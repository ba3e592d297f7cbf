import {
  type ClassifiedAlarm,
  parseRemediateInput,
  type Remediated,
  type RemediateInput,
  type RemediationAction,
  type RemediationRecord,
  type RequestInput,
} from '../../../shared/contracts/remediation.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { budgetDate, changedResource, isUndoneInVain } from '../../../shared/domain/remediation/policy.ts';
import { InvalidInputError } from '../../../shared/errors.ts';
import { askApprovers } from './ask-first.ts';
import type { RemediateDependencies } from './dependencies.ts';
import { perform } from './perform-action.ts';
import { undo } from './undo-action.ts';

type Outcome = Remediated['outcome'];

/**
 * Does what an alarm calls for, once: the event, the resource's rest and the day's budget are claimed in the ledger by
 * conditional writes before anything is touched. Another try of the same execution goes on where the former stopped.
 *
 * @throws UpdateInProgressError, TransientError: try again later
 */
export async function remediate(event: unknown, dependencies: RemediateDependencies): Promise<Remediated> {
  const input = parseRemediateInput(event);
  return 'request' in input ? answerRequest(input, dependencies) : act(input, dependencies);
}

async function act(input: RemediateInput, dependencies: RemediateDependencies): Promise<Remediated> {
  const { classified } = input;
  const action = actionOf(classified);
  const { mode } = dependencies.settings.policies[action.kind];
  if (mode === 'notify') return answer('NotifyOnly', `${action.kind} is left to people by policy`, classified);
  const { remediations, clock } = dependencies;
  const record = await remediations.beginRemediation({
    remediationId: classified.remediationId,
    executionArn: input.execution.arn,
    classified,
    action,
    status: mode === 'ask' ? 'asked' : 'acting',
    startedAt: new Date(clock.now()).toISOString(),
  });
  if (record.executionArn !== input.execution.arn)
    return answer('Duplicate', `${record.executionArn} answers the same event`, classified);
  if (record.status === 'acted') return answer(outcomeOf(action), record.reason ?? 'done before', classified);
  if (record.status === 'refused') return answer('Refused', record.reason ?? 'refused before', classified);
  if (mode === 'ask') return askFirst(record, dependencies);
  return claimAndPerform(record, dependencies);
}

function actionOf({ action, cause }: ClassifiedAlarm): RemediationAction {
  if (action === undefined) throw new InvalidInputError('remediate input', [`classified.action: missing for ${cause}`]);
  return action;
}

/** A question is asked once in the rest of its resource, however often the alarm fires. */
async function askFirst(record: RemediationRecord, dependencies: RemediateDependencies): Promise<Remediated> {
  const resting = await rest(record, dependencies);
  if (resting !== undefined) return answer('CoolingDown', resting, record.classified);
  const { expiresAt } = await askApprovers(record, dependencies);
  return answer(
    'AskFirst',
    `${record.action.kind} waits for consent on the approval page until ${expiresAt}`,
    record.classified,
  );
}

async function claimAndPerform(record: RemediationRecord, dependencies: RemediateDependencies): Promise<Remediated> {
  const { remediations, settings, clock } = dependencies;
  const { remediationId, action, classified } = record;
  const resting = await rest(record, dependencies);
  if (resting !== undefined) return settle(record, 'CoolingDown', resting, dependencies);
  const { maximumPerDay } = settings.policies[action.kind];
  const claim = { action: action.kind, remediationId, date: budgetDate(clock.now()) };
  if (!(await remediations.takeFromBudget({ ...claim, maximumPerDay })))
    return settle(record, 'BudgetSpent', `the day’s ${maximumPerDay} of ${action.kind} are spent`, dependencies);
  const performed = await perform(action, remediationId, dependencies);
  if (!performed.done) {
    await remediations.returnToBudget(claim);
    return settle(record, 'Refused', performed.reason, dependencies);
  }
  const actedAt = new Date(clock.now()).toISOString();
  await remediations.updateRemediation(remediationId, { status: 'acted', actedAt, reason: performed.reason });
  return answer(outcomeOf(action), performed.reason, classified);
}

/** A run that was started changes nothing yet, so there is nothing to wait for. */
const outcomeOf = ({ kind }: RemediationAction): Outcome => (kind === 'OptimizeOnDemand' ? 'Optimizing' : 'Acted');

/** Why the resource still rests from an earlier action of the kind; undefined when it may be acted on. */
async function rest(record: RemediationRecord, dependencies: RemediateDependencies): Promise<string | undefined> {
  const { remediationId, action } = record;
  const resting = await dependencies.remediations.startCoolDown({
    resource: changedResource(action),
    action: action.kind,
    remediationId,
    nowMs: dependencies.clock.now(),
    coolDownMs: dependencies.settings.policies[action.kind].coolDownMinutes * 60_000,
  });
  return resting && `${action.kind} was done by ${resting.remediationId}; the next is due after ${resting.until}`;
}

async function settle(
  { remediationId, classified }: RemediationRecord,
  outcome: Outcome,
  reason: string,
  { remediations }: RemediateDependencies,
): Promise<Remediated> {
  await remediations.updateRemediation(remediationId, { status: 'refused', reason });
  return answer(outcome, reason, classified);
}

async function answerRequest({ request, execution }: RequestInput, dependencies: RemediateDependencies) {
  const record = await dependencies.remediations.getRemediation(request.remediationId);
  if (record === undefined)
    throw new InvalidInputError('remediation request', [
      `remediationId: the ledger has none, given "${request.remediationId}"`,
    ]);
  return request.action === 'approve'
    ? approve(record, execution.arn, dependencies)
    : undoOnRequest(record, dependencies);
}

/** Of several executions that bring an approval one acts; another try of that one goes on where the former stopped. */
async function approve(record: RemediationRecord, executionArn: string, dependencies: RemediateDependencies) {
  const { remediationId, classified, action, status } = record;
  if (record.executionArn === executionArn && status === 'acted')
    return answer(outcomeOf(action), record.reason ?? 'done before', classified);
  if (record.executionArn === executionArn && status === 'refused')
    return answer('Refused', record.reason ?? 'refused before', classified);
  if (await dependencies.remediations.takeUpQuestion(remediationId, executionArn))
    return claimAndPerform({ ...record, executionArn }, dependencies);
  const standing = (await dependencies.remediations.getRemediation(remediationId)) ?? record;
  const outcome = standing.status === 'refused' ? 'Refused' : 'Duplicate';
  return answer(outcome, `it is ${standing.status} already`, classified);
}

async function undoOnRequest(record: RemediationRecord, dependencies: RemediateDependencies) {
  const { remediationId, classified, action } = record;
  if (record.status === 'undone') return answer('Undone', record.reason ?? 'undone before', classified);
  if (record.status !== 'acted') return answer('Refused', `nothing to undo: it is ${record.status}`, classified);
  const undone = await undo(action, remediationId, dependencies);
  if (!undone.done) return answer('Refused', undone.reason, classified);
  const undoneAt = new Date(dependencies.clock.now()).toISOString();
  await dependencies.remediations.updateRemediation(remediationId, {
    status: 'undone',
    undoneAt,
    reason: undone.reason,
  });
  return answer('Undone', undone.reason, classified);
}

function answer(outcome: Outcome, reason: string, classified: ClassifiedAlarm): Remediated {
  return {
    schemaVersion: SCHEMA_VERSION,
    acted: outcome === 'Acted',
    outcome,
    reason,
    undoIfNotCleared:
      outcome === 'Acted' &&
      classified.action !== undefined &&
      isUndoneInVain(classified.action.kind, classified.cause),
    classified,
  };
}
