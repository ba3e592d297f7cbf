import { type StandingChangeLedger, standingChange } from '../../../shared/clients/ledger/standing-change.ts';
import { parseChangeTaskInput, type VerifyChangeOutput } from '../../../shared/contracts/change.ts';
import type { ChangeRecord } from '../../../shared/contracts/ledger.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { decideRollback } from '../../../shared/domain/night/change/decide-application.ts';
import { endedAs } from '../../../shared/domain/night/change/ended-as.ts';
import { awaitingReason, findDeployment } from '../../../shared/domain/night/change/find-deployment.ts';
import { changeWindows } from '../../../shared/domain/night/verification/rare-change.ts';
import { ArtifactMissingError, UpdateInProgressError } from '../../../shared/errors.ts';
import { judgeProduction } from './judge-production.ts';
import { knownAsApplied } from './known-as-applied.ts';
import { type VerifyShiftDependencies, verifyShift } from './verify-shift.ts';
import { finishUndoing, isFinal, leftBehind, over } from './watching.ts';

export interface VerifyChangeDependencies extends VerifyShiftDependencies {
  ledger: StandingChangeLedger;
  /** Whether anybody looks after the account and region of a function. */
  reaches(functionName: string): boolean;
}

/** Looks at production since a change and says whether it got better or worse, or that nobody knows yet. */
export async function verifyChange(
  event: unknown,
  dependencies: VerifyChangeDependencies,
): Promise<VerifyChangeOutput> {
  const input = parseChangeTaskInput('verify-change input', event);
  const { run, runId, functionName } = input;
  const change = await standingChange(input, dependencies.ledger);
  if (change === undefined)
    throw new ArtifactMissingError(`the ledger holds no change of run ${runId} to ${functionName}`);
  // Its end was written, and then something broke off: RecordOutcome finishes that, and nothing is judged anew.
  if (endedAs(change) !== undefined) return over(change.outcomeReason ?? 'ended before');
  if (!dependencies.reaches(functionName)) return leftBehind(change, dependencies);
  // It was found harmful before: a rollback that broke off goes on, however far it got.
  if (change.status === 'rollingBack') return finishUndoing;
  if (change.status === 'AwaitingDeployment') return verifyDeployment(run, change, dependencies);
  if (change.target !== undefined) return verifyShift(run, { ...change, target: change.target }, dependencies);
  const lost = await lostReason(change, dependencies);
  return lost === undefined
    ? verifyLatest(run, await knownAsApplied(change, dependencies.ledger), dependencies)
    : over(lost);
}

/** A change that its function's source makes is judged from the deployment on that has carried it. */
async function verifyDeployment(
  run: RunContext,
  change: ChangeRecord,
  dependencies: VerifyChangeDependencies,
): Promise<VerifyChangeOutput> {
  const { configurations, ledger, now } = dependencies;
  const { functionName, runId } = change;
  const found = findDeployment(change, await configurations.read(functionName), now());
  if (found.state === 'waiting') {
    const reason = awaitingReason(change.assessment.owner);
    return { ...watched, verdict: 'inconclusive', reason, action: 'record', awaitsDeployment: true };
  }
  const changes: Partial<ChangeRecord> =
    found.state === 'deployed'
      ? { status: 'applied', appliedAt: found.at }
      : { status: 'Refused', outcomeReason: found.reason };
  await ledger.updateChange(functionName, runId, changes);
  return found.state === 'lost' ? over(found.reason) : verifyLatest(run, { ...change, ...changes }, dependencies);
}

const watched = { schemaVersion: SCHEMA_VERSION, final: false } as const;

/** Why a change can't be judged any more, now or ever: what was written is not what is live. */
async function lostReason(
  change: ChangeRecord,
  { configurations, ledger }: VerifyChangeDependencies,
): Promise<string | undefined> {
  const state = decideRollback(change, await configurations.read(change.functionName));
  if (state.action === 'wait') throw new UpdateInProgressError(state.reason);
  if (state.action === 'refuse') return state.reason;
  if (state.action === 'write') return undefined;
  if (change.appliedAt !== undefined) return 'the former configuration was put back by somebody else';
  const outcomeReason = 'the change was never written';
  await ledger.updateChange(change.functionName, change.runId, { status: 'Refused', outcomeReason });
  return outcomeReason;
}

async function verifyLatest(
  run: RunContext,
  change: ChangeRecord,
  dependencies: VerifyChangeDependencies,
): Promise<VerifyChangeOutput> {
  const nowMs = dependencies.now();
  const appliedAtMs = Date.parse(change.appliedAt ?? change.startedAt);
  const windows = changeWindows(change.assessment.rhythm, appliedAtMs, nowMs);
  const subject = change.functionName;
  const judgement = await judgeProduction(run, change, windows && { subject, windows }, dependencies);
  const action = judgement.verdict === 'worse' ? 'rollBack' : 'record';
  return { schemaVersion: SCHEMA_VERSION, ...judgement, final: isFinal(change, appliedAtMs, dependencies), action };
}
