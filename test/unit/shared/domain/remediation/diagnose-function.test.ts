import type { AlarmId } from '../../../../../shared/contracts/alarms.ts';
import { DEFAULT_THRESHOLDS } from '../../../../../shared/domain/configuration/alarms/catalogue.ts';
import { diagnoseFunction } from '../../../../../shared/domain/remediation/diagnose-function.ts';
import type { FunctionEvidence } from '../../../../../shared/domain/remediation/evidence.ts';
import { DEFAULT_REMEDIATION_SETTINGS } from '../../../../../shared/domain/remediation/policy.ts';
import { change, functionRecord, liveFunction } from '../../../../support/builders.ts';
import { evidence, NOW_MS } from '../../../../support/remediation.ts';

const diagnose = (alarmId: AlarmId, given: Partial<FunctionEvidence>, settings = DEFAULT_REMEDIATION_SETTINGS) =>
  diagnoseFunction({ alarmId, evidence: evidence(given), settings, thresholds: DEFAULT_THRESHOLDS, nowMs: NOW_MS });

const failing = { invocations: 1_000, errors: 200, throttles: 0, p95DurationMs: 300, maxDurationMs: 900 };

describe('diagnoseFunction on errors', () => {
  it('raises memory by half where REPORT lines show it used up', () => {
    expect(diagnose('HighErrorRate', { recent: failing, maxMemoryUsedMb: 1_024 })).toMatchObject({
      verdict: 'act',
      cause: 'OutOfMemory',
      action: {
        kind: 'RaiseMemory',
        before: { memorySizeMb: 1_024 },
        after: { memorySizeMb: 1_536, timeoutSeconds: 30 },
      },
    });
  });

  it('raises the timeout where calls are cut off at it', () => {
    const recent = { ...failing, maxDurationMs: 30_000 };
    expect(diagnose('HighErrorRate', { recent, maxMemoryUsedMb: 300 })).toMatchObject({
      cause: 'TimingOut',
      action: { kind: 'RaiseTimeout', after: { memorySizeMb: 1_024, timeoutSeconds: 45 } },
    });
  });

  it('raises the timeout no further than those who call the function wait', () => {
    const recent = { ...failing, maxDurationMs: 30_000 };
    const cutOff = (ceilingSeconds: number) =>
      diagnose('HighErrorRate', {
        recent,
        maxMemoryUsedMb: 300,
        callerLimit: { ceilingSeconds, why: 'queue jobs hides a message for a while' },
      });
    expect(cutOff(40)).toMatchObject({ action: { kind: 'RaiseTimeout', after: { timeoutSeconds: 40 } } });
    expect(cutOff(90)).toMatchObject({ action: { after: { timeoutSeconds: 45 } } });
    expect(cutOff(5)).toMatchObject({
      verdict: 'notify',
      cause: 'TimingOut',
      reason: expect.stringContaining('30 s is the most it may have: queue jobs hides'),
    });
  });

  it('raises memory instead of the timeout where the curve says that it makes the function faster', () => {
    const fast = change({ appliedAt: '2026-10-01T00:00:00.000Z' });
    const sizes = [1_024, 1_536].map((memorySizeMb) => ({
      ...(fast.assessment.candidates[0] ?? candidate),
      memorySizeMb,
      meanDurationMs: memorySizeMb === 1_024 ? 1_000 : 650,
    }));
    const lastChange = { ...fast, assessment: { ...fast.assessment, candidates: sizes } };
    const recent = { ...failing, maxDurationMs: 30_000 };
    expect(diagnose('HighErrorRate', { recent, lastChange }).action?.kind).toBe('RaiseMemory');
    const bound = {
      ...lastChange,
      assessment: { ...lastChange.assessment, candidates: sizes.map((each) => ({ ...each, meanDurationMs: 1_000 })) },
    };
    expect(diagnose('HighErrorRate', { recent, lastChange: bound }).action?.kind).toBe('RaiseTimeout');
  });

  it('leaves errors of the function’s own code to people', () => {
    expect(diagnose('HighErrorRate', { recent: failing, maxMemoryUsedMb: 400 })).toMatchObject({
      verdict: 'notify',
      cause: 'FunctionErrors',
    });
  });

  it.each([
    ['three invocations are no rate', { ...failing, invocations: 3, errors: 3 }, 'TooFewSamples'],
    ['the trouble is over', { ...failing, errors: 10 }, 'AlreadyOver'],
  ] as const)('does nothing where %s', (_, recent, cause) => {
    expect(diagnose('HighErrorRate', { recent, maxMemoryUsedMb: 1_024 })).toMatchObject({ verdict: 'ignore', cause });
  });
});

