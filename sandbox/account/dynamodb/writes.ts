import type { AttributeValue, ConditionalCheckFailedException, WriteRequest } from '@aws-sdk/client-dynamodb';
import { ItemImages } from './item-images.ts';
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
  private readonly images: ItemImages;
  private readonly lastWrites = new Map<string, Promise<unknown>>();

  constructor(tables: Tables, streams: TableStreams) {
    this.tables = tables;
    this.streams = streams;
    this.images = new ItemImages(tables);
  }

  /** When a table is made, changed or deleted. */
  forget(tableName: string): void {
    this.images.forget(tableName);
  }

  /** PutItem, UpdateItem, DeleteItem. */
  async write(input: WriteInput, perform: Perform): Promise<object> {
    const tableName = nameOf(input.TableName);
    if (!this.streams.hasSubscribers(tableName)) {
      this.forget(tableName);
      return this.withFailedItem(input, tableName, perform);
    }
    return this.inTurn(tableName, async () => {
      const key = await this.keyOf(input, tableName);
      const before = await this.images.current(tableName, key);
      const output = await this.withFailedItem(input, tableName, perform);
      const after = await this.itemAfter(input, output, tableName, key);
      this.streams.emit(tableName, key, before, this.images.remember(tableName, key, after));
      return output;
    });
  }

  /** A write that tells what it leaves behind need not be read after. */
  private async itemAfter(input: WriteInput, output: object, tableName: string, key: Item): Promise<Item | undefined> {
    // The document client's own marshalling turned the input into attribute values.
    if (input.Item) return input.Item as unknown as Item;
    if (input.ReturnValues === 'ALL_NEW') return (output as { Attributes?: Item }).Attributes;
    return this.tables.read(tableName, key);
  }

  /** BatchWriteItem; requests that were not processed leave no record. */
  async writeBatch(requests: Readonly<Record<string, readonly WriteRequest[]>>, perform: Perform): Promise<object> {
    const watched = Object.entries(requests).filter(([table]) => this.streams.hasSubscribers(nameOf(table)));
    for (const table of Object.keys(requests))
      if (!this.streams.hasSubscribers(nameOf(table))) this.forget(nameOf(table));
    if (watched.length === 0) return perform();
    const tableNames = watched.map(([table]) => nameOf(table)).sort();
    const locked = tableNames.reduceRight<() => Promise<object>>(
      (inner, tableName) => () => this.inTurn(tableName, inner),
      async () => {
        const before = await this.imagesBefore(watched);
        const output = await perform();
        for (const { tableName, key, image } of before) {
          const after = this.images.remember(tableName, key, await this.tables.read(tableName, key));
          this.streams.emit(tableName, key, image, after);
        }
        return output;
      },
    );
    return locked();
  }

  private async imagesBefore(watched: readonly (readonly [string, readonly WriteRequest[]])[]) {
    const images: { tableName: string; key: Item; image: Item | undefined }[] = [];
    for (const [table, requests] of watched) {
      const tableName = nameOf(table);
      for (const { PutRequest, DeleteRequest } of requests) {
        const key = await this.keyOf({ Item: PutRequest?.Item, Key: DeleteRequest?.Key } as WriteInput, tableName);
        images.push({ tableName, key, image: await this.images.current(tableName, key) });
      }
    }
    return images;
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
