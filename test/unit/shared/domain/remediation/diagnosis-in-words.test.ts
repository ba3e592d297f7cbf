import type { AlarmId } from '../../../../../shared/contracts/alarms.ts';
import { DEFAULT_THRESHOLDS } from '../../../../../shared/domain/configuration/alarms/catalogue.ts';
import { diagnoseFunction } from '../../../../../shared/domain/remediation/diagnose-function.ts';
import { diagnoseQueue } from '../../../../../shared/domain/remediation/diagnose-queue.ts';
import { diagnoseTable } from '../../../../../shared/domain/remediation/diagnose-table.ts';
import type { FunctionEvidence, TableEvidence } from '../../../../../shared/domain/remediation/evidence.ts';
import { DEFAULT_REMEDIATION_SETTINGS as settings } from '../../../../../shared/domain/remediation/policy.ts';
import { change, functionRecord, liveFunction } from '../../../../support/builders.ts';
import { evidence, NOW_MS } from '../../../../support/remediation.ts';

/** What somebody reads who was woken: the whole reason, and the cause it is filed under, at each limit. */
const thresholds = DEFAULT_THRESHOLDS;
const recent = (errors: number, invocations = 1_000, maxDurationMs = 900) => ({
  invocations,
  errors,
  throttles: 0,
  p95DurationMs: 300.4,
  maxDurationMs,
});
const reserved = (executions: number) => ({ live: liveFunction({ reservedConcurrentExecutions: executions }) });
const unprovisioned = { requested: 8, qualifier: 'live' };
const shifted = { kind: 'alias', aliasName: 'live', functionVersion: '1' } as const;
const PINNED = 'AliasPinned: alias live runs version 3';

it.each<[AlarmId, Partial<FunctionEvidence>, string]>([
  ['HighErrorRate', { live: undefined }, 'notify ResourceGone: the function was deleted since'],
  ['HighErrorRate', reserved(0), 'notify NotTouchable: somebody switched the function off (reserved concurrency 0)'],
  ['HighErrorRate', { recent: recent(19, 19) }, 'ignore TooFewSamples: 19 of 19 invocations are no rate'],
  ['HighErrorRate', { recent: recent(50) }, 'ignore AlreadyOver: 5.0 % of invocations fail by now'],
  [
    'HighErrorRate',
    { recent: recent(20, 20) },
    'notify FunctionErrors: 100.0 % of invocations fail by the function’s own code: neither memory nor time ran out',
  ],
  [
    'HighErrorRate',
    { recent: recent(51), maxMemoryUsedMb: 1_018 },
    'notify FunctionErrors: 5.1 % of invocations fail by the function’s own code: neither memory nor time ran out',
  ],
  [
    'HighErrorRate',
    { recent: recent(51), maxMemoryUsedMb: 1_019 },
    'act OutOfMemory: 5.1 % of invocations fail, and REPORT lines show 1019 of 1024 MB used',
  ],
  [
    'HighErrorRate',
    { recent: recent(51, 1_000, 29_700) },
    'act TimingOut: 5.1 % of invocations fail, and calls are cut off at 30 s',
  ],
  [
    'HighErrorRate',
    { recent: recent(51, 1_000, 29_700), pinned: PINNED },
    `notify TimingOut: 5.1 % of invocations fail, and calls are cut off at 30 s; ${PINNED}`,
  ],
  ['DurationNearTimeout', { recent: recent(0, 1_000, 27_600.4) }, 'act TimingOut: the slowest call takes 27600 ms'],
  [
    'DurationNearTimeout',
    { recent: { ...recent(0), maxDurationMs: undefined } },
    'act TimingOut: the slowest call takes 0 ms',
  ],
  ['MemoryNearSize', {}, 'act MemoryNearSize: Lambda Insights sees its memory nearly full'],
  [
    'MemoryNearSize',
    { pinned: PINNED },
    `notify MemoryNearSize: Lambda Insights sees its memory nearly full; ${PINNED}`,
  ],
  [
    'MemoryNearSize',
    { live: liveFunction({ memorySizeMb: 10_240 }) },
    'notify MemoryNearSize: Lambda Insights sees its memory nearly full; 10240 MB is the most it may have',
  ],
  ['LambdaThrottling', reserved(10), 'act ReservedConcurrencyUsedUp: its 10 reserved executions are used up'],
  [
    'LambdaThrottling',
    {},
    'notify AccountConcurrencyUsedUp: the function has no reservation, so the account’s limit of 1000 is used up; ask AWS to raise it',
  ],
  [
    'LambdaThrottling',
    { ...reserved(10), account: { concurrency: 1_000, unreserved: 100 } },
    'notify ReservedConcurrencyUsedUp: its 10 reserved executions are used up, and 100 unreserved leave nothing above the floor of 100',
  ],
  ['ProvisionedConcurrencySpillover', {}, 'notify Spillover: its provisioned concurrency was taken away since'],
  [
    'ProvisionedConcurrencySpillover',
    { provisioned: unprovisioned },
    'act Spillover: 8 environments of live are not enough',
  ],
  [
    'ProvisionedConcurrencySpillover',
    { provisioned: unprovisioned, live: liveFunction({ memorySizeMb: 10_240 }) },
    'notify Spillover: 8 environments of live are not enough, and one more is beyond the budget of 50 USD a month',
  ],
  ['LowCacheHitRate', {}, 'act CacheMisses: its cache answers too few lookups, so its invocations do more work'],
  ['HighCostPerUser', {}, 'act CostRose: its invocations took the most time of all functions in the last day'],
  ['HighResponseTime', {}, 'notify Slow: p95 is 300 ms, and no change of ours explains it'],
  ['IteratorAge', {}, 'notify Announcement: IteratorAge is for people to look at'],
])('%s says of %j', (alarmId, given, expected) => {
  const found = diagnoseFunction({
    alarmId,
    evidence: evidence({ recent: recent(0), ...given }),
    settings,
    thresholds,
    nowMs: NOW_MS,
  });
  expect(`${found.verdict} ${found.cause}: ${found.reason}`).toBe(expected);
  expect(found.resource).toEqual({ kind: 'function', name: 'orders-api' });
});

