import type { AliasReader } from '../../../shared/clients/lambda/alias-reader.ts';
import type { FunctionConfigurations } from '../../../shared/clients/lambda/function-configuration.ts';
import type { ChangeTarget } from '../../../shared/contracts/assessment.ts';
import type { VerifyChangeOutput } from '../../../shared/contracts/change.ts';
import type { ChangeRecord } from '../../../shared/contracts/ledger.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { shiftState } from '../../../shared/domain/night/change/alias-shift.ts';
import { decideRollback } from '../../../shared/domain/night/change/decide-application.ts';
import { changeWindows } from '../../../shared/domain/night/verification/rare-change.ts';
import { UpdateInProgressError } from '../../../shared/errors.ts';
import { type JudgeDependencies, judgeProduction } from './judge-production.ts';
import { knownAsApplied } from './known-as-applied.ts';
import { isFinal, over, type Watching } from './watching.ts';

export interface VerifyShiftDependencies extends JudgeDependencies, Watching {
  configurations: Pick<FunctionConfigurations, 'read'>;
  aliases: AliasReader;
}

type AliasChangeRecord = ChangeRecord & { target: ChangeTarget };

/**
 * Verifies a change of what an alias leads to, twice. While the new version has a share of the traffic it is compared
 * with the old one over the same hours, which no change of traffic can disturb; if it does well it gets all of it. A
 * later night then compares all traffic with the same hours before, since a tenth may not have met every kind of call.
 */
export async function verifyShift(
  run: RunContext,
  change: AliasChangeRecord,
  dependencies: VerifyShiftDependencies,
): Promise<VerifyChangeOutput> {
  const alias = await dependencies.aliases.read(change.functionName, change.target.aliasName);
  const state = shiftState(change, alias);
  switch (state.kind) {
    case 'shifting':
      return compareVersions(run, await knownAsApplied(change, dependencies.ledger), dependencies);
    case 'finished':
      return compareWithBefore(run, await knownAsApplied(change, dependencies.ledger), dependencies);
    case 'untouched':
      return notShifted(change, dependencies);
    case 'moved':
      return undo(state.reason);
    default:
      return change.appliedAt === undefined ? notShifted(change, dependencies, state.reason) : over(state.reason);
  }
}

async function compareVersions(
  run: RunContext,
  change: AliasChangeRecord,
  dependencies: VerifyShiftDependencies,
): Promise<VerifyChangeOutput> {
  const appliedAtMs = Date.parse(change.appliedAt ?? change.startedAt);
  const window = changeWindows(change.assessment.rhythm, appliedAtMs, dependencies.now())?.after;
  const { functionName, target, shift } = change;
  const executedBy = (executedVersion: string) => ({ functionName, aliasName: target.aliasName, executedVersion });
  const subjects = { before: executedBy(target.functionVersion), after: executedBy(shift?.version ?? '') };
  const judgement = await judgeProduction(run, change, window && { subjects, window }, dependencies);
  const { verdict, reason } = judgement;
  if (verdict === 'better') return { ...answer(judgement), action: 'finishShift' };
  if (verdict === 'worse') return { ...answer(judgement), action: 'rollBack' };
  if (!isFinal(change, appliedAtMs, dependencies)) return answer(judgement);
  // Nobody knows after all these nights; weights are not left behind for ever.
  return { ...undo(`still inconclusive (${reason})`), final: true };
}

async function compareWithBefore(
  run: RunContext,
  change: AliasChangeRecord,
  dependencies: VerifyShiftDependencies,
): Promise<VerifyChangeOutput> {
  const sinceMs = Date.parse(change.shift?.finishedAt ?? change.appliedAt ?? change.startedAt);
  const windows = changeWindows(change.assessment.rhythm, sinceMs, dependencies.now());
  const subject = { functionName: change.functionName, aliasName: change.target.aliasName };
  const judgement = await judgeProduction(run, change, windows && { subject, windows }, dependencies);
  return {
    ...answer(judgement),
    final: isFinal(change, sinceMs, dependencies),
    action: judgement.verdict === 'worse' ? 'rollBack' : 'record',
  };
}

/**
 * No traffic of the alias is ours: either nothing was ever shifted, or somebody put it back, or led it elsewhere before
 * anything was. `$LATEST` may still be ours.
 *
 * @param since what became of the alias, where it is not as it was
 */
async function notShifted(change: AliasChangeRecord, dependencies: VerifyShiftDependencies, since?: string) {
  const { functionName, runId, target, appliedAt } = change;
  const latest = decideRollback(change, await dependencies.configurations.read(functionName));
  if (latest.action === 'wait') throw new UpdateInProgressError(latest.reason);
  const reason =
    appliedAt === undefined
      ? ['the change was never finished', since].filter(Boolean).join('; ')
      : `somebody took the new version off alias ${target.aliasName}`;
  if (latest.action === 'write') return undo(reason);
  if (appliedAt === undefined)
    await dependencies.ledger.updateChange(functionName, runId, { status: 'Refused', outcomeReason: reason });
  return over(reason);
}

const answer = (judgement: Pick<VerifyChangeOutput, 'verdict' | 'reason'>): VerifyChangeOutput => ({
  schemaVersion: SCHEMA_VERSION,
  ...judgement,
  final: false,
  action: 'record',
});

const undo = (reason: string): VerifyChangeOutput => ({
  ...answer({ verdict: 'inconclusive', reason }),
  action: 'rollBack',
});
