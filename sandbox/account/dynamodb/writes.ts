import type { AttributeValue, ConditionalCheckFailedException, WriteRequest } from '@aws-sdk/client-dynamodb';
import type { TableStreams } from './table-streams.ts';
import type { Item, Tables } from './tables.ts';

/** Does what was asked and answers the SDK's output. */
export type Perform = () => Promise<Record<string, unknown>>;

type Attributes = Record<string, AttributeValue>;

/** A single write as the SDK's input has it. */
export interface WriteInput {
  readonly TableName?: string;
  readonly Item?: Attributes;
  readonly Key?: Attributes;
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
}

/**
 * Writes with their change records. A table's writes run one after another while someone reads its stream, so that the
 * images before and after are those of this very write.
 */
export class RecordedWrites {
  private readonly tables: Tables;
  private readonly streams: TableStreams;
  private readonly lastWrites = new Map<string, Promise<unknown>>();

  constructor(tables: Tables, streams: TableStreams) {
    this.tables = tables;
    this.streams = streams;
  }

  /** PutItem, UpdateItem, DeleteItem. */
  async write(input: WriteInput, perform: Perform): Promise<object> {
    const tableName = nameOf(input.TableName);
    const work = () => this.withFailedItem(input, tableName, perform);
    return this.streams.hasSubscribers(tableName)
      ? this.inTurn(tableName, () => this.recorded(tableName, work))
      : work();
  }

  /** BatchWriteItem; requests that were not processed leave no record. */
  async writeBatch(requests: Readonly<Record<string, readonly WriteRequest[]>>, perform: Perform): Promise<object> {
    const watched = Object.keys(requests)
      .map(nameOf)
      .filter((tableName) => this.streams.hasSubscribers(tableName));
    const locked = watched
      .toSorted()
      .reduceRight<() => Promise<object>>(
        (inner, tableName) => () => this.inTurn(tableName, () => this.recorded(tableName, inner)),
        perform,
      );
    return locked();
  }

  private async recorded<T>(tableName: string, work: () => Promise<T>): Promise<T> {
    const { output, changes } = await this.tables.changesOf(tableName, work);
    for (const { before, after } of changes)
      this.streams.emit(tableName, await this.tables.keyOf(tableName, (after ?? before)!), before, after);
    return output;
  }

  /** The document client's own marshalling turned the input into attribute values. */
  private keyOf(input: WriteInput, tableName: string): Promise<Item> {
    return input.Key
      ? Promise.resolve(input.Key as unknown as Item)
      : this.tables.keyOf(tableName, input.Item as unknown as Item);
  }

  /** dynalite does not return the item of a failed condition; DynamoDB does when asked. */
  private async withFailedItem(input: WriteInput, tableName: string, perform: Perform): Promise<object> {
    try {
      return await perform();
    } catch (error) {
      const failed = error as ConditionalCheckFailedException;
      if (
        failed.name === 'ConditionalCheckFailedException' &&
        input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
      ) {
        failed.Item = (await this.tables.read(tableName, await this.keyOf(input, tableName))) as Attributes | undefined;
      }
      throw error;
    }
  }

  private inTurn<T>(tableName: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.lastWrites.get(tableName) ?? Promise.resolve()).then(work);
    this.lastWrites.set(
      tableName,
      turn.catch(() => undefined),
    );
    return turn;
  }
}

/** Tables may be named by ARN. */
function nameOf(table: string | undefined): string {
  return (table ?? '').replace(/^arn:.*:table\//, '');
}
