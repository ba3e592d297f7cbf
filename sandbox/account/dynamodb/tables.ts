import { setImmediate as nextTurn } from 'node:timers/promises';
import { perform } from './dynalite-actions.ts';
import { DynaliteStore } from './dynalite-store.ts';

export type Item = Record<string, Record<string, unknown>>;

/** An item as it was and as it is, on the wire; the store's own, which nobody may change. */
export interface Change {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** dynalite in this process, on a store in memory. */
export class Tables {
  private readonly store = new DynaliteStore();
  private readonly keyNames = new Map<string, readonly string[]>();

  /** One operation by its API name, with the SDK's input and output. Throws the SDK's exceptions. */
  perform(operation: string, input: object): Promise<Record<string, unknown>> {
    return perform(this.store, operation, input);
  }

  /** Does some work, and answers with it what it changed of a table's items; nobody else may write to it meanwhile. */
  async changesOf<T>(tableName: string, work: () => Promise<T>): Promise<{ output: T; changes: readonly Change[] }> {
    const items = this.store.getItemDb(tableName);
    const changes: Change[] = [];
    items.onChange = (before, after) => changes.push({ before: before as Item, after: after as Item });
    try {
      return { output: await work(), changes };
    } finally {
      items.onChange = undefined;
    }
  }

  forgetKeys(tableName: string): void {
    this.keyNames.delete(tableName);
  }

  /** Waits (a timer's turn of real time) until the table is usable, or gone. */
  async settled(tableName: string): Promise<void> {
    for (;;) {
      const { TableNames } = (await this.perform('ListTables', {})) as { TableNames: string[] };
      if (!TableNames.includes(tableName)) return;
      const table = await this.describe(tableName);
      if (table.TableStatus === 'ACTIVE') return;
      await nextTurn();
    }
  }

  async keyOf(tableName: string, item: Item): Promise<Item> {
    let names = this.keyNames.get(tableName);
    if (!names) {
      const table = await this.describe(tableName);
      names = table.KeySchema.map(({ AttributeName }) => AttributeName);
      this.keyNames.set(tableName, names);
    }
    return Object.fromEntries(names.map((name) => [name, item[name]!]));
  }

  private async describe(tableName: string): Promise<TableDescription> {
    const { Table: table } = await this.perform('DescribeTable', { TableName: tableName });
    return table as TableDescription;
  }

  async read(tableName: string, key: Item): Promise<Item | undefined> {
    const { Item: found } = await this.perform('GetItem', { TableName: tableName, Key: key, ConsistentRead: true });
    return found as Item | undefined;
  }
}

interface TableDescription {
  readonly TableStatus: string;
  readonly KeySchema: readonly { AttributeName: string }[];
}