const live = { billingMode: 'PROVISIONED', status: 'ACTIVE', readUnits: 100, writeUnits: 40 } as const;
const scaled = { minimum: 5, maximum: 4_000 };

it.each<[Partial<TableEvidence>, string]>([
  [{ live: undefined }, 'notify ResourceGone: the table was deleted since'],
  [{ throttled: { reads: 0, writes: 0 } }, 'ignore AlreadyOver: nothing was refused in the last minutes'],
  [{ throttled: { reads: 5, writes: 5 } }, 'act TableCapacityUsedUp: 5 reads and 5 writes were refused'],
  [
    { live: { ...live, billingMode: 'PAY_PER_REQUEST' } },
    'notify HotKey: 0 reads and 600 writes were refused although the table is on demand: a hot key, or a rise beyond twice its former peak; nothing can be raised',
  ],
  [{ consumed: { readUnits: 0, writeUnits: 24 } }, 'act TableCapacityUsedUp: 0 reads and 600 writes were refused'],
  [
    { consumed: { readUnits: 100, writeUnits: 22 } },
    'notify HotKey: 0 reads and 600 writes were refused, but the table used only 55 % of its capacity; spread the hot key',
  ],
  [
    { throttled: { reads: 9, writes: 9 }, consumed: { readUnits: 50, writeUnits: 40 } },
    'notify HotKey: 9 reads and 9 writes were refused, but the table used only 50 % of its capacity; spread the hot key',
  ],
  [
    { live: { ...live, writeScaling: scaled } },
    'notify TableCapacityUsedUp: 0 reads and 600 writes were refused, and 4000 units is the most it may have',
  ],
])('a table says of %j', (given, expected) => {
  const table = {
    tableName: 'sessions',
    live,
    throttled: { reads: 0, writes: 600 },
    consumed: { readUnits: 90, writeUnits: 40 },
  };
  const found = diagnoseTable({ ...table, ...given }, settings);
  expect(`${found.verdict} ${found.cause}: ${found.reason}`).toBe(expected);
});

it.each<[FunctionEvidence | undefined, string]>([
  [undefined, 'notify ResourceGone: no function reads the queue any more'],
  [evidence({ live: undefined }), 'notify ResourceGone: its reader orders-api was deleted'],
  [
    evidence({ recent: recent(51) }),
    'notify ConsumerFailing: 5.1 % of orders-api’s invocations fail; more of them would fail more',
  ],
  [evidence(reserved(0)), 'notify NotTouchable: somebody switched orders-api off (reserved concurrency 0)'],
  [
    evidence({ recent: recent(50) }),
    'notify ConsumerTooSlow: orders-api has no reservation that held it back; each invocation is too slow, or the event source’s own maximum concurrency holds it',
  ],
  [evidence({ ...reserved(4), recent: recent(0, 0) }), 'act ConsumerTooSlow: its 4 reserved executions are used up'],
])('a queue says of its reader %#', (consumer, expected) => {
  const found = diagnoseQueue({ queueName: 'jobs', consumer, settings, thresholds });
  expect(`${found.verdict} ${found.cause}: ${found.reason}`).toBe(expected);
});

describe('production that got worse since our change', () => {
  const lastChange = change({
    status: 'applied',
    appliedAt: '2026-11-23T09:00:00.000Z',
    before: { memorySizeMb: 1_024, timeoutSeconds: 30, codeSha256: liveFunction().codeSha256 },
    after: { memorySizeMb: 512, timeoutSeconds: 30 },
  });
  const worse = {
    lastChange,
    live: liveFunction({ memorySizeMb: 512 }),
    record: functionRecord({ baselineMemorySizeMb: 3_008 }),
    recent: recent(200),
    beforeOurChange: recent(5),
  };
  const told = (given: Partial<FunctionEvidence>) =>
    diagnoseFunction({
      alarmId: 'HighErrorRate',
      evidence: evidence({ ...worse, ...given }),
      settings,
      thresholds,
      nowMs: NOW_MS,
    });
  const SINCE =
    'since our change of 2026-11-23T09:00:00.000Z from 1024 to 512 MB: 20.0 % of invocations fail, 0.5 % did before';

  it('is told with the change and both shares', () => {
    expect(told({})).toMatchObject({ verdict: 'act', cause: 'WorseSinceOurChange', reason: SINCE });
    expect(told({ maxMemoryUsedMb: 512 })).toMatchObject({
      cause: 'WorseSinceOurChange',
      reason: `${SINCE}; it runs out of memory, so all cuts since 3008 MB are taken back`,
    });
  });

  it.each([
    [
      'an alias was shifted, whose former version keeps its own size',
      { lastChange: { ...lastChange, target: shifted } },
    ],
    ['the ledger knows no size before our first cut', { record: undefined }],
    ['memory is not known to be used up', { maxMemoryUsedMb: undefined }],
  ])('has one change taken back alone where %s', (_, given) => {
    const { action } = told({ maxMemoryUsedMb: 512, ...given });
    expect(action).toEqual({ kind: 'RollBackChange', functionName: 'orders-api', runId: lastChange.runId });
  });

  it('is no reason to touch a function that nobody has changed', () => {
    expect(told({ lastChange: undefined }).cause).toBe('FunctionErrors');
  });
});
