import type { Ledger } from '../../../shared/clients/ledger/ledger.ts';
import { type StandingChangeLedger, standingChange } from '../../../shared/clients/ledger/standing-change.ts';
import { parseRecordOutcomeInput, type RecordOutcomeInput } from '../../../shared/contracts/change.ts';
import type { ChangeRecord, ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { ChangedOutcome } from '../../../shared/contracts/outcome.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { deciderOf } from '../../../shared/domain/approval/proposal/wording.ts';
import { isKeptAsCode } from '../../../shared/domain/night/change/delivery.ts';
import { endedAs } from '../../../shared/domain/night/change/ended-as.ts';
import { keepsOpen, learnedFrom } from './conclude.ts';

export interface RecordOutcomeDependencies {
  ledger: Pick<Ledger, 'getProposal' | 'getFunctions' | 'settleChange' | 'close' | 'setOutcome'> & StandingChangeLedger;
  coolDownDays: number;
  now(): number;
}

/**
 * Ends a change in the ledger, whichever way it ended, and answers its outcome. Writing it twice changes nothing. The
 * function's record is closed late: until then no other run can propose anything for it. Last of all the change leaves
 * the list of open ones: what breaks off before that is finished by the next night, or the function stayed closed for good.
 */
export async function recordOutcome(event: unknown, dependencies: RecordOutcomeDependencies): Promise<ChangedOutcome> {
  const input = parseRecordOutcomeInput(event);
  const { ledger } = dependencies;
  const change = await standingChange(input, ledger);
  const proposal = await ledger.getProposal(input.runId, input.functionName);
  const settled = settledBefore(input, change) ?? rejectedAnyway(input, change, proposal) ?? input;
  await writeOutcome(settled, proposal, change, dependencies);
  return outcomeOf(settled, proposal, change);
}

/**
 * A change that ended before, as refused or in a try that broke off, ends so again, and one that the alarms' remediation
 * took back meanwhile as rolled back, whatever the state machine made of it.
 */
function settledBefore(input: RecordOutcomeInput, change: ChangeRecord | undefined): RecordOutcomeInput | undefined {
  const ended = change && endedAs(change);
  if (ended !== undefined) return { ...input, kind: ended, reason: change?.outcomeReason ?? input.reason };
  if (change?.rolledBackAt !== undefined && input.kind !== 'RolledBack')
    return { ...input, kind: 'RolledBack', reason: change.outcomeReason ?? input.reason };
  return undefined;
}

/** A person who said no has said so, and the function rests, whatever broke on the way to here. */
function rejectedAnyway(
  { failure: _, ...input }: RecordOutcomeInput,
  change: ChangeRecord | undefined,
  proposal: ProposalRecord | undefined,
): RecordOutcomeInput | undefined {
  const { decision } = proposal ?? {};
  if (change !== undefined || decision?.decision !== 'rejected' || input.kind !== 'Failed') return undefined;
  return { ...input, kind: 'Rejected', reason: `rejected by ${deciderOf(decision.by)}` };
}

async function writeOutcome(
  input: RecordOutcomeInput,
  proposal: ProposalRecord | undefined,
  change: ChangeRecord | undefined,
  { ledger, coolDownDays, now }: RecordOutcomeDependencies,
): Promise<void> {
  const { runId, functionName, kind, reason } = input;
  const nowMs = now();
  const at = new Date(nowMs).toISOString();
  const staysOpen = keepsOpen(kind, change);
  const isAwaited = change?.status === 'AwaitingDeployment';
  const status = staysOpen ? openStatus(change) : kind;
  if (change) await ledger.updateChange(functionName, runId, { status, outcomeReason: reason });
  if (proposal) await ledger.setOutcome(runId, functionName, { kind, reason, at });
  if (staysOpen) {
    await ledger.setOpen(functionName, runId, isAwaited ? 'awaitingDeployment' : 'watching', at);
    return;
  }
  const known = (await ledger.getFunctions([functionName])).get(functionName);
  await ledger.close(functionName, runId, learnedFrom(kind, change, proposal, known, { coolDownDays, nowMs }));
  if (change) await ledger.settleChange(functionName, runId);
}

/** What the next night must know of a change that stays open: a rollback that broke off is finished, not judged anew. */
const openStatus = (change: ChangeRecord | undefined): ChangeRecord['status'] =>
  change?.status === 'AwaitingDeployment' || change?.status === 'rollingBack' ? change.status : 'Watching';

function outcomeOf(
  input: RecordOutcomeInput,
  proposal: ProposalRecord | undefined,
  change: ChangeRecord | undefined,
): ChangedOutcome {
  const assessment = (change ?? proposal)?.assessment;
  const savings = (change ?? proposal)?.savings;
  const by = (change ?? proposal)?.decision?.by;
  const realized = input.kind === 'RolledBack' ? 0 : change?.realizedSavingsUsdPerMonth;
  return {
    schemaVersion: SCHEMA_VERSION,
    functionName: input.functionName,
    functionArn: input.functionArn,
    runId: input.runId,
    kind: input.kind,
    reason: input.reason,
    ...(by !== undefined && { decidedBy: deciderOf(by), decidedByKind: by.kind }),
    ...(assessment && { before: assessment.current, after: assessment.recommended }),
    ...(savings && { estimatedSavingsUsdPerMonth: savings.savingsUsdPerMonth }),
    ...(realized !== undefined && { realizedSavingsUsdPerMonth: realized }),
    ...(input.failure && { failure: input.failure }),
    ...((change ?? proposal)?.delivery && { delivery: (change ?? proposal)?.delivery }),
    ...(assessment && isKeptAsCode(assessment.owner) && { owner: assessment.owner }),
  };
}
