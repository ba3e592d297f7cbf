import type { KeySchemaElement, Tag, WriteRequest } from '@aws-sdk/client-dynamodb';
import { type AccountContext, arn } from '../core/account-context.ts';
import type { Operation, Service } from '../core/operation.ts';
import { sortByKey } from '../core/pages.ts';
import { TableStreams } from './table-streams.ts';
import { Tables } from './tables.ts';
import { type Perform, RecordedWrites, type WriteInput } from './writes.ts';

const EXPRESSIONS = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
const REPORTING = [
  'ReturnValues',
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
  'ReturnValuesOnConditionCheckFailure',
];
const READING = ['ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames', 'ReturnConsumedCapacity'];
const PAGING = ['IndexName', 'Limit', 'ExclusiveStartKey', 'FilterExpression', 'ExpressionAttributeValues', 'Select'];

/** What an operation does beside calling dynalite (`perform`). */
type Run = (input: Record<string, unknown>, perform: Perform) => Promise<object>;

/**
 * DynamoDB by dynalite's actions in this process. Transactions, PartiQL, time to live and everything else that
 * dynalite lacks is refused.
 */
export class DynamoDbService implements Service {
  readonly name = 'DynamoDB';
  readonly operations: Readonly<Record<string, Operation>>;
  readonly streams: TableStreams;
  private readonly context: AccountContext;
  private readonly tables = new Tables();
  private readonly writes: RecordedWrites;
  private readonly tags = new Map<string, ReadonlyMap<string, string>>();
  private readonly partitionKeys = new Map<string, string>();

  constructor(context: AccountContext) {
    this.context = context;
    this.streams = new TableStreams(context);
    this.writes = new RecordedWrites(this.tables, this.streams);
    const write = (input: Record<string, unknown>, perform: Perform) => this.writes.write(input as WriteInput, perform);
    this.operations = {
      GetItem: this.passing('GetItem', ['TableName', 'Key', ...READING]),
      BatchGetItem: this.passing('BatchGetItem', ['RequestItems', 'ReturnConsumedCapacity']),
      Query: this.passing('Query', ['TableName', 'KeyConditionExpression', 'ScanIndexForward', ...READING, ...PAGING]),
      Scan: this.passing('Scan', ['TableName', 'Segment', 'TotalSegments', ...READING, ...PAGING]),
      PutItem: this.holding('PutItem', ['TableName', 'Item', ...EXPRESSIONS, ...REPORTING], write),
      UpdateItem: this.holding(
        'UpdateItem',
        ['TableName', 'Key', 'UpdateExpression', ...EXPRESSIONS, ...REPORTING],
        write,
      ),
      DeleteItem: this.holding('DeleteItem', ['TableName', 'Key', ...EXPRESSIONS, ...REPORTING], write),
      BatchWriteItem: this.holding('BatchWriteItem', ['RequestItems', 'ReturnConsumedCapacity'], (input, perform) =>
        this.writes.writeBatch(input['RequestItems'] as Record<string, WriteRequest[]>, perform),
      ),
      ...this.tableOperations(),
    };
  }

  /** Tables by name, with the tags they were created with. */
  taggedTables(): { name: string; arn: string; tags: ReadonlyMap<string, string> }[] {
    return sortByKey(this.tags, ([name]) => name).map(([name, tags]) => ({ name, arn: this.arnOf(name), tags }));
  }

  /** Tags by a table's ARN. */
  tagsOf(resourceArn: string): ReadonlyMap<string, string> | undefined {
    return this.tags.get(/:table\/([^/]+)$/.exec(resourceArn)?.[1] ?? '');
  }

  /** Name of a table's partition key. */
  partitionKeyOf(tableName: string): string | undefined {
    return this.partitionKeys.get(tableName);
  }

  private arnOf(tableName: string): string {
    return arn(this.context, 'dynamodb', `table/${tableName}`);
  }

  private remember(input: Record<string, unknown>): void {
    const tags = (input['Tags'] ?? []) as Tag[];
    const tableName = String(input['TableName']);
    this.tags.set(tableName, new Map(tags.map(({ Key, Value }) => [Key ?? '', Value ?? ''])));
    const keys = input['KeySchema'] as KeySchemaElement[];
    this.partitionKeys.set(tableName, keys.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '');
  }

  private tableOperations(): Record<string, Operation> {
    const changing = async (input: Record<string, unknown>, perform: Perform) => {
      const tableName = String(input['TableName']);
      this.tables.forgetKeys(tableName);
      const output = await perform();
      await this.tables.settled(tableName);
      return output;
    };
    return {
      CreateTable: this.holding(
        'CreateTable',
        [
          'TableName',
          'AttributeDefinitions',
          'KeySchema',
          'BillingMode',
          'ProvisionedThroughput',
          'GlobalSecondaryIndexes',
          'LocalSecondaryIndexes',
          'StreamSpecification',
          'SSESpecification',
          'Tags',
          'DeletionProtectionEnabled',
          'TableClass',
        ],
        async (input, perform) => {
          const output = await changing(input, perform);
          this.remember(input);
          return output;
        },
      ),
      DeleteTable: this.holding('DeleteTable', ['TableName'], (input, perform) => {
        this.tags.delete(String(input['TableName']));
        return changing(input, perform);
      }),
      DescribeEndpoints: {
        fields: new Set(),
        run: () => ({
          Endpoints: [{ Address: `dynamodb.${this.context.region}.amazonaws.com`, CachePeriodInMinutes: 1440 }],
        }),
      },
      DescribeTable: this.holding('DescribeTable', ['TableName'], async (input, perform) => {
        const { Table: table, ...output } = (await perform()) as { Table?: object };
        // dynalite's own tables belong to account 000000000000.
        return { ...output, Table: { ...table, TableArn: this.arnOf(String(input['TableName'])) } };
      }),
      ListTables: this.passing('ListTables', ['ExclusiveStartTableName', 'Limit']),
      UpdateTable: this.holding(
        'UpdateTable',
        ['TableName', 'AttributeDefinitions', 'ProvisionedThroughput', 'BillingMode', 'GlobalSecondaryIndexUpdates'],
        changing,
      ),
    };
  }

  private passing(operation: string, fields: readonly string[]): Operation {
    return this.holding(operation, fields, (_input, perform) => perform());
  }

  /** dynalite works in real time; virtual time stands still meanwhile. */
  private holding(operation: string, fields: readonly string[], run: Run): Operation {
    return {
      fields: new Set(fields),
      run: (input) =>
        this.context.clock.hold(() =>
          run(input as Record<string, unknown>, () => this.tables.perform(operation, input as object)),
        ),
    };
  }
}