describe('diagnoseFunction refuses', () => {
  it.each([
    ['a function that was deleted', { live: undefined }, 'ResourceGone'],
    ['a function that opted out', { untouchable: 'tag rightsizer:exclude is "true"' }, 'NotTouchable'],
    ['a function that is switched off', { live: liveFunction({ reservedConcurrentExecutions: 0 }) }, 'NotTouchable'],
    [
      'memory at Lambda’s limit',
      { live: liveFunction({ memorySizeMb: 10_240 }), maxMemoryUsedMb: 10_240 },
      'OutOfMemory',
    ],
    [
      'memory behind an alias',
      { maxMemoryUsedMb: 1_024, pinned: 'AliasPinned: alias live runs version 3' },
      'OutOfMemory',
    ],
  ] as const)('%s', (_, given, cause) => {
    const diagnosis = diagnose('HighErrorRate', { recent: failing, ...given });
    expect(diagnosis).toMatchObject({ verdict: 'notify', cause });
    expect(diagnosis.action).toBeUndefined();
  });

  it('a timeout at Lambda’s limit, and memory above the configured one', () => {
    const slow = { ...failing, maxDurationMs: 900_000 };
    const atLimit = diagnose('HighErrorRate', { recent: slow, live: liveFunction({ timeoutSeconds: 900 }) });
    expect(atLimit).toMatchObject({ verdict: 'notify', reason: expect.stringContaining('900 s is the most') });
    const capped = { ...DEFAULT_REMEDIATION_SETTINGS, maximumMemorySizeMb: 1_024 };
    expect(diagnose('MemoryNearSize', {}, capped).verdict).toBe('notify');
  });
});

describe('diagnoseFunction after a change of ours', () => {
  const lastChange = change({
    status: 'applied',
    appliedAt: '2026-11-23T09:00:00.000Z',
    after: { memorySizeMb: 512, timeoutSeconds: 30 },
    before: { memorySizeMb: 1_024, timeoutSeconds: 30, codeSha256: liveFunction().codeSha256 },
  });
  const live = liveFunction({ memorySizeMb: 512 });
  const record = functionRecord({ open: { kind: 'change', runId: lastChange.runId, since: lastChange.startedAt } });
  const ours = { lastChange, live, record, recent: failing };
  const before = { invocations: 1_000, errors: 5, throttles: 0, p95DurationMs: 280, maxDurationMs: 900 };

  it('rolls it back where production got worse since', () => {
    expect(diagnose('HighErrorRate', { ...ours, beforeOurChange: before })).toMatchObject({
      verdict: 'act',
      cause: 'WorseSinceOurChange',
      action: { kind: 'RollBackChange', runId: lastChange.runId },
    });
    const slower = { ...before, p95DurationMs: 200 };
    const recent = { ...before, p95DurationMs: 300 };
    expect(diagnose('HighResponseTime', { ...ours, recent, beforeOurChange: slower }).action?.kind).toBe(
      'RollBackChange',
    );
  });

  it.each([
    ['production was as bad before', { beforeOurChange: { ...before, errors: 200 } }],
    ['somebody changed the size since', { live: liveFunction({ memorySizeMb: 768 }) }],
    ['new code was deployed since', { live: liveFunction({ memorySizeMb: 512, codeSha256: 'another' }) }],
    ['it was rolled back already', { lastChange: { ...lastChange, rolledBackAt: '2026-11-23T09:30:00.000Z' } }],
    [
      'nobody watches it any more',
      { lastChange: { ...lastChange, appliedAt: '2026-11-01T00:00:00.000Z' }, record: functionRecord() },
    ],
  ])('lets it be where %s', (_, given) => {
    expect(diagnose('HighErrorRate', { ...ours, ...given }).action?.kind).not.toBe('RollBackChange');
  });

  it('takes all cuts back where the function runs out of memory, as far as the cap allows', () => {
    const cut = {
      ...ours,
      beforeOurChange: before,
      maxMemoryUsedMb: 512,
      record: { ...record, baselineMemorySizeMb: 3_008 },
    };
    expect(diagnose('HighErrorRate', cut)).toMatchObject({
      reason: expect.stringContaining('all cuts since 3008 MB'),
      action: { kind: 'RollBackChange', runId: lastChange.runId, restoreMemorySizeMb: 3_008 },
    });
    const capped = { ...DEFAULT_REMEDIATION_SETTINGS, maximumMemorySizeMb: 2_048 };
    expect(diagnose('HighErrorRate', cut, capped).action).toMatchObject({ restoreMemorySizeMb: 2_048 });
  });

  it.each([
    ['memory is not what ran out', { maxMemoryUsedMb: 200 }],
    ['the last change was the first', { maxMemoryUsedMb: 512 }],
  ])('takes back the last change alone where %s', (_, given) => {
    const { action } = diagnose('HighErrorRate', { ...ours, beforeOurChange: before, ...given });
    expect(action).toEqual({ kind: 'RollBackChange', functionName: lastChange.functionName, runId: lastChange.runId });
  });

  it('does not blame it for throttling', () => {
    expect(diagnose('LambdaThrottling', ours).cause).toBe('AccountConcurrencyUsedUp');
  });
});

