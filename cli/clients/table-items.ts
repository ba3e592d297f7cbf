import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/lib-dynamodb';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';

/** An item as it lies in a table with the ledger's keys. */
export type KeyedItem = Record<string, unknown> & { readonly pk: string; readonly sk: string };

/** A whole table with the ledger's keys, which is megabytes after years, and writing its items into another. */
export interface TableItems {
  readAll(tableName: string): Promise<KeyedItem[]>;
  /** False where an item stands there already and is not to be replaced. */
  put(tableName: string, item: KeyedItem, replace: boolean): Promise<boolean>;
}

export function createTableItems(): TableItems {
  const documents = DynamoDBDocumentClient.from(createClient(DynamoDBClient));
  return {
    readAll: (tableName) => readAll(documents, tableName),
    put: async (TableName, Item, replace) => {
      const unlessThere = { ConditionExpression: 'attribute_not_exists(pk)' };
      try {
        const put = new PutCommand({ TableName, Item, ...(!replace && unlessThere) });
        await callAws('dynamodb:PutItem', () => documents.send(put));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

async function readAll(documents: DynamoDBDocumentClient, TableName: string): Promise<KeyedItem[]> {
  const items: KeyedItem[] = [];
  let page: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const scan = new ScanCommand({ TableName, ConsistentRead: true, ...(page && { ExclusiveStartKey: page }) });
    const answer = await callAws('dynamodb:Scan', () => documents.send(scan));
    items.push(...((answer.Items ?? []) as KeyedItem[]));
    page = answer.LastEvaluatedKey;
  } while (page);
  return items;
}
