import type { WriteRequest } from '@aws-sdk/client-dynamodb';
import type { AccountContext } from '../core/account-context.ts';
import type { Forward } from '../core/client-plugin.ts';
import type { Operation, Service } from '../core/operation.ts';
import { TableStreams } from './table-streams.ts';
import { Tables } from './tables.ts';
import { RecordedWrites, type WriteInput } from './writes.ts';

const EXPRESSIONS = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
const REPORTING = [
  'ReturnValues',
  'ReturnConsumedCapacity',
  'ReturnItemCollectionMetrics',
  'ReturnValuesOnConditionCheckFailure',
];
const READING = ['ConsistentRead', 'ProjectionExpression', 'ExpressionAttributeNames', 'ReturnConsumedCapacity'];
const PAGING = ['IndexName', 'Limit', 'ExclusiveStartKey', 'FilterExpression', 'ExpressionAttributeValues', 'Select'];

/**
 * DynamoDB by dynalite in this process: the SDK's own wire format goes to dynalite's request listener. Transactions,
 * PartiQL, time to live and everything else that dynalite lacks is refused.
 */
export class DynamoDbService implements Service {
  readonly name = 'DynamoDB';
  readonly operations: Readonly<Record<string, Operation>>;
  readonly streams: TableStreams;
  /** For the clients of services that forward their calls. */
  readonly requestHandler: object;
  private readonly context: AccountContext;
  private readonly tables = new Tables();
  private readonly writes: RecordedWrites;

  constructor(context: AccountContext) {
    this.context = context;
    this.streams = new TableStreams(context);
    this.writes = new RecordedWrites(this.tables, this.streams);
    this.requestHandler = {
      handle: (request: never) => this.tables.handle(request),
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      destroy: () => undefined,
    };
    const write = (input: Record<string, unknown>, forward: Forward) => this.writes.write(input as WriteInput, forward);
    this.operations = {
      GetItem: this.passing(['TableName', 'Key', ...READING]),
      BatchGetItem: this.passing(['RequestItems', 'ReturnConsumedCapacity']),
      Query: this.passing(['TableName', 'KeyConditionExpression', 'ScanIndexForward', ...READING, ...PAGING]),
      Scan: this.passing(['TableName', 'Segment', 'TotalSegments', ...READING, ...PAGING]),
      PutItem: this.holding(['TableName', 'Item', ...EXPRESSIONS, ...REPORTING], write),
      UpdateItem: this.holding(['TableName', 'Key', 'UpdateExpression', ...EXPRESSIONS, ...REPORTING], write),
      DeleteItem: this.holding(['TableName', 'Key', ...EXPRESSIONS, ...REPORTING], write),
      BatchWriteItem: this.holding(['RequestItems', 'ReturnConsumedCapacity'], (input, forward) =>
        this.writes.writeBatch(input['RequestItems'] as Record<string, WriteRequest[]>, forward),
      ),
      ...this.tableOperations(),
    };
  }

  private tableOperations(): Record<string, Operation> {
    const changing = async (input: Record<string, unknown>, forward: Forward) => {
      const tableName = String(input['TableName']);
      this.tables.forgetKeys(tableName);
      const output = await forward();
      await this.tables.settled(tableName);
      return output;
    };
    return {
      CreateTable: this.holding(
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
        changing,
      ),
      DeleteTable: this.holding(['TableName'], changing),
      DescribeEndpoints: {
        fields: new Set(),
        run: () => ({
          Endpoints: [{ Address: `dynamodb.${this.context.region}.amazonaws.com`, CachePeriodInMinutes: 1440 }],
        }),
      },
      DescribeTable: this.passing(['TableName']),
      ListTables: this.passing(['ExclusiveStartTableName', 'Limit']),
      UpdateTable: this.holding(
        ['TableName', 'AttributeDefinitions', 'ProvisionedThroughput', 'BillingMode', 'GlobalSecondaryIndexUpdates'],
        changing,
      ),
    };
  }

  private passing(fields: readonly string[]): Operation {
    return this.holding(fields, (_input, forward) => forward());
  }

  /** dynalite works in real time; virtual time stands still meanwhile. */
  private holding(
    fields: readonly string[],
    run: (input: Record<string, unknown>, forward: Forward) => Promise<object>,
  ): Operation {
    return { fields: new Set(fields), run: (input, forward) => this.context.clock.hold(() => run(input, forward)) };
  }
}
