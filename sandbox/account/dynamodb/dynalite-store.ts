import { SortedStore } from './sorted-store.ts';

type TableCallback = (error: object | null, table?: object) => void;

/** DynamoDB's limit of an item, bytes. */
const MOST_ITEM_BYTES = 409_600;
const OPTIONS = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, maxItemSize: MOST_ITEM_BYTES };

/** The store that dynalite's actions work on: a sorted store per table and index, and one of the tables themselves. */
export class DynaliteStore {
  readonly options = OPTIONS;
  readonly tableDb = Object.assign(new SortedStore(), { awsAccountId: '000000000000', awsRegion: 'us-east-1' });
  private readonly stores = new Map<string, SortedStore>();

  getItemDb(tableName: string): SortedStore {
    return this.storeOf(`item-${tableName}`);
  }

  deleteItemDb(tableName: string, callback: () => void): void {
    this.deleteStore(`item-${tableName}`, callback);
  }

  getIndexDb(indexType: string, tableName: string, indexName: string): SortedStore {
    return this.storeOf(`index-${indexType.toLowerCase()}~${tableName}~${indexName}`);
  }

  deleteIndexDb(indexType: string, tableName: string, indexName: string, callback: () => void): void {
    this.deleteStore(`index-${indexType.toLowerCase()}~${tableName}~${indexName}`, callback);
  }

  getTagDb(tableName: string): SortedStore {
    return this.storeOf(`tag-${tableName}`);
  }

  deleteTagDb(tableName: string, callback: () => void): void {
    this.deleteStore(`tag-${tableName}`, callback);
  }

  /** Without `false` for `checkStatus`, tables that come into being or go are not there. */
  getTable(tableName: string, checkStatus: boolean | TableCallback, callback?: TableCallback): void {
    const isChecked = checkStatus !== false;
    const answer = typeof checkStatus === 'function' ? checkStatus : callback!;
    this.tableDb.get(tableName, (_missing, found) => {
      const table = found as { TableStatus: string } | undefined;
      const isPassing = table?.TableStatus === 'CREATING' || table?.TableStatus === 'DELETING';
      if (table && !(isChecked && isPassing)) answer(null, table);
      else answer(missingTable(tableName, isChecked));
    });
  }

  private storeOf(name: string): SortedStore {
    let store = this.stores.get(name);
    if (!store) {
      store = new SortedStore();
      this.stores.set(name, store);
    }
    return store;
  }

  private deleteStore(name: string, callback: () => void): void {
    this.stores.delete(name);
    queueMicrotask(callback);
  }
}

function missingTable(tableName: string, isChecked: boolean): object {
  const message = `Requested resource not found${isChecked ? '' : `: Table: ${tableName} not found`}`;
  const body = { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message };
  return Object.assign(new Error(message), { name: 'NotFoundError', statusCode: 400, body });
}
