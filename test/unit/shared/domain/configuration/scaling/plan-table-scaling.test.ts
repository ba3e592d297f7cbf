import { DEFAULT_AUTO_SCALING } from '../../../../../../shared/contracts/auto-scaling.ts';
import type { SettingRecord } from '../../../../../../shared/domain/configuration/scaling/managed-setting.ts';
import {
  planTableScaling,
  type ScalableTable,
} from '../../../../../../shared/domain/configuration/scaling/plan-table-scaling.ts';

const orders: ScalableTable = {
  tableName: 'orders',
  tags: { 'rightsizer:auto-scaling': 'true' },
  billingMode: 'PROVISIONED',
  status: 'ACTIVE',
  units: [{ resourceId: 'table/orders', readUnits: 100, writeUnits: 11 }],
};
const plan = (table: Partial<ScalableTable>, settings = {}, records = new Map<string, SettingRecord>()) =>
  planTableScaling([{ ...orders, ...table }], { ...DEFAULT_AUTO_SCALING, ...settings }, records, 'Rightsizer-dev');
const limits = (readUnits: number, settings = {}) =>
  plan({ units: [{ resourceId: 'table/orders', readUnits, writeUnits: 1 }] }, settings).wanted[0]!.value;

describe('a table that asked to be scaled', () => {
  it('gets limits around what is provisioned and a policy that needs them, for reads and for writes', () => {
    expect(plan({})).toEqual({
      skipped: [],
      wanted: [
        {
          ...{ key: 'table/orders/read/limits', resource: 'table/orders', value: { minimum: 50, maximum: 400 } },
          ...{ basis: '0.5 to 4', reason: 'read capacity between 50 and 400 units, from 100 provisioned' },
        },
        {
          ...{ key: 'table/orders/read/policy', resource: 'table/orders', requires: 'table/orders/read/limits' },
          ...{ value: { targetPercent: 70, cooldownSeconds: 60 }, basis: '70' },
          reason: 'read capacity follows 70 % utilization',
        },
        {
          ...{ key: 'table/orders/write/limits', resource: 'table/orders', value: { minimum: 5, maximum: 44 } },
          ...{ basis: '0.5 to 4', reason: 'write capacity between 5 and 44 units, from 11 provisioned' },
        },
        expect.objectContaining({ key: 'table/orders/write/policy', requires: 'table/orders/write/limits' }),
      ],
    });
  });

  it('gets them for each of its indexes too', () => {
    const units = ['table/orders', 'table/orders/index/by-customer'].map((resourceId) => ({
      ...{ resourceId, readUnits: 10, writeUnits: 10 },
    }));
    expect(plan({ units }).wanted.map(({ resource }) => resource)).toEqual([
      ...new Array(4).fill('table/orders'),
      ...new Array(4).fill('table/orders/index/by-customer'),
    ]);
  });

  it('keeps one unit at least, the quota at most, and a maximum that is no less than the minimum', () => {
    expect(limits(1)).toEqual({ minimum: 1, maximum: 4 });
    expect(limits(30_000)).toEqual({ minimum: 15_000, maximum: 40_000 });
    expect(limits(100, { tableMinimumShare: 0.9, tableMaximumFactor: 0.5 })).toEqual({ minimum: 90, maximum: 90 });
    expect(limits(3, { tableMaximumFactor: 1.5 })).toEqual({ minimum: 1, maximum: 5 });
  });

  it('says where the figures come from once they were written', () => {
    const key = 'table/orders/read/limits';
    const record = { key, written: { minimum: 50, maximum: 400 } } as unknown as SettingRecord;
    const [read, , write] = plan({}, {}, new Map([[key, record]])).wanted;
    expect(read!.reason).toBe('read capacity between 50 and 400 units, from what was provisioned at first');
    expect(write!.reason).toContain('from 11 provisioned');
  });
});

describe('a table that is left alone', () => {
  it.each([
    ['on demand', { billingMode: 'PAY_PER_REQUEST' }, { reason: 'on-demand: DynamoDB scales it by itself' }],
    ['not tagged', { tags: {} }, { reason: 'not tagged rightsizer:auto-scaling', isWithdrawn: true }],
    [
      'tagged with something unclear',
      { tags: { 'rightsizer:auto-scaling': 'maybe' } },
      { reason: "tag rightsizer:auto-scaling is 'maybe'; true or false can be said" },
    ],
    ['being updated', { status: 'UPDATING' }, { reason: 'its status is UPDATING; the next pass looks again' }],
    [
      'excluded by its owner',
      { tags: { ...orders.tags, 'rightsizer:exclude': 'TRUE' } },
      { reason: 'tagged rightsizer:exclude' },
    ],
    [
      'ours',
      { tags: { ...orders.tags, 'aws:cloudformation:stack-name': 'Rightsizer-dev' } },
      { reason: "part of Rightsizer's own stack" },
    ],
  ] as const)('is one that is %s', (_, table, why) => {
    expect(plan(table)).toEqual({ wanted: [], skipped: [{ resource: 'table/orders', ...why }] });
  });

  it('is no other: what is excluded "false", of another stack, or of all where all are scaled', () => {
    const others = { 'rightsizer:exclude': 'False', 'aws:cloudformation:stack-name': 'Shop' };
    expect(plan({ tags: { ...orders.tags, ...others } }).wanted).toHaveLength(4);
    const unasked: Record<string, string>[] = [{}, { 'rightsizer:auto-scaling': 'maybe' }];
    for (const tags of unasked) expect(plan({ tags }, { tables: 'all' }).wanted).toHaveLength(4);
    const stackless = planTableScaling(
      [{ ...orders, tags: {} }],
      { ...DEFAULT_AUTO_SCALING, tables: 'all' },
      new Map(),
    );
    expect(stackless.wanted).toHaveLength(4);
  });
});
