import { UnsupportedByAccountError } from '../../core/unsupported.ts';
import {
  type AccessRequest,
  type AccessRequestsOf,
  type Input,
  onNothing,
  request,
  requestsOnKey,
  type Scene,
} from '../access-request.ts';

type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const tableOf = (scene: Scene, table: unknown): string =>
  String(table).startsWith('arn:') ? String(table) : scene.arn('dynamodb', `table/${table}`);

const onTable =
  (action: string): AccessRequestsOf =>
  (input, scene) => [request(scene, action, tableOf(scene, input['TableName']))];

/** An index is a resource of its own. */
const onTableOrIndex =
  (action: string): AccessRequestsOf =>
  (input, scene) => {
    const table = tableOf(scene, input['TableName']);
    const resource = input['IndexName'] === undefined ? table : `${table}/index/${input['IndexName']}`;
    return [request(scene, action, resource), ...onTablesKey(scene, table)];
  };

/** Whatever is done with items, DynamoDB decrypts the table's own key first. */
const onTablesKey = (scene: Scene, tableArn: string): AccessRequest[] =>
  requestsOnKey(scene, 'dynamodb', tableArn, ['kms:Decrypt']);

/** Partition keys of the items that a request reads or writes, as `dynamodb:LeadingKeys` has them. */
function onItems(scene: Scene, action: string, table: unknown, items: readonly Attributes[]): AccessRequest[] {
  const resource = tableOf(scene, table);
  const asked = request(scene, action, resource, {
    'dynamodb:LeadingKeys': () => items.map((item) => partitionOf(scene, String(table), item)),
  });
  return [asked, ...onTablesKey(scene, resource)];
}

function partitionOf(scene: Scene, table: string, item: Attributes): string {
  const name = scene.partitionKeyOf(table.slice(table.lastIndexOf('/') + 1));
  const value = name === undefined ? undefined : item[name];
  if (value === undefined)
    throw new UnsupportedByAccountError(`dynamodb:LeadingKeys of an item of ${table} without its partition key`);
  return String(Object.values(value)[0]);
}

const onItem =
  (action: string, field: 'Key' | 'Item'): AccessRequestsOf =>
  (input, scene) =>
    onItems(scene, action, input['TableName'], [input[field] as Attributes]);

type KeyedBatch = Readonly<Record<string, { Keys: readonly Attributes[] }>>;
type Put = { PutRequest?: { Item: Attributes }; DeleteRequest?: { Key: Attributes } };

function batchGetItem({ RequestItems: requested }: Input, scene: Scene): AccessRequest[] {
  return Object.entries(requested as KeyedBatch).flatMap(([table, { Keys }]) =>
    onItems(scene, 'dynamodb:BatchGetItem', table, Keys),
  );
}

function batchWriteItem({ RequestItems: requested }: Input, scene: Scene): AccessRequest[] {
  return Object.entries(requested as Readonly<Record<string, readonly Put[]>>).flatMap(([table, writes]) => {
    const items = writes.map(({ PutRequest: put, DeleteRequest: remove }) => put?.Item ?? remove?.Key ?? {});
    return onItems(scene, 'dynamodb:BatchWriteItem', table, items);
  });
}

/** A transaction has no action of its own: each of its parts is asked about as if it came alone. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
  Delete: 'dynamodb:DeleteItem',
  ConditionCheck: 'dynamodb:ConditionCheckItem',
};

type Part = { TableName: string; Key?: Attributes; Item?: Attributes };

function transaction({ TransactItems: parts }: Input, scene: Scene): AccessRequest[] {
  return (parts as readonly Readonly<Record<string, Part>>[]).flatMap((each) =>
    Object.entries(each).flatMap(([kind, { TableName, Key, Item }]) => {
      const action = TRANSACTION_ACTIONS[kind];
      if (action === undefined) throw new UnsupportedByAccountError(`access to a transaction's ${kind}`);
      return onItems(scene, action, TableName, [Key ?? Item ?? {}]);
    }),
  );
}

export const DYNAMODB_ACCESS = {
  GetItem: onItem('dynamodb:GetItem', 'Key'),
  PutItem: onItem('dynamodb:PutItem', 'Item'),
  UpdateItem: onItem('dynamodb:UpdateItem', 'Key'),
  DeleteItem: onItem('dynamodb:DeleteItem', 'Key'),
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  TransactGetItems: transaction,
  TransactWriteItems: transaction,
  // Whose leading keys are those of a condition expression, which nobody here reads: a policy that asks for them is refused.
  Query: onTableOrIndex('dynamodb:Query'),
  Scan: onTableOrIndex('dynamodb:Scan'),
  CreateTable: onTable('dynamodb:CreateTable'),
  DeleteTable: onTable('dynamodb:DeleteTable'),
  DescribeTable: onTable('dynamodb:DescribeTable'),
  UpdateTable: onTable('dynamodb:UpdateTable'),
  ListTables: onNothing('dynamodb:ListTables'),
  DescribeEndpoints: onNothing('dynamodb:DescribeEndpoints'),
} satisfies Readonly<Record<string, AccessRequestsOf>>;
