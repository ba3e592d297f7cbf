import { ApplicationAutoScalingClient, RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createClient } from '../../../shared/clients/sdk.ts';
import type { World } from '../night/world.ts';

const SCALED = { 'rightsizer:auto-scaling': 'true' };
const CRITICAL = { 'rightsizer:class': 'critical' };
const STANDARD = { 'rightsizer:class': 'standard' };
const WARMED = { 'rightsizer:warm-up': 'true' };

/** What owners may have written on their functions; an ordinary function gets one of these in turn, or nothing. */
const TAGS: readonly Readonly<Record<string, string>>[] = [
  { ...SCALED, ...CRITICAL },
  { ...SCALED, ...STANDARD, ...WARMED },
  {},
  { ...STANDARD, ...WARMED },
  STANDARD,
  { 'rightsizer:class': 'batch', ...SCALED },
  {},
  { 'rightsizer:auto-scaling': '12' },
];

/** Tags on the fleet's functions as their owners would set them: some by class, some for scaling, many not at all. */
export function tagFunctions({ account, fleet }: World): void {
  const ordinary = fleet.functions.filter(({ kind }) => kind === 'plain');
  for (const [index, { name }] of ordinary.entries()) addTags(account, name, TAGS[index % TAGS.length]!);
  for (const { name, kind } of fleet.functions) {
    if (kind === 'aliasPinned') addTags(account, name, { ...SCALED, ...CRITICAL });
    if (kind === 'reservedZero' || kind === 'optedOut') addTags(account, name, { ...SCALED, ...STANDARD });
  }
}

function addTags(account: World['account'], name: string, tags: Readonly<Record<string, string>>): void {
  const record = account.lambda.functions.get(name);
  for (const [key, value] of Object.entries(tags)) record.tags.set(key, value);
}

/** Tables of every kind that scaling meets: tagged, with an index, untagged, on demand, and scaled by their owner. */
export async function addTables({ clock }: World): Promise<void> {
  const dynamodb = createClient(DynamoDBClient);
  const scaling = createClient(ApplicationAutoScalingClient);
  await clock.complete(async () => {
    for (const input of TABLES) await dynamodb.send(new CreateTableCommand(input));
    await scaling.send(
      new RegisterScalableTargetCommand({
        ServiceNamespace: 'dynamodb',
        ResourceId: 'table/Invoices',
        ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
        MinCapacity: 2,
        MaxCapacity: 12,
      }),
    );
  });
}

const TAGGED = [{ Key: 'rightsizer:auto-scaling', Value: 'true' }];

function provisioned(TableName: string, read: number, write: number, isTagged: boolean): CreateTableCommandInput {
  return {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ProvisionedThroughput: { ReadCapacityUnits: read, WriteCapacityUnits: write },
    ...(isTagged && { Tags: TAGGED }),
  };
}

const TABLES: readonly CreateTableCommandInput[] = [
  provisioned('Customers', 40, 10, true),
  provisioned('Invoices', 4, 4, true),
  provisioned('Archive', 1, 1, false),
  {
    ...provisioned('Orders', 100, 50, true),
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'customer', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-customer',
        KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
        ProvisionedThroughput: { ReadCapacityUnits: 30, WriteCapacityUnits: 50 },
      },
    ],
  },
  {
    TableName: 'Sessions',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    Tags: TAGGED,
  },
];
