import type { MetricReader } from '../../shared/clients/cloudwatch/function-metrics.ts';
import type { FunctionConfigurations } from '../../shared/clients/lambda/function-configuration.ts';
import type { ChangeLedger } from '../../shared/clients/ledger/ledger.ts';
import { parseChangeTaskInput, type VerifyChangeOutput } from '../../shared/contracts/change.ts';
import type { ChangeRecord, VerificationRecord } from '../../shared/contracts/ledger.ts';
import type { RunContext } from '../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../shared/contracts/schema-version.ts';
import { decideRollback } from '../../shared/domain/change/decide-application.ts';
import { comparisonWindows, type TimeWindow } from '../../shared/domain/verification/comparison-windows.ts';
import { type Judgement, judgeChange, type WindowMetrics } from '../../shared/domain/verification/judge-change.ts';
import { realizedSavings } from '../../shared/domain/verification/realized-savings.ts';
import { windowMetrics } from '../../shared/domain/verification/window-metrics.ts';
import { ArtifactMissingError, UpdateInProgressError } from '../../shared/errors.ts';

const DAY_MS = 86_400_000;

export interface VerifyChangeDependencies {
  ledger: Pick<ChangeLedger, 'getChange' | 'updateChange'>;
  configurations: Pick<FunctionConfigurations, 'read'>;
  metrics: MetricReader;
  /** Nights an inconclusive change is watched before it is kept as unverified. */
  watchNights: number;
  now(): number;
}

/** Looks at production since a change and says whether it got better or worse, or that nobody knows yet. */
export async function verifyChange(
  event: unknown,
  dependencies: VerifyChangeDependencies,
): Promise<VerifyChangeOutput> {
  const { run, runId, functionName } = parseChangeTaskInput('verify-change input', event);
  const change = await dependencies.ledger.getChange(functionName, runId);
  if (change === undefined)
    throw new ArtifactMissingError(`the ledger holds no change of run ${runId} to ${functionName}`);
  const lost = await lostReason(change, dependencies);
  if (lost !== undefined) return { schemaVersion: SCHEMA_VERSION, verdict: 'inconclusive', reason: lost, final: true };
  return judge(run, change, dependencies);
}

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

async function judge(
  run: RunContext,
  change: ChangeRecord,
  dependencies: VerifyChangeDependencies,
): Promise<VerifyChangeOutput> {
  const nowMs = dependencies.now();
  const appliedAtMs = Date.parse(change.appliedAt ?? change.startedAt);
  const windows = comparisonWindows(appliedAtMs, nowMs);
  const before = windows && (await readWindow(change.functionName, windows.before, dependencies));
  const after = windows && (await readWindow(change.functionName, windows.after, dependencies));
  const judgement = judged(run, change, before, after);
  await record(change, { judgement, before, after }, dependencies);
  const final = nowMs - appliedAtMs >= dependencies.watchNights * DAY_MS;
  return { schemaVersion: SCHEMA_VERSION, ...judgement, final };
}

async function readWindow(
  functionName: string,
  window: TimeWindow,
  { metrics }: VerifyChangeDependencies,
): Promise<WindowMetrics | undefined> {
  const [series] = await metrics.readSeries([functionName], {
    startMs: window.fromMs,
    endMs: window.toMs,
    periodSeconds: window.periodSeconds,
  });
  return series && windowMetrics(series);
}

function judged(run: RunContext, change: ChangeRecord, before?: WindowMetrics, after?: WindowMetrics): Judgement {
  if (before === undefined || after === undefined)
    return { verdict: 'inconclusive', reason: 'CloudWatch has no complete metrics yet' };
  const size = (memorySizeMb: number) =>
    change.assessment.candidates.find((each) => each.memorySizeMb === memorySizeMb);
  const from = size(change.before.memorySizeMb)?.meanDurationMs;
  const upper = size(change.after.memorySizeMb)?.meanDurationUpperMs;
  return judgeChange({
    before,
    after,
    configurationBefore: change.before,
    configurationAfter: change.after,
    maxSlowdown: run.policy.maxSlowdown,
    predictedSlowdownUpper: run.policy.strategy === 'cost' || !from || !upper ? 1 : upper / from,
    minimumInvocations: run.policy.minimumInvocations,
  });
}

async function record(
  change: ChangeRecord,
  {
    judgement,
    before,
    after,
  }: { judgement: Judgement; before?: WindowMetrics | undefined; after?: WindowMetrics | undefined },
  { ledger, now }: VerifyChangeDependencies,
): Promise<void> {
  const verification: VerificationRecord = {
    at: new Date(now()).toISOString(),
    ...judgement,
    invocationsBefore: before?.invocations ?? 0,
    invocationsAfter: after?.invocations ?? 0,
    ...(before?.meanDurationMs !== undefined && { meanDurationMsBefore: before.meanDurationMs }),
    ...(after?.meanDurationMs !== undefined && { meanDurationMsAfter: after.meanDurationMs }),
    ...(before?.p95DurationMs !== undefined && { p95DurationMsBefore: before.p95DurationMs }),
    ...(after?.p95DurationMs !== undefined && { p95DurationMsAfter: after.p95DurationMs }),
  };
  const realized = realizedSavings(change, verification);
  await ledger.updateChange(change.functionName, change.runId, {
    verifications: [...change.verifications, verification],
    ...(realized !== undefined && { realizedSavingsUsdPerMonth: realized }),
  });
}
