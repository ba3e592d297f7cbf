import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { createClient } from '../../../shared/clients/sdk.ts';
import type { World } from './world.ts';

export type LedgerItem = Record<string, unknown> & { pk: string; sk: string };

/** Every item of the ledger as it stands in the table, read without any of the product's own ledger code. */
export async function readLedger({ clock, deployment }: World): Promise<LedgerItem[]> {
  const documents = DynamoDBDocumentClient.from(createClient(DynamoDBClient));
  return clock.complete(async () => {
    const items: LedgerItem[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await documents.send(
        new ScanCommand({ TableName: deployment.tableName, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
      );
      items.push(...((page.Items ?? []) as LedgerItem[]));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return items;
  });
}
