import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';

/**
 * What one partition serves a second, on demand as provisioned; a partition key's items lie in one until a table was
 * split for heat, which takes minutes.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
const UNITS_PER_SECOND = { read: 3_000, write: 1_000 } as const;
type Kind = keyof typeof UNITS_PER_SECOND;

const KIND_OF: Readonly<Record<string, Kind>> = {
  'DynamoDB.GetItem': 'read',
  'DynamoDB.Query': 'read',
  'DynamoDB.PutItem': 'write',
  'DynamoDB.UpdateItem': 'write',
  'DynamoDB.DeleteItem': 'write',
};

interface Asked {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Key?: Record<string, unknown>;
  readonly Item?: Record<string, unknown>;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
  ReturnConsumedCapacity?: string;
}

/**
 * Refuses calls on partitions whose second is used up; stands around the account's calls (`account.around`). A call is
 * let through while anything is left and is charged for what it turned out to use, as DynamoDB does. A partition starts
 * with one second's units; the five minutes of burst that DynamoDB may give are left out, since it promises none.
 */
export class PartitionThroughput {
  readonly used = { read: 0, write: 0 };
  readonly refused = { read: 0, write: 0 };
  private readonly partitions = new Map<string, { units: number; atMs: number }>();
  /** What the last write of an item used, which is also what a failed condition on it uses. */
  private readonly writeUnits = new Map<string, number>();
  private readonly now: () => number;
  private readonly share: number;

  /** @param share of what a partition serves; less makes a small rush as narrow as a large one */
  constructor(now: () => number, share = 1) {
    this.now = now;
    this.share = share;
  }

  readonly around = async (
    call: string,
    input: Record<string, unknown>,
    answer: () => Promise<object>,
  ): Promise<object> => {
    const kind = KIND_OF[call];
    if (kind === undefined) return answer();
    const asked = input as Asked;
    const partition = this.partitionOf(kind, asked);
    if (partition.units <= 0) {
      this.refused[kind] += 1;
      throw throughputExceeded(kind);
    }
    asked.ReturnConsumedCapacity = 'TOTAL';
    const item = JSON.stringify(asked.Key ?? asked.Item);
    let units = this.writeUnits.get(item) ?? 1;
    try {
      const output = (await answer()) as { ConsumedCapacity?: { CapacityUnits?: number } };
      units = output.ConsumedCapacity?.CapacityUnits ?? units;
      if (kind === 'write') this.writeUnits.set(item, units);
      return output;
    } finally {
      partition.units -= units;
      this.used[kind] += units;
    }
  };

  private partitionOf(kind: Kind, asked: Asked) {
    const key = `${kind} ${asked.TableName} ${asked.IndexName ?? ''} ${keyOf(asked)}`;
    const most = UNITS_PER_SECOND[kind] * this.share;
    const partition = this.partitions.get(key) ?? { units: most, atMs: this.now() };
    const refilled = partition.units + ((this.now() - partition.atMs) / 1_000) * most;
    Object.assign(partition, { units: Math.min(most, refilled), atMs: this.now() });
    this.partitions.set(key, partition);
    return partition;
  }
}

/** The value of the partition key that a call names; a query names it first in its condition. */
function keyOf({ Key, Item, KeyConditionExpression, ExpressionAttributeValues }: Asked): string {
  const [, placeholder] = /= (:\w+)/.exec(KeyConditionExpression ?? '') ?? [];
  return JSON.stringify(placeholder === undefined ? (Key ?? Item)?.['pk'] : ExpressionAttributeValues?.[placeholder]);
}

const throughputExceeded = (kind: Kind) =>
  new ProvisionedThroughputExceededException({
    message: `The level of configured provisioned throughput for one or more partitions was exceeded (${kind})`,
    $metadata: { httpStatusCode: 400 },
  });
