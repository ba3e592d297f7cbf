import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { DescribeTableCommand, DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { TableEvidence } from '../../domain/remediation/evidence.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

export type LiveTable = NonNullable<TableEvidence['live']>;
export type CapacityDimension = 'read' | 'write';
export type CapacityWrite = { written: true } | { written: false; reason: string };

/** Provisioned capacity of tables, and Application Auto Scaling's limits to it. */
export interface TableCapacity {
  /** Undefined when the table is gone. */
  read(tableName: string): Promise<LiveTable | undefined>;
  writeUnits(tableName: string, units: { readUnits: number; writeUnits: number }): Promise<CapacityWrite>;
  writeMaximum(tableName: string, dimension: CapacityDimension, maximum: number): Promise<CapacityWrite>;
}

const GONE = ['ResourceNotFoundException'];
/** An update at work, a limit of the account, more decreases than a day allows, a scalable target that is gone. */
const REFUSED = [
  ...GONE,
  'ResourceInUseException',
  'LimitExceededException',
  'ValidationException',
  'ObjectNotFoundException',
];
const DIMENSIONS = {
  read: 'dynamodb:table:ReadCapacityUnits',
  write: 'dynamodb:table:WriteCapacityUnits',
} as const;

export function createTableCapacity(): TableCapacity {
  const dynamodb = createClient(DynamoDBClient);
  const scaling = createClient(ApplicationAutoScalingClient);
  return {
    read: async (tableName) => {
      const table = await describe(dynamodb, tableName);
      if (table === undefined || table.billingMode === 'PAY_PER_REQUEST') return table;
      return { ...table, ...(await readScaling(scaling, tableName)) };
    },
    writeUnits: (TableName, { readUnits, writeUnits }) =>
      unlessRefused('dynamodb:UpdateTable', () =>
        dynamodb.send(
          new UpdateTableCommand({
            TableName,
            ProvisionedThroughput: { ReadCapacityUnits: readUnits, WriteCapacityUnits: writeUnits },
          }),
        ),
      ),
    writeMaximum: (tableName, dimension, MaxCapacity) =>
      unlessRefused('application-autoscaling:RegisterScalableTarget', () =>
        scaling.send(
          new RegisterScalableTargetCommand({
            ServiceNamespace: 'dynamodb',
            ResourceId: `table/${tableName}`,
            ScalableDimension: DIMENSIONS[dimension],
            MaxCapacity,
          }),
        ),
      ),
  };
}

async function describe(dynamodb: DynamoDBClient, TableName: string): Promise<LiveTable | undefined> {
  try {
    const { Table: table } = await callAws('dynamodb:DescribeTable', () =>
      dynamodb.send(new DescribeTableCommand({ TableName })),
    );
    return {
      billingMode: table?.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
      status: table?.TableStatus ?? 'ACTIVE',
      readUnits: table?.ProvisionedThroughput?.ReadCapacityUnits ?? 0,
      writeUnits: table?.ProvisionedThroughput?.WriteCapacityUnits ?? 0,
    };
  } catch (error) {
    if (isNamed(error, GONE)) return undefined;
    throw error;
  }
}

async function readScaling(scaling: ApplicationAutoScalingClient, tableName: string) {
  const { ScalableTargets: targets = [] } = await callAws('application-autoscaling:DescribeScalableTargets', () =>
    scaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: 'dynamodb', ResourceIds: [`table/${tableName}`] }),
    ),
  );
  const limits = (dimension: CapacityDimension) => {
    const found = targets.find((each) => each.ScalableDimension === DIMENSIONS[dimension]);
    return found && { minimum: found.MinCapacity ?? 0, maximum: found.MaxCapacity ?? 0 };
  };
  return { readScaling: limits('read'), writeScaling: limits('write') };
}

async function unlessRefused(permission: string, write: () => Promise<unknown>): Promise<CapacityWrite> {
  try {
    await callAws(permission, write);
    return { written: true };
  } catch (error) {
    // callAws takes LimitExceededException for throttling and wraps it; DynamoDB means a daily limit by it.
    const cause = error instanceof Error && isNamed(error.cause, REFUSED) ? error.cause : error;
    if (!isNamed(cause, REFUSED)) throw error;
    return { written: false, reason: `AWS refused: ${(cause as Error).message}` };
  }
}
