import { writeConfiguration } from '../../../shared/clients/lambda/write-configuration.ts';
import type { Ledger } from '../../../shared/clients/ledger/ledger.ts';
import {
  type ApplyChangeOutput,
  type ChangeTaskInput,
  parseChangeTaskInput,
} from '../../../shared/contracts/change.ts';
import { type ChangeRecord, isOfNewerRelease, type ProposalRecord } from '../../../shared/contracts/ledger.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { decideApplication } from '../../../shared/domain/night/change/decide-application.ts';
import { awaitingReason, findDeployment } from '../../../shared/domain/night/change/find-deployment.ts';
import type { LiveFunction } from '../../../shared/domain/night/change/live-function.ts';
import { UpdateInProgressError } from '../../../shared/errors.ts';
import { type PublishAndShiftDependencies, publishAndShift } from './publish-and-shift.ts';

export interface ApplyChangeDependencies extends PublishAndShiftDependencies {
  ledger: Pick<Ledger, 'getProposal' | 'beginChange' | 'updateChange' | 'setOpen'>;
}

/**
 * Writes an approved change. Consent is read from the ledger, never from the state's input; the ledger holds the
 * configuration before anything is touched; another try of the same change finds out how far the former one got.
 * Where the function's source is to make the change, nothing is written to the function. It is called when the change's turn has come, and makes no more calls of Lambda than the turn is long.
 *
 * @throws UpdateInProgressError, TransientError: try again later
 */
export async function applyChange(event: unknown, dependencies: ApplyChangeDependencies): Promise<ApplyChangeOutput> {
  const input = parseChangeTaskInput('apply-change input', event);
  const { ledger, clock } = dependencies;
  const proposal = await ledger.getProposal(input.runId, input.functionName);
  if (proposal?.status !== 'approved' || !proposal.decision)
    return refused('the ledger holds no approval of this change');
  if (isOfNewerRelease(proposal)) return refused('a newer release of Rightsizer than is deployed proposed it');
  const change = await ledger.beginChange(newChange(proposal, clock.now()));
  if (change.status !== 'applying') return settledEarlier(change);
  await ledger.setOpen(input.functionName, input.runId, 'change', iso(clock.now()));
  if (change.delivery === 'patch') return handOver(change, dependencies);
  if (change.target === undefined) return applyToLatest(input, change, dependencies);
  const shift = await publishAndShift({ ...change, target: change.target }, dependencies);
  if (!shift.shifted) return refuse(change, shift.reason, dependencies);
  return applied({ ...change, shift: { version: shift.version } }, {}, input, dependencies);
}

async function applyToLatest(input: ChangeTaskInput, change: ChangeRecord, dependencies: ApplyChangeDependencies) {
  const live = await dependencies.configurations.read(input.functionName);
  const application = decideApplication(change, live);
  if (application.action === 'wait') throw new UpdateInProgressError(application.reason);
  if (application.action === 'refuse' || live === undefined) {
    return refuse(change, application.action === 'refuse' ? application.reason : 'the function is gone', dependencies);
  }
  if (application.action === 'none') return applied(change, live, input, dependencies);
  const result = await writeConfiguration(input.functionName, change.after, live.revisionId, dependencies);
  return result.written
    ? applied(change, result.live, input, dependencies)
    : refuse(change, result.reason, dependencies);
}

function newChange(proposal: ProposalRecord, nowMs: number): ChangeRecord {
  const { assessment, savings, decision, runId, functionName, functionArn, delivery } = proposal;
  if (decision === undefined) throw new RangeError('a change needs a decision');
  return {
    runId,
    functionName,
    functionArn,
    status: 'applying',
    before: { ...assessment.current, codeSha256: assessment.codeSha256 },
    after: assessment.recommended,
    // A deployment moves its aliases itself.
    ...(delivery === undefined && assessment.target && { target: assessment.target }),
    ...(delivery && { delivery }),
    decision,
    assessment,
    savings,
    startedAt: iso(nowMs),
    verifications: [],
  };
}

/** Leaves the change to the function's source; the nights look whether a deployment has carried it. */
async function handOver(change: ChangeRecord, dependencies: ApplyChangeDependencies): Promise<ApplyChangeOutput> {
  const { configurations, ledger, clock } = dependencies;
  const found = findDeployment(change, await configurations.read(change.functionName), clock.now());
  if (found.state === 'lost') return refuse(change, found.reason, dependencies);
  await ledger.updateChange(change.functionName, change.runId, { status: 'AwaitingDeployment' });
  return awaiting(change);
}

const awaiting = ({ assessment }: ChangeRecord): ApplyChangeOutput => ({
  schemaVersion: SCHEMA_VERSION,
  ...{ applied: false, awaitsDeployment: true },
  reason: awaitingReason(assessment.owner),
});

async function applied(
  change: ChangeRecord,
  live: Partial<Pick<LiveFunction, 'revisionId'>>,
  { run }: ChangeTaskInput,
  { ledger, clock }: ApplyChangeDependencies,
) {
  const nowMs = clock.now();
  const verifyAt = iso(
    Math.max(nowMs, Math.min(nowMs + run.verificationWindowSeconds * 1000, Date.parse(run.verifyDeadlineAt))),
  );
  const written = {
    status: 'applied' as const,
    appliedAt: iso(nowMs),
    ...(live.revisionId !== undefined && { appliedRevisionId: live.revisionId }),
    verifyAt,
  };
  await ledger.updateChange(change.functionName, change.runId, written);
  return answer({ ...change, ...written }, verifyAt);
}

/** A try after the change was already settled: says again what was said then. */
function settledEarlier(change: ChangeRecord): ApplyChangeOutput {
  if (change.status === 'AwaitingDeployment') return awaiting(change);
  if (change.appliedAt === undefined || change.verifyAt === undefined)
    return refused(change.outcomeReason ?? 'refused before');
  return answer(change, change.verifyAt);
}

async function refuse(
  change: ChangeRecord,
  reason: string,
  { ledger }: ApplyChangeDependencies,
): Promise<ApplyChangeOutput> {
  await ledger.updateChange(change.functionName, change.runId, { status: 'Refused', outcomeReason: reason });
  return refused(reason);
}

const refused = (reason: string): ApplyChangeOutput => ({ schemaVersion: SCHEMA_VERSION, applied: false, reason });

function answer(change: ChangeRecord, verifyAt: string): ApplyChangeOutput {
  const { before, after, target, shift } = change;
  const where = target && `; version ${shift?.version} of it gets a first share of alias ${target.aliasName}`;
  const reason = `changed from ${before.memorySizeMb} MB and ${before.timeoutSeconds} s to ${after.memorySizeMb} MB and ${after.timeoutSeconds} s${where ?? ''}`;
  return { schemaVersion: SCHEMA_VERSION, applied: true, reason, verifyAt, change };
}

const iso = (ms: number): string => new Date(ms).toISOString();
