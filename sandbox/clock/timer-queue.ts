/** Something due at a virtual time. `fire` is dropped on cancellation, so that a cancelled entry holds no memory. */
export interface TimerEntry {
  readonly atMs: number;
  readonly sequence: number;
  fire: (() => void) | undefined;
}

/** Below this many cancelled entries a clean-up costs more than it frees. */
const MIN_CANCELLED_TO_COMPACT = 512;

function isBefore(a: TimerEntry, b: TimerEntry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}

/** A binary heap ordered by (time, sequence). Cancelled entries are skipped and swept once they are the majority. */
export class TimerQueue {
  private heap: TimerEntry[] = [];
  private cancelled = 0;
  private sequence = 0;

  get size(): number {
    return this.heap.length - this.cancelled;
  }

  push(atMs: number, fire: () => void): TimerEntry {
    const entry: TimerEntry = { atMs, sequence: this.sequence++, fire };
    this.heap.push(entry);
    this.siftUp(this.heap.length - 1);
    return entry;
  }

  /** Forgets an entry; harmless when it already fired. */
  cancel(entry: TimerEntry): void {
    if (entry.fire === undefined) return;
    entry.fire = undefined;
    this.cancelled++;
    if (this.cancelled > MIN_CANCELLED_TO_COMPACT && this.cancelled * 2 > this.heap.length) this.compact();
  }

  /** The time of the next entry that still counts, or undefined. */
  nextAtMs(): number | undefined {
    this.dropCancelledHead();
    return this.heap[0]?.atMs;
  }

  /** Removes the next entry and returns what it does. */
  pop(): (() => void) | undefined {
    this.dropCancelledHead();
    const entry = this.removeHead();
    const fire = entry?.fire;
    if (entry) entry.fire = undefined;
    return fire;
  }

  private dropCancelledHead(): void {
    while (this.heap.length > 0 && this.heap[0]!.fire === undefined) {
      this.removeHead();
      this.cancelled--;
    }
  }

  private removeHead(): TimerEntry | undefined {
    const head = this.heap[0];
    const last = this.heap.pop();
    if (head !== undefined && last !== undefined && this.heap.length > 0) {
      this.heap[0] = last;
      this.siftDown(0);
    }
    return head;
  }

  private compact(): void {
    this.heap = this.heap.filter((entry) => entry.fire !== undefined);
    this.cancelled = 0;
    for (let index = (this.heap.length >> 1) - 1; index >= 0; index--) this.siftDown(index);
  }

  private siftUp(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(this.heap[index]!, this.heap[parent]!)) return;
      this.swap(index, parent);
      index = parent;
    }
  }

  private siftDown(start: number): void {
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let first = index;
      if (left < this.heap.length && isBefore(this.heap[left]!, this.heap[first]!)) first = left;
      if (right < this.heap.length && isBefore(this.heap[right]!, this.heap[first]!)) first = right;
      if (first === index) return;
      this.swap(index, first);
      index = first;
    }
  }

  private swap(a: number, b: number): void {
    const entry = this.heap[a]!;
    this.heap[a] = this.heap[b]!;
    this.heap[b] = entry;
  }
}
