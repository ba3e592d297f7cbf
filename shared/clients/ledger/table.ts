import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { clock } from '../../clock.ts';
import { TransientError } from '../../errors.ts';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';
import type { Key } from './keys.ts';

/** BatchGetItem takes at most 100 keys. */
const BATCH_GET_MAX_KEYS = 100;
/** Unprocessed keys are asked for again this often, waiting longer each time, before the task is retried as a whole. */
const UNPROCESSED_ATTEMPTS = 6;
const UNPROCESSED_WAIT_MS = 100;

export type Item = Record<string, unknown>;

/**
 * An item as the record that one of the ledger's own writers put: DynamoDB has no types, and reading checks none,
 * because a record written by an older release must stay readable.
 */
export const asRecord = <Kind>(item: Item): Kind => item as unknown as Kind;

/** The five things the ledger does to its table; conditional failures are answers, not exceptions. */
export interface LedgerTable {
  get(key: Key): Promise<Item | undefined>;
  batchGet(keys: readonly Key[]): Promise<Item[]>;
  /** Writes unless `condition` fails; answers the item that stood in the way, or undefined when written. */
  put(item: Item & Key, condition?: Condition): Promise<Item | undefined>;
  update(key: Key, update: Update): Promise<UpdateResult>;
  query(input: Omit<QueryCommandInput, 'TableName'>): Promise<Item[]>;
}

export interface Condition {
  expression: string;
  names?: Record<string, string>;
  values?: Record<string, unknown>;
}

export interface Update {
  set?: Record<string, unknown>;
  /** Added to the number that stands there, or to 0. */
  add?: Record<string, number>;
  remove?: readonly string[];
  condition?: Condition;
}

export type UpdateResult = { written: true; item: Item } | { written: false; item: Item | undefined };

export function createLedgerTable(tableName: string, client = createClient(DynamoDBClient)): LedgerTable {
  const documents = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  return {
    get: async (key) => {
      const { Item: item } = await callAws('dynamodb:GetItem', () =>
        documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true })),
      );
      return item;
    },
    batchGet: (keys) => batchGet(documents, tableName, keys),
    put: (item, condition) => put(documents, tableName, item, condition),
    update: (key, update) => updateItem(documents, tableName, key, update),
    query: (input) => queryAll(documents, { TableName: tableName, ...input }),
  };
}

async function put(documents: DynamoDBDocumentClient, tableName: string, item: Item, condition?: Condition) {
  try {
    await callAws('dynamodb:PutItem', () =>
      documents.send(
        new PutCommand({
          TableName: tableName,
          Item: item,
          ...conditionInput(condition),
          ReturnValuesOnConditionCheckFailure: 'NONE',
        }),
      ),
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const { Item: standing } = await callAws('dynamodb:GetItem', () =>
      documents.send(
        new GetCommand({ TableName: tableName, Key: { pk: item['pk'], sk: item['sk'] }, ConsistentRead: true }),
      ),
    );
    return standing ?? {};
  }
}

async function updateItem(
  documents: DynamoDBDocumentClient,
  tableName: string,
  key: Key,
  update: Update,
): Promise<UpdateResult> {
  try {
    const { Attributes } = await callAws('dynamodb:UpdateItem', () =>
      documents.send(
        new UpdateCommand({ TableName: tableName, Key: key, ...updateInput(update), ReturnValues: 'ALL_NEW' }),
      ),
    );
    return { written: true, item: Attributes ?? {} };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const { Item: item } = await callAws('dynamodb:GetItem', () =>
      documents.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true })),
    );
    return { written: false, item };
  }
}

function conditionInput(condition: Condition | undefined) {
  if (condition === undefined) return {};
  return {
    ConditionExpression: condition.expression,
    ...(condition.names && { ExpressionAttributeNames: condition.names }),
    ...(condition.values && { ExpressionAttributeValues: condition.values }),
  };
}

/** Every attribute goes by a placeholder, since many of our names (`status`, `open`) are DynamoDB's reserved words. */
function updateInput(update: Update): Omit<UpdateCommandInput, 'TableName' | 'Key'> {
  const set = Object.entries(update.set ?? {}).filter(([, value]) => value !== undefined);
  const add = Object.entries(update.add ?? {});
  const remove = update.remove ?? [];
  const written = [...set, ...add];
  const names = Object.fromEntries([...written.map(([name]) => name), ...remove].map((name) => [`#u_${name}`, name]));
  const values = Object.fromEntries(written.map(([name, value]) => [`:u_${name}`, value]));
  const clauses = [
    set.length > 0 ? `SET ${set.map(([name]) => `#u_${name} = :u_${name}`).join(', ')}` : '',
    add.length > 0 ? `ADD ${add.map(([name]) => `#u_${name} :u_${name}`).join(', ')}` : '',
    remove.length > 0 ? `REMOVE ${remove.map((name) => `#u_${name}`).join(', ')}` : '',
  ];
  const allValues = { ...values, ...update.condition?.values };
  return {
    UpdateExpression: clauses.filter(Boolean).join(' '),
    ExpressionAttributeNames: { ...names, ...update.condition?.names },
    ...(Object.keys(allValues).length > 0 && { ExpressionAttributeValues: allValues }),
    ...(update.condition && { ConditionExpression: update.condition.expression }),
  };
}

async function queryAll(documents: DynamoDBDocumentClient, input: QueryCommandInput): Promise<Item[]> {
  const items: Item[] = [];
  let page: Record<string, unknown> | undefined;
  do {
    const answer = await callAws('dynamodb:Query', () =>
      documents.send(new QueryCommand({ ...input, ...(page && { ExclusiveStartKey: page }) })),
    );
    items.push(...(answer.Items ?? []));
    page = answer.LastEvaluatedKey;
  } while (page);
  return items;
}

async function batchGet(documents: DynamoDBDocumentClient, tableName: string, keys: readonly Key[]): Promise<Item[]> {
  const items: Item[] = [];
  for (let start = 0; start < keys.length; start += BATCH_GET_MAX_KEYS) {
    items.push(...(await batchGetOnce(documents, tableName, keys.slice(start, start + BATCH_GET_MAX_KEYS))));
  }
  return items;
}

async function batchGetOnce(documents: DynamoDBDocumentClient, tableName: string, keys: Key[]): Promise<Item[]> {
  const items: Item[] = [];
  let pending: Record<string, unknown>[] = keys.map((key) => ({ ...key }));
  for (let attempt = 0; attempt < UNPROCESSED_ATTEMPTS; attempt += 1) {
    const answer = await callAws('dynamodb:BatchGetItem', () =>
      documents.send(new BatchGetCommand({ RequestItems: { [tableName]: { Keys: pending, ConsistentRead: true } } })),
    );
    items.push(...(answer.Responses?.[tableName] ?? []));
    pending = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (pending.length === 0) return items;
    await clock.sleep(UNPROCESSED_WAIT_MS * 2 ** attempt);
  }
  throw new TransientError(
    `DynamoDB left ${pending.length} keys of ${tableName} unread after ${UNPROCESSED_ATTEMPTS} attempts`,
  );
}
