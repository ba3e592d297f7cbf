import type { AlarmId, AlarmThresholds } from '../../contracts/alarms.ts';
import type { ChangeRecord } from '../../contracts/ledger.ts';
import type { RemediationResource } from '../../contracts/remediation.ts';
import type { RemediationSettings } from '../../contracts/remediation-settings.ts';
import { act, type Diagnosis, ignore, notify } from './diagnosis.ts';
import type { FunctionEvidence } from './evidence.ts';
import { watchedChange, worseSince } from './our-change.ts';
import { raisedProvisioned, raisedReservation, raiseMemory, raiseTimeout, UNRESERVED_FLOOR } from './raise.ts';

/** REPORT rounds to whole megabytes, and a killed environment was at its limit; equal counts. */
const FULL_MEMORY_SHARE = 0.995;
/** A call that was cut off lasted its timeout, give or take the clock. */
const FULL_TIMEOUT_SHARE = 0.99;
/** As the alarm's own: fewer invocations make no rate. */
const FEWEST_SAMPLES = 20;

export interface FunctionCase {
  alarmId: AlarmId;
  evidence: FunctionEvidence;
  settings: RemediationSettings;
  thresholds: AlarmThresholds;
  nowMs: number;
}

/** What is wrong with a function that an alarm blames, and what to do about it. */
export function diagnoseFunction(given: FunctionCase): Diagnosis {
  const { evidence } = given;
  const resource = resourceOf(evidence);
  const { live } = evidence;
  if (live === undefined) return notify(resource, 'ResourceGone', 'the function was deleted since');
  if (evidence.untouchable !== undefined) return notify(resource, 'NotTouchable', evidence.untouchable);
  if (live.reservedConcurrentExecutions === 0)
    return notify(resource, 'NotTouchable', 'somebody switched the function off (reserved concurrency 0)');
  return rollBackOurChange(given) ?? diagnoseByAlarm(given);
}

const resourceOf = ({ functionName }: FunctionEvidence): RemediationResource => ({
  kind: 'function',
  name: functionName,
});

/** Alarms that a smaller memory size or a shorter timeout can cause. */
const OURS_TO_CAUSE: ReadonlySet<AlarmId> = new Set([
  'HighErrorRate',
  'HighResponseTime',
  'DurationNearTimeout',
  'MemoryNearSize',
]);

function rollBackOurChange({ alarmId, evidence, settings, nowMs }: FunctionCase): Diagnosis | undefined {
  if (!OURS_TO_CAUSE.has(alarmId)) return undefined;
  const change = watchedChange(evidence, settings, nowMs);
  const worse = change && worseSince(evidence.recent, evidence.beforeOurChange);
  if (change === undefined || worse === undefined) return undefined;
  const { functionName } = evidence;
  const reason = `since our change of ${change.appliedAt} from ${change.before.memorySizeMb} to ${change.after.memorySizeMb} MB: ${worse}`;
  const rollBack = { kind: 'RollBackChange', functionName, runId: change.runId } as const;
  const restoreMemorySizeMb = sizeBeforeAllCuts(change, evidence, settings);
  if (restoreMemorySizeMb === undefined) return act(resourceOf(evidence), 'WorseSinceOurChange', reason, rollBack);
  const all = `${reason}; it runs out of memory, so all cuts since ${restoreMemorySizeMb} MB are taken back`;
  return act(resourceOf(evidence), 'WorseSinceOurChange', all, { ...rollBack, restoreMemorySizeMb });
}

/**
 * How much a killed function needs, nobody knows; that it needs no more than it had before Rightsizer's first cut, years
 * of production say. One step back of several may leave it short, and each further step would cost another incident.
 */
function sizeBeforeAllCuts(
  change: ChangeRecord,
  { live, maxMemoryUsedMb, record }: FunctionEvidence,
  { maximumMemorySizeMb }: RemediationSettings,
): number | undefined {
  const isKilled = live !== undefined && isOutOfMemory(maxMemoryUsedMb, live.memorySizeMb);
  if (!isKilled || record === undefined || change.target !== undefined) return undefined;
  const sizeMb = Math.min(record.baselineMemorySizeMb, maximumMemorySizeMb);
  return sizeMb > change.before.memorySizeMb ? sizeMb : undefined;
}

function diagnoseByAlarm(given: FunctionCase): Diagnosis {
  const { alarmId, evidence } = given;
  const resource = resourceOf(evidence);
  switch (alarmId) {
    case 'HighErrorRate':
      return diagnoseErrors(given);
    case 'DurationNearTimeout':
      return longer(given, `the slowest call takes ${Math.round(evidence.recent.maxDurationMs ?? 0)} ms`);
    case 'MemoryNearSize':
      return bigger(given, 'MemoryNearSize', 'Lambda Insights sees its memory nearly full');
    case 'LambdaThrottling':
      return moreConcurrency(given, 'ReservedConcurrencyUsedUp');
    case 'ProvisionedConcurrencySpillover':
      return moreProvisioned(given);
    case 'LowCacheHitRate':
      return optimize(given, 'CacheMisses', 'its cache answers too few lookups, so its invocations do more work');
    case 'HighCostPerUser':
      return optimize(given, 'CostRose', 'its invocations took the most time of all functions in the last day');
    case 'HighResponseTime':
      return notify(
        resource,
        'Slow',
        `p95 is ${Math.round(evidence.recent.p95DurationMs ?? 0)} ms, and no change of ours explains it`,
      );
    default:
      return notify(resource, 'Announcement', `${alarmId} is for people to look at`);
  }
}

