/**
 * Bytes of JSON that one list of an answer may take. An answer has seven at most and travels through a state machine, as
 * a result and once more beside the caller's input: Step Functions takes 256 KiB of either.
 */
export const LIST_MAX_BYTES = 24 * 1024;
/** Longest text within a list: AWS may say anything, and a function may have any number of aliases. */
export const TEXT_MAX_CHARS = 500;

/** A list as an answer has it: the first of them, and how many there are. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly count: number;
}

/** Counts everything and keeps what has room; once one had none, none after it is kept, so that what is kept is the beginning. */
export class BoundedList<Item> implements Listed<Item> {
  readonly items: Item[];
  count: number;
  private bytes: number;

  /** @param before what earlier rounds of the same execution have in it */
  constructor(before: Listed<Item> = { items: [], count: 0 }) {
    this.items = [...before.items];
    this.count = before.count;
    this.bytes = this.items.reduce((sum, item) => sum + bytesOf(item), 0);
  }

  add(item: Item): void {
    const isWhole = this.items.length === this.count;
    this.count += 1;
    const bytes = bytesOf(item);
    if (!isWhole || this.bytes + bytes > LIST_MAX_BYTES) return;
    this.items.push(item);
    this.bytes += bytes;
  }
}

/** How many of each list are not in it; lists that are whole are left out. */
export function unlistedOf(lists: Readonly<Record<string, Listed<unknown>>>): Record<string, number> {
  const missing = Object.entries(lists).map(([name, { items, count }]) => [name, count - items.length] as const);
  return Object.fromEntries(missing.filter(([, unlisted]) => unlisted > 0));
}

/** Cut where it is too long, and then it says so by its last character. */
export const bounded = (text: string): string =>
  text.length <= TEXT_MAX_CHARS ? text : `${text.slice(0, TEXT_MAX_CHARS - 1).toWellFormed()}…`;

/** As UTF-8 JSON, with the comma after it. */
const bytesOf = (item: unknown): number => new TextEncoder().encode(JSON.stringify(item)).length + 1;
