import { DescribeTableCommand, DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { CapacityUnit, ScalableTable } from '../../domain/configuration/scaling/plan-table-scaling.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { createClient } from '../sdk.ts';
import { createTableTags } from '../tagging/table-tags.ts';
import { listTableNames } from './list-table-names.ts';

/** Every table of the account and region with its tags and its indexes. */
export interface ScalableTables {
  list(): Promise<ScalableTable[]>;
}

export function createScalableTables(): ScalableTables {
  const dynamodb = createClient(DynamoDBClient);
  const tags = createTableTags();
  return {
    list: async () => {
      const tagsByArn = await tags.listTableTags();
      const tables: ScalableTable[] = [];
      for (const name of await listTableNames(dynamodb)) {
        const table = await describe(dynamodb, name);
        if (table !== undefined) tables.push(asScalable(table, tagsByArn.get(table.TableArn ?? '') ?? {}));
      }
      return tables;
    },
  };
}

/** Undefined for a table that was deleted since it was listed. */
async function describe(dynamodb: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    const { Table } = await callAws('dynamodb:DescribeTable', () =>
      dynamodb.send(new DescribeTableCommand({ TableName })),
    );
    return Table;
  } catch (error) {
    if (isNamed(error, ['ResourceNotFoundException'])) return undefined;
    throw error;
  }
}

function asScalable(table: TableDescription, tags: Readonly<Record<string, string>>): ScalableTable {
  const tableName = table.TableName ?? '';
  const indexes = table.GlobalSecondaryIndexes ?? [];
  return {
    tableName,
    tags,
    // DynamoDB leaves the summary out for tables that were never on demand.
    billingMode: table.BillingModeSummary?.BillingMode ?? 'PROVISIONED',
    status: table.TableStatus ?? 'ACTIVE',
    units: [
      unitOf(`table/${tableName}`, table.ProvisionedThroughput),
      ...indexes.map((each) => unitOf(`table/${tableName}/index/${each.IndexName}`, each.ProvisionedThroughput)),
    ],
  };
}

function unitOf(
  resourceId: string,
  throughput: { ReadCapacityUnits?: number | undefined; WriteCapacityUnits?: number | undefined } | undefined,
): CapacityUnit {
  return {
    resourceId,
    readUnits: throughput?.ReadCapacityUnits ?? 0,
    writeUnits: throughput?.WriteCapacityUnits ?? 0,
  };
}
