import type { AttributeValue, ConditionalCheckFailedException, WriteRequest } from '@aws-sdk/client-dynamodb';
import type { Forward } from '../core/client-plugin.ts';
import type { TableStreams } from './table-streams.ts';
import type { Item, Tables } from './tables.ts';

type Attributes = Record<string, AttributeValue>;

/** A single write as the SDK's input has it. */
export interface WriteInput {
  readonly TableName?: string;
  readonly Item?: Attributes;
  readonly Key?: Attributes;
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
  async write(input: WriteInput, forward: Forward): Promise<object> {
    const tableName = nameOf(input.TableName);
    if (!this.streams.hasSubscribers(tableName)) return this.withFailedItem(input, tableName, forward);
    return this.inTurn(tableName, async () => {
      const key = await this.keyOf(input, tableName);
      const before = await this.tables.read(tableName, key);
      const output = await this.withFailedItem(input, tableName, forward);
      this.streams.emit(tableName, key, before, await this.tables.read(tableName, key));
      return output;
    });
  }

  /** BatchWriteItem; requests that were not processed leave no record. */
  async writeBatch(requests: Readonly<Record<string, readonly WriteRequest[]>>, forward: Forward): Promise<object> {
    const watched = Object.entries(requests).filter(([table]) => this.streams.hasSubscribers(nameOf(table)));
    if (watched.length === 0) return forward();
    const tableNames = watched.map(([table]) => nameOf(table)).sort();
    const locked = tableNames.reduceRight<() => Promise<object>>(
      (inner, tableName) => () => this.inTurn(tableName, inner),
      async () => {
        const before = await this.images(watched);
        const output = await forward();
        for (const { tableName, key, image } of before) {
          this.streams.emit(tableName, key, image, await this.tables.read(tableName, key));
        }
        return output;
      },
    );
    return locked();
  }

  private async images(watched: readonly (readonly [string, readonly WriteRequest[]])[]) {
    const images: { tableName: string; key: Item; image: Item | undefined }[] = [];
    for (const [table, requests] of watched) {
      const tableName = nameOf(table);
      for (const { PutRequest, DeleteRequest } of requests) {
        const key = await this.keyOf({ Item: PutRequest?.Item, Key: DeleteRequest?.Key } as WriteInput, tableName);
        images.push({ tableName, key, image: await this.tables.read(tableName, key) });
      }
    }
    return images;
  }

  private keyOf(input: WriteInput, tableName: string): Promise<Item> {
    return input.Key
      ? Promise.resolve(input.Key as unknown as Item)
      : this.tables.keyOf(tableName, input.Item as unknown as Item);
  }

  /** dynalite does not return the item of a failed condition; DynamoDB does when asked. */
  private async withFailedItem(input: WriteInput, tableName: string, forward: Forward): Promise<object> {
    try {
      return await forward();
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
