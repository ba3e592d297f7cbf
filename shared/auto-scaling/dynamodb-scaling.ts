import { createScalableTargets } from '../clients/application-auto-scaling/scalable-targets.ts';
import type { ScalingTarget } from '../clients/application-auto-scaling/scaling-target.ts';
import { describeBilling } from '../clients/dynamodb-tables/describe-billing.ts';
import type { SettingWrite } from '../clients/refused-write.ts';
import { DEFAULT_AUTO_SCALING } from '../contracts/auto-scaling.ts';
import { isSame, type SettingValue } from '../domain/configuration/scaling/managed-setting.ts';
import { TABLE_COOLDOWN_SECONDS } from '../domain/configuration/scaling/plan-table-scaling.ts';

export interface TableScalingTarget {
  tableName: string;
  /** Global secondary index; without one the table itself. */
  indexName?: string;
  dimension: 'read' | 'write';
  /** Only says what would be done. @default false */
  dryRun?: boolean;
}

export interface DynamoDBScalingInput extends TableScalingTarget {
  /** Fewest capacity units. @default 5 */
  minCapacity?: number;
  /** Most capacity units. @default 100 */
  maxCapacity?: number;
}

export interface DynamoDBScalingPolicyInput extends TableScalingTarget {
  /** Share of the capacity that should be in use, in percent. @default 70 */
  targetUtilizationPercent?: number;
}

export interface ScalingOutcome {
  outcome: 'created' | 'updated' | 'unchanged' | 'skipped';
  resource: string;
  reason: string;
}

const DEFAULT_MIN_CAPACITY = 5;
const DEFAULT_MAX_CAPACITY = 100;

/** Lets a table's or an index's capacity be scaled between two limits; an on-demand table is skipped. */
export async function registerDynamoDBScaling(input: DynamoDBScalingInput): Promise<ScalingOutcome> {
  const { minCapacity = DEFAULT_MIN_CAPACITY, maxCapacity = DEFAULT_MAX_CAPACITY } = input;
  if (![minCapacity, maxCapacity].every(Number.isInteger) || minCapacity < 1 || minCapacity > maxCapacity) {
    throw new RangeError(
      `minCapacity and maxCapacity must be whole numbers, at least 1 and in this order, got ${minCapacity} and ${maxCapacity}`,
    );
  }
  const targets = createScalableTargets();
  return settle(input, {
    wanted: { minimum: minCapacity, maximum: maxCapacity },
    read: (target) => targets.readLimits(target),
    write: (target, value) => targets.writeLimits(target, value),
  });
}

/** Makes the capacity follow its utilization. The limits must be registered first. */
export async function createDynamoDBScalingPolicy(input: DynamoDBScalingPolicyInput): Promise<ScalingOutcome> {
  const { targetUtilizationPercent = DEFAULT_AUTO_SCALING.tableTargetPercent } = input;
  // Application Auto Scaling allows 20 to 90 % for DynamoDB.
  if (!(targetUtilizationPercent >= 20 && targetUtilizationPercent <= 90)) {
    throw new RangeError(`targetUtilizationPercent must be 20 to 90, got ${targetUtilizationPercent}`);
  }
  const targets = createScalableTargets();
  return settle(input, {
    wanted: { targetPercent: targetUtilizationPercent, cooldownSeconds: TABLE_COOLDOWN_SECONDS },
    read: (target) => targets.readPolicy(target),
    write: (target, value) => targets.writePolicy(target, value),
  });
}

interface Settling {
  wanted: SettingValue;
  read(target: ScalingTarget): Promise<SettingValue | undefined>;
  write(target: ScalingTarget, value: SettingValue): Promise<SettingWrite>;
}

async function settle(
  { tableName, indexName, dimension, dryRun = false }: TableScalingTarget,
  { wanted, read, write }: Settling,
): Promise<ScalingOutcome> {
  const resource = indexName === undefined ? `table/${tableName}` : `table/${tableName}/index/${indexName}`;
  const billing = await describeBilling(tableName);
  if (billing !== 'PROVISIONED') {
    const reason = billing === undefined ? 'there is no such table' : 'on-demand: DynamoDB scales it by itself';
    return { outcome: 'skipped', resource, reason };
  }
  const target: ScalingTarget = { resourceId: resource, dimension };
  const live = await read(target);
  const reason = Object.entries(wanted)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  if (isSame(live, wanted)) return { outcome: 'unchanged', resource, reason };
  const answer = dryRun ? { written: true as const } : await write(target, wanted);
  if (!answer.written) return { outcome: 'skipped', resource, reason: answer.reason };
  return { outcome: live === undefined ? 'created' : 'updated', resource, reason };
}
