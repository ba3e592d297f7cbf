import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { LedgerItem } from '../../sandbox/demos/night/ledger-snapshot.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import type { NightWorld } from './night-world.ts';

/**
 * Makes the table hold these items and no others, as after a restore to the moment they were read at. Every write is
 * seen by the stream's consumer, as it is when items are copied back into the table that the stack owns.
 */
export async function restoreLedger(night: NightWorld, items: readonly LedgerItem[]): Promise<void> {
  const documents = DynamoDBDocumentClient.from(createClient(DynamoDBClient));
  const TableName = night.deployment.tableName;
  const standing = await night.ledger();
  await night.clock.complete(async () => {
    for (const { pk, sk } of standing) await documents.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    for (const Item of items) await documents.send(new PutCommand({ TableName, Item }));
  });
}