describe('diagnoseFunction on concurrency', () => {
  const reserved = (executions: number) => ({ live: liveFunction({ reservedConcurrentExecutions: executions }) });

  it('raises the reservation by half', () => {
    expect(diagnose('LambdaThrottling', reserved(10)).action).toMatchObject({ before: 10, after: 15 });
  });

  it('raises it only as far as the account’s unreserved floor allows', () => {
    const account = { concurrency: 1_000, unreserved: 103 };
    expect(diagnose('LambdaThrottling', { ...reserved(10), account }).action).toMatchObject({ after: 13 });
    expect(diagnose('LambdaThrottling', { ...reserved(10), account: { ...account, unreserved: 100 } })).toMatchObject({
      verdict: 'notify',
      reason: expect.stringContaining('floor of 100'),
    });
  });

  it('raises provisioned concurrency within its budget', () => {
    const provisioned = { qualifier: 'live', requested: 8 };
    expect(diagnose('ProvisionedConcurrencySpillover', { provisioned }).action).toMatchObject({
      before: 8,
      after: 10,
      qualifier: 'live',
    });
    const poor = { ...DEFAULT_REMEDIATION_SETTINGS, provisionedBudgetUsdPerMonth: 5 };
    expect(diagnose('ProvisionedConcurrencySpillover', { provisioned }, poor)).toMatchObject({
      verdict: 'notify',
      reason: expect.stringContaining('beyond the budget of 5 USD'),
    });
  });
});

it.each(['LowCacheHitRate', 'HighCostPerUser'] as const)('has the culprit of %s assessed on demand', (alarmId) => {
  expect(diagnose(alarmId, {}).action).toEqual({ kind: 'OptimizeOnDemand', functionName: 'orders-api' });
});

it.each(['IteratorAge', 'DeadLetterErrors', 'HighConcurrentUsers'] as const)('leaves %s to people', (alarmId) => {
  expect(diagnose(alarmId, {}).verdict).toBe('notify');
});

const candidate = {
  memorySizeMb: 0,
  meanDurationMs: 0,
  meanDurationLowerMs: 0,
  meanDurationUpperMs: 0,
  p95DurationMs: 0,
  p95DurationLowerMs: 0,
  p95DurationUpperMs: 0,
  costUsdPerMillion: 0,
  relativeCost: 1,
  relativeDuration: 1,
  meetsGuard: true,
  observed: true,
};
