import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import type { ChangeLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { ChangeRecord, VerificationRecord } from '../../../shared/contracts/ledger.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { runsIn } from '../../../shared/domain/night/evidence/rhythm.ts';
import { withoutWarmUpsAsIn } from '../../../shared/domain/night/evidence/warm-up-calls.ts';
import { approvedSlowdown } from '../../../shared/domain/night/verification/approved-slowdown.ts';
import { type Judgement, judgeChange } from '../../../shared/domain/night/verification/judge-change.ts';
import { judgeRareChange, type RareWindowMetrics } from '../../../shared/domain/night/verification/rare-change.ts';
import { realizedSavings } from '../../../shared/domain/night/verification/realized-savings.ts';
import { windowMetrics } from '../../../shared/domain/night/verification/window-metrics.ts';
import { readStretches, type Stretches, type StretchSeries } from './read-stretches.ts';

const DAY_MS = 86_400_000;

export interface JudgeDependencies {
  ledger: Pick<ChangeLedger, 'updateChange'>;
  metrics: MetricReader;
  now(): number;
}

/** Compares production with and without the change, and adds what was seen to the change's record. */
export async function judgeProduction(
  run: RunContext,
  change: ChangeRecord,
  stretches: Stretches | undefined,
  dependencies: JudgeDependencies,
): Promise<Judgement> {
  const read = stretches && (await readStretches(stretches, dependencies.metrics));
  const before = read && ownCalls(read.before, change);
  const after = read && ownCalls(read.after, change);
  const judgement = judged(run, change, before, after);
  await record(change, { judgement, before, after }, dependencies);
  return judgement;
}

/** What its own calls were like; those of ours that keep it warm are none of them. */
function ownCalls(
  { series, window }: StretchSeries['before'],
  { assessment }: ChangeRecord,
): RareWindowMetrics | undefined {
  if (series === undefined) return undefined;
  const all = windowMetrics(series);
  const days = (window.endMs - window.startMs) / DAY_MS;
  const own = assessment.metrics ? withoutWarmUpsAsIn(assessment.metrics, all, days) : all;
  return { ...own, runs: runsIn(series.invocations, window) };
}

function judged(
  run: RunContext,
  change: ChangeRecord,
  before?: RareWindowMetrics,
  after?: RareWindowMetrics,
): Judgement {
  if (before === undefined || after === undefined)
    return { verdict: 'inconclusive', reason: 'CloudWatch has no complete metrics yet' };
  const comparison = {
    before,
    after,
    configurationBefore: change.before,
    configurationAfter: change.after,
    maxSlowdown: run.policy.maxSlowdown,
    approvedSlowdown: approvedSlowdown(run.policy, change),
    minimumInvocations: run.policy.minimumInvocations,
  };
  const { rhythm } = change.assessment;
  return rhythm === undefined ? judgeChange(comparison) : judgeRareChange(comparison, rhythm);
}

async function record(
  change: ChangeRecord,
  {
    judgement,
    before,
    after,
  }: { judgement: Judgement; before?: RareWindowMetrics | undefined; after?: RareWindowMetrics | undefined },
  { ledger, now }: JudgeDependencies,
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