function diagnoseErrors(given: FunctionCase): Diagnosis {
  const { evidence, thresholds } = given;
  const { invocations, errors, maxDurationMs = 0 } = evidence.recent;
  const { memorySizeMb, timeoutSeconds } = evidence.live!;
  const resource = resourceOf(evidence);
  if (invocations < FEWEST_SAMPLES)
    return ignore(resource, 'TooFewSamples', `${errors} of ${invocations} invocations are no rate`);
  const percent = (100 * errors) / invocations;
  if (percent <= thresholds.errorRatePercent)
    return ignore(resource, 'AlreadyOver', `${percent.toFixed(1)} % of invocations fail by now`);
  const failing = `${percent.toFixed(1)} % of invocations fail`;
  const { maxMemoryUsedMb } = evidence;
  if (isOutOfMemory(maxMemoryUsedMb, memorySizeMb))
    return bigger(
      given,
      'OutOfMemory',
      `${failing}, and REPORT lines show ${maxMemoryUsedMb} of ${memorySizeMb} MB used`,
    );
  if (maxDurationMs >= timeoutSeconds * 1000 * FULL_TIMEOUT_SHARE)
    return longer(given, `${failing}, and calls are cut off at ${timeoutSeconds} s`);
  return notify(resource, 'FunctionErrors', `${failing} by the function’s own code: neither memory nor time ran out`);
}

const isOutOfMemory = (maxMemoryUsedMb: number | undefined, memorySizeMb: number): boolean =>
  maxMemoryUsedMb !== undefined && maxMemoryUsedMb >= memorySizeMb * FULL_MEMORY_SHARE;

function bigger(given: FunctionCase, cause: 'OutOfMemory' | 'MemoryNearSize', reason: string): Diagnosis {
  const { evidence, settings } = given;
  const action = raiseMemory(evidence, settings);
  const resource = resourceOf(evidence);
  if (evidence.pinned !== undefined) return notify(resource, cause, `${reason}; ${evidence.pinned}`);
  if (action === undefined)
    return notify(resource, cause, `${reason}; ${evidence.live!.memorySizeMb} MB is the most it may have`);
  return act(resource, cause, reason, action);
}

function longer(given: FunctionCase, reason: string): Diagnosis {
  const { evidence, settings } = given;
  const action = raiseTimeout(evidence, settings);
  const resource = resourceOf(evidence);
  if (evidence.pinned !== undefined) return notify(resource, 'TimingOut', `${reason}; ${evidence.pinned}`);
  if (action === undefined) return notify(resource, 'TimingOut', `${reason}; ${whyNoLonger(evidence)}`);
  return act(resource, 'TimingOut', reason, action);
}

function whyNoLonger({ live, callerLimit }: FunctionEvidence): string {
  const most = `${live!.timeoutSeconds} s is the most it may have`;
  return callerLimit === undefined ? most : `${most}: ${callerLimit.why}`;
}

/** Room for a function whose reservation is used up; a function without one shares the account's limit. */
export function moreConcurrency(
  { evidence, settings }: Pick<FunctionCase, 'evidence' | 'settings'>,
  cause: 'ReservedConcurrencyUsedUp' | 'ConsumerTooSlow',
): Diagnosis {
  const { live, account, functionName } = evidence;
  const resource = resourceOf(evidence);
  const before = live?.reservedConcurrentExecutions;
  if (before === undefined)
    return notify(
      resource,
      'AccountConcurrencyUsedUp',
      `the function has no reservation, so the account’s limit of ${account.concurrency} is used up; ask AWS to raise it`,
    );
  const after = raisedReservation(before, account, settings);
  if (after === undefined)
    return notify(
      resource,
      cause,
      `its ${before} reserved executions are used up, and ${account.unreserved} unreserved leave nothing above the floor of ${UNRESERVED_FLOOR}`,
    );
  return act(resource, cause, `its ${before} reserved executions are used up`, {
    kind: 'RaiseReservedConcurrency',
    functionName,
    before,
    after,
  });
}

function moreProvisioned({ evidence, settings }: FunctionCase): Diagnosis {
  const { provisioned, live, functionName } = evidence;
  const resource = resourceOf(evidence);
  if (provisioned === undefined)
    return notify(resource, 'Spillover', 'its provisioned concurrency was taken away since');
  const { qualifier, requested: before } = provisioned;
  const after = raisedProvisioned(before, live!.memorySizeMb, settings);
  if (after === undefined)
    return notify(
      resource,
      'Spillover',
      `${before} environments of ${qualifier} are not enough, and one more is beyond the budget of ${settings.provisionedBudgetUsdPerMonth} USD a month`,
    );
  return act(resource, 'Spillover', `${before} environments of ${qualifier} are not enough`, {
    kind: 'RaiseProvisionedConcurrency',
    functionName,
    qualifier,
    before,
    after,
  });
}

function optimize({ evidence }: FunctionCase, cause: 'CacheMisses' | 'CostRose', reason: string): Diagnosis {
  const { functionName } = evidence;
  return act(resourceOf(evidence), cause, reason, { kind: 'OptimizeOnDemand', functionName });
}
