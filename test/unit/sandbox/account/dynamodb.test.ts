import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { StreamRecord } from '../../../../sandbox/account/dynamodb/table-streams.ts';
import { inAccount } from './in-account.ts';

const TableName = 'ledger';

async function withTable() {
  const setting = inAccount();
  const dynamoDb = setting.client(DynamoDBClient);
  await setting.run(() =>
    dynamoDb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: ['pk', 'sk', 'state'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S' as const,
        })),
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byState',
            KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    ),
  );
  return { ...setting, dynamoDb };
}

const key = (sk: string) => ({ pk: { S: 'run' }, sk: { S: sk } });

describe('tables', () => {
  it('answers conditional writes, failed conditions and index queries as DynamoDB does', async () => {
    const { dynamoDb, run } = await withTable();
    await run(async () => {
      const Item = { ...key('a'), state: { S: 'open' } };
      const put = new PutItemCommand({
        TableName,
        Item,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await dynamoDb.send(put);
      const refused = await dynamoDb.send(put).catch((error: unknown) => error as ConditionalCheckFailedException);
      expect(refused).toBeInstanceOf(ConditionalCheckFailedException);
      expect((refused as ConditionalCheckFailedException).Item).toEqual(Item);
      const { Items } = await dynamoDb.send(
        new QueryCommand({
          TableName,
          IndexName: 'byState',
          KeyConditionExpression: '#s = :s',
          ExpressionAttributeNames: { '#s': 'state' },
          ExpressionAttributeValues: { ':s': { S: 'open' } },
        }),
      );
      expect(Items).toEqual([Item]);
    });
  });

  it('serves document clients', async () => {
    const { dynamoDb, run } = await withTable();
    const documents = DynamoDBDocumentClient.from(dynamoDb);
    const item = { pk: 'run', sk: 'x', count: 3, nested: { list: [1, 'two'] } };
    const found = await run(async () => {
      await documents.send(new PutCommand({ TableName, Item: item }));
      return documents.send(new GetCommand({ TableName, Key: { pk: 'run', sk: 'x' } }));
    });
    expect(found.Item).toEqual(item);
  });

  it('refuses transactions loudly', async () => {
    const { dynamoDb, run } = await withTable();
    const write = run(() => dynamoDb.send(new TransactWriteItemsCommand({ TransactItems: [] })));
    await expect(write).rejects.toMatchObject({ name: 'UnsupportedByAccountError' });
  });

  it('counts calls and injects faults as for every service', async () => {
    const { dynamoDb, run, account } = await withTable();
    account.faults.add({
      service: 'DynamoDB',
      operation: 'GetItem',
      when: (_input, matches) => matches <= 2,
      error: () =>
        Object.assign(new Error('busy'), {
          name: 'ProvisionedThroughputExceededException',
          $metadata: { httpStatusCode: 400 },
        }),
    });
    await run(() => dynamoDb.send(new GetItemCommand({ TableName, Key: key('a') })));
    expect(account.calls.get('DynamoDB.GetItem')).toBe(3);
  });
});

describe('streams', () => {
  it('tells each change with both images, in order, and nothing of writes that change nothing or fail', async () => {
    const { dynamoDb, run, account, clock } = await withTable();
    const seen: StreamRecord[] = [];
    account.streams.subscribe(TableName, ({ Records }) => void seen.push(...Records));
    await run(async () => {
      const Item = { ...key('a'), n: { N: '1' }, tags: { SS: ['x', 'y'] } };
      await dynamoDb.send(new PutItemCommand({ TableName, Item }));
      await dynamoDb.send(new PutItemCommand({ TableName, Item: { ...Item, tags: { SS: ['y', 'x'] } } }));
      const update = {
        TableName,
        Key: key('a'),
        UpdateExpression: 'SET n = n + :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      };
      await dynamoDb.send(new UpdateItemCommand(update));
      const failing = new UpdateItemCommand({ ...update, ConditionExpression: 'attribute_not_exists(pk)' });
      await expect(dynamoDb.send(failing)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
      await dynamoDb.send(new DeleteItemCommand({ TableName, Key: key('a') }));
      await dynamoDb.send(new DeleteItemCommand({ TableName, Key: key('a') }));
      await clock.sleep(1_000);
    });
    expect(seen.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(seen[1]!.dynamodb).toMatchObject({
      Keys: key('a'),
      OldImage: { n: { N: '1' } },
      NewImage: { n: { N: '2' } },
    });
    expect(seen[0]!.dynamodb.OldImage).toBeUndefined();
    expect(seen[2]!.dynamodb.NewImage).toBeUndefined();
    const sequence = seen.map(({ dynamodb }) => dynamodb.SequenceNumber);
    expect(sequence).toEqual([...sequence].sort());
  });

  it('gives every one of many concurrent updates its own before and after', async () => {
    const { dynamoDb, run, account, clock } = await withTable();
    const seen: (string | undefined)[] = [];
    account.streams.subscribe(
      TableName,
      ({ Records }) => void seen.push(...Records.map(({ dynamodb }) => dynamodb.NewImage!['n']!['N'] as string)),
    );
    await run(async () => {
      const update = {
        TableName,
        Key: key('a'),
        UpdateExpression: 'ADD n :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      };
      await Promise.all(Array.from({ length: 20 }, () => dynamoDb.send(new UpdateItemCommand(update))));
      await clock.sleep(1_000);
    });
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
  });

  it('tells batch writes', async () => {
    const { dynamoDb, run, account, clock } = await withTable();
    const seen: StreamRecord[] = [];
    account.streams.subscribe(TableName, ({ Records }) => void seen.push(...Records));
    await run(async () => {
      await dynamoDb.send(new PutItemCommand({ TableName, Item: key('old') }));
      const requests = [{ PutRequest: { Item: key('new') } }, { DeleteRequest: { Key: key('old') } }];
      await dynamoDb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
      await clock.sleep(1_000);
    });
    expect(seen.map(({ eventName, dynamodb }) => [eventName, dynamodb.Keys['sk']!['S']])).toEqual([
      ['INSERT', 'old'],
      ['INSERT', 'new'],
      ['REMOVE', 'old'],
    ]);
  });

  it('hands on what a consumer wants, with its size, and asks it about nothing else', async () => {
    const { dynamoDb, run, account, clock } = await withTable();
    const batches: StreamRecord[][] = [];
    const isWanted = ({ eventName }: StreamRecord) => eventName === 'REMOVE';
    account.streams.subscribe(TableName, ({ Records }) => void batches.push([...Records]), { isWanted });
    await run(async () => {
      await dynamoDb.send(new PutItemCommand({ TableName, Item: key('a') }));
      await clock.sleep(1_000);
      expect(batches).toEqual([]);
      await dynamoDb.send(new PutItemCommand({ TableName, Item: key('b') }));
      await dynamoDb.send(new DeleteItemCommand({ TableName, Key: key('a') }));
      await clock.sleep(1_000);
    });
    expect(batches.map((records) => records.map(({ dynamodb }) => dynamodb.Keys['sk']!['S']))).toEqual([['a']]);
    expect(batches[0]![0]!.dynamodb.SizeBytes).toBeGreaterThan(0);
  });

  it('retries a failed batch from the first failed record, holding back those behind it', async () => {
    const { dynamoDb, run, account, clock } = await withTable();
    const batches: string[][] = [];
    account.streams.subscribe(TableName, ({ Records }) => {
      batches.push(Records.map(({ dynamodb }) => dynamodb.Keys['sk']!['S'] as string));
      if (batches.length === 1) throw new Error('not yet');
      return batches.length === 2
        ? { batchItemFailures: [{ itemIdentifier: Records[1]!.dynamodb.SequenceNumber }] }
        : undefined;
    });
    await run(async () => {
      for (const sk of ['a', 'b', 'c']) await dynamoDb.send(new PutItemCommand({ TableName, Item: key(sk) }));
      await clock.sleep(60_000);
    });
    expect(batches).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('gives a batch up after its retries and goes on', async () => {
    const { dynamoDb, run, account, clock } = await withTable();
    const subscription = account.streams.subscribe(
      TableName,
      ({ Records }) => {
        if (Records.some(({ dynamodb }) => dynamodb.Keys['sk']!['S'] === 'poison')) throw new Error('never');
      },
      { maximumRetryAttempts: 2, batchSize: 1 },
    );
    await run(async () => {
      for (const sk of ['poison', 'fine']) await dynamoDb.send(new PutItemCommand({ TableName, Item: key(sk) }));
      await clock.sleep(60_000);
    });
    expect(subscription.givenUp.map(({ dynamodb }) => dynamodb.Keys['sk']!['S'])).toEqual(['poison']);
  });
});
