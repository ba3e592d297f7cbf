import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
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

/** Another table with the ledger's keys that holds these items, as a deleted stack leaves one behind. */
export async function createFormerLedger(
  { clock }: Pick<NightWorld, 'clock'>,
  TableName: string,
  items: readonly LedgerItem[],
): Promise<void> {
  const client = createClient(DynamoDBClient);
  const documents = DynamoDBDocumentClient.from(client);
  const command = new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
  });
  await clock.complete(async () => {
    await client.send(command);
    for (const Item of items) await documents.send(new PutCommand({ TableName, Item }));
  });
}
