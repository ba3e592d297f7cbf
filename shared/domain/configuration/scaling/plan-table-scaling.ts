import type { AutoScalingSettings } from '../../../contracts/auto-scaling.ts';
import { AUTO_SCALING_TAG, readOptIn, type Tags, unclearTag } from './function-class.ts';
import type { SettingRecord, WantedSetting } from './managed-setting.ts';
import { type Skipped, untouchable } from './plan-reservations.ts';

export type CapacityDimension = 'read' | 'write';

/** A table or one of its global secondary indexes, with the capacity that is provisioned for it. */
export interface CapacityUnit {
  /** `table/orders` or `table/orders/index/by-customer`, as Application Auto Scaling names it. */
  readonly resourceId: string;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export interface ScalableTable {
  readonly tableName: string;
  readonly tags: Tags;
  readonly billingMode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  readonly status: string;
  /** The table itself and its indexes. */
  readonly units: readonly CapacityUnit[];
}

export interface ScalingPlan {
  wanted: WantedSetting[];
  skipped: Skipped[];
}

/** Default quota of a table's capacity in a region, by dimension (DynamoDB quotas, us-east-1). */
export const TABLE_UNITS_MAX = 40_000;

export const DIMENSIONS = ['read', 'write'] as const;
export const limitsKey = (resourceId: string, dimension: string): string => `${resourceId}/${dimension}/limits`;
export const policyKey = (resourceId: string, dimension: string): string => `${resourceId}/${dimension}/policy`;

/** Cool-downs that DynamoDB's console sets: a table's capacity may go up at any time, and down few times a day. */
export const TABLE_COOLDOWN_SECONDS = 60;

/** Limits and a target-tracking policy for reads and writes of each table that is provisioned and asked to be scaled. */
export function planTableScaling(
  tables: readonly ScalableTable[],
  settings: AutoScalingSettings,
  records: ReadonlyMap<string, SettingRecord>,
  ownStackName?: string,
): ScalingPlan {
  const plan: ScalingPlan = { wanted: [], skipped: [] };
  for (const table of tables) {
    const reason = whyNot(table, settings, ownStackName);
    if (reason !== undefined) {
      plan.skipped.push({ resource: `table/${table.tableName}`, ...reason });
      continue;
    }
    for (const unit of table.units) {
      for (const dimension of DIMENSIONS) plan.wanted.push(...wantedFor(unit, dimension, settings, records));
    }
  }
  return plan;
}

function whyNot(
  { tags, billingMode, status }: ScalableTable,
  settings: AutoScalingSettings,
  ownStackName: string | undefined,
): Omit<Skipped, 'resource'> | undefined {
  const own = untouchable(tags, ownStackName);
  if (own !== undefined) return { reason: own };
  if (billingMode === 'PAY_PER_REQUEST') return { reason: 'on-demand: DynamoDB scales it by itself' };
  const asked = readOptIn(tags, AUTO_SCALING_TAG);
  if (settings.tables === 'tagged' && asked === 'unclear') return { reason: unclearTag(tags, AUTO_SCALING_TAG) };
  if (settings.tables === 'tagged' && asked === 'no') {
    return { reason: `not tagged ${AUTO_SCALING_TAG}`, isWithdrawn: true };
  }
  return status === 'ACTIVE' ? undefined : { reason: `its status is ${status}; the next pass looks again` };
}

function wantedFor(
  { resourceId, ...units }: CapacityUnit,
  dimension: CapacityDimension,
  settings: AutoScalingSettings,
  records: ReadonlyMap<string, SettingRecord>,
): WantedSetting[] {
  const key = limitsKey(resourceId, dimension);
  const basis = `${settings.tableMinimumShare} to ${settings.tableMaximumFactor}`;
  const provisioned = dimension === 'read' ? units.readUnits : units.writeUnits;
  const minimum = Math.max(1, Math.floor(provisioned * settings.tableMinimumShare));
  const maximum = Math.min(TABLE_UNITS_MAX, Math.max(minimum, Math.ceil(provisioned * settings.tableMaximumFactor)));
  const targetPercent = settings.tableTargetPercent;
  return [
    {
      key,
      resource: resourceId,
      value: { minimum, maximum },
      basis,
      reason: `${dimension} capacity between ${minimum} and ${maximum} units, from ${records.get(key)?.written ? 'what was provisioned at first' : `${provisioned} provisioned`}`,
    },
    {
      key: policyKey(resourceId, dimension),
      resource: resourceId,
      value: { targetPercent, cooldownSeconds: TABLE_COOLDOWN_SECONDS },
      basis: `${targetPercent}`,
      requires: key,
      reason: `${dimension} capacity follows ${targetPercent} % utilization`,
    },
  ];
}
