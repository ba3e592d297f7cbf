import { DEFAULT_THRESHOLDS } from '../../../../../shared/domain/configuration/alarms/catalogue.ts';
import { diagnoseQueue } from '../../../../../shared/domain/remediation/diagnose-queue.ts';
import { diagnoseTable } from '../../../../../shared/domain/remediation/diagnose-table.ts';
import type { FunctionEvidence, TableEvidence } from '../../../../../shared/domain/remediation/evidence.ts';
import { DEFAULT_REMEDIATION_SETTINGS as settings } from '../../../../../shared/domain/remediation/policy.ts';
import { liveFunction } from '../../../../support/builders.ts';
import { evidence } from '../../../../support/remediation.ts';

const live = { billingMode: 'PROVISIONED', status: 'ACTIVE', readUnits: 100, writeUnits: 40 } as const;
const table = (overrides: Partial<TableEvidence>): TableEvidence => ({
  tableName: 'sessions',
  live,
  throttled: { reads: 0, writes: 600 },
  consumed: { readUnits: 10, writeUnits: 40 },
  ...overrides,
});

describe('diagnoseTable', () => {
  it('raises the units that are used up, and no others', () => {
    expect(diagnoseTable(table({}), settings).action).toEqual({
      kind: 'RaiseTableCapacity',
      tableName: 'sessions',
      before: { readUnits: 100, writeUnits: 40 },
      after: { readUnits: 100, writeUnits: 60 },
    });
  });

  it('raises the maximum where Application Auto Scaling manages the table', () => {
    const scaled = table({ live: { ...live, writeScaling: { minimum: 5, maximum: 40 } } });
    expect(diagnoseTable(scaled, settings).action).toMatchObject({
      kind: 'RaiseTableMaximum',
      dimension: 'write',
      before: 40,
      after: 60,
    });
  });

  it.each([
    ['a table on demand', { live: { ...live, billingMode: 'PAY_PER_REQUEST' as const } }, 'HotKey'],
    ['one hot partition', { consumed: { readUnits: 10, writeUnits: 12 } }, 'HotKey'],
    ['a table that was deleted', { live: undefined }, 'ResourceGone'],
    [
      'a table at its cap',
      { live: { ...live, writeUnits: 4_000 }, consumed: { readUnits: 0, writeUnits: 4_000 } },
      'TableCapacityUsedUp',
    ],
  ])('says that nothing can be raised for %s', (_, given, cause) => {
    expect(diagnoseTable(table(given), settings)).toMatchObject({ verdict: 'notify', cause });
  });

  it('does nothing where nothing is refused any more', () => {
    expect(diagnoseTable(table({ throttled: { reads: 0, writes: 0 } }), settings).verdict).toBe('ignore');
  });
});

describe('diagnoseQueue', () => {
  const diagnose = (consumer: FunctionEvidence | undefined) =>
    diagnoseQueue({ queueName: 'jobs', consumer, settings, thresholds: DEFAULT_THRESHOLDS });
  const reading = (reservedConcurrentExecutions?: number) =>
    evidence({
      live: liveFunction(reservedConcurrentExecutions === undefined ? {} : { reservedConcurrentExecutions }),
    });

  it('gives the consumer more room', () => {
    expect(diagnose(reading(4))).toMatchObject({ cause: 'ConsumerTooSlow', action: { before: 4, after: 6 } });
  });

  it.each([
    ['nobody reads it', undefined, 'ResourceGone'],
    ['its reader was deleted', evidence({ live: undefined }), 'ResourceGone'],
    ['its reader opted out', { ...reading(4), untouchable: 'opted out' }, 'NotTouchable'],
    ['its reader fails', { ...reading(4), recent: { invocations: 100, errors: 60, throttles: 0 } }, 'ConsumerFailing'],
    ['its reader is switched off', reading(0), 'NotTouchable'],
    ['no reservation holds its reader back', reading(), 'ConsumerTooSlow'],
  ])('only tells people where %s', (_, consumer, cause) => {
    expect(diagnose(consumer)).toMatchObject({ verdict: 'notify', cause });
  });
});
