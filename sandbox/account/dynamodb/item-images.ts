import type { Item, Tables } from './tables.ts';
import { onWire } from './wire-form.ts';

/**
 * The items of watched tables as they were last written, on the wire: a change record needs the image before and after
 * each write, and reading both would make every write cost three.
 */
export class ItemImages {
  private readonly tables: Tables;
  private readonly byTable = new Map<string, Map<string, Item | undefined>>();

  constructor(tables: Tables) {
    this.tables = tables;
  }

  async current(tableName: string, key: Item): Promise<Item | undefined> {
    const images = this.imagesOf(tableName);
    const name = JSON.stringify(onWire(key));
    if (!images.has(name)) images.set(name, await this.tables.read(tableName, key));
    return images.get(name);
  }

  /** Answers the image it keeps. */
  remember(tableName: string, key: Item, item: Item | undefined): Item | undefined {
    const image = item && onWire(item);
    this.imagesOf(tableName).set(JSON.stringify(onWire(key)), image);
    return image;
  }

  /** After writes that nobody watched, and when a table is made anew. */
  forget(tableName: string): void {
    this.byTable.delete(tableName);
  }

  private imagesOf(tableName: string): Map<string, Item | undefined> {
    let images = this.byTable.get(tableName);
    if (!images) {
      images = new Map();
      this.byTable.set(tableName, images);
    }
    return images;
  }
}
