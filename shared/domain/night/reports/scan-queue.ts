import type { PlannedScan } from './scan-plan.ts';

/** StartQuery takes at most 50 log groups. */
export const LOG_GROUPS_PER_QUERY = 50;

/** Log groups that one query covers: of one log format and one class, which a query can't mix. */
export interface ScanBatch {
  readonly logFormat: 'Text' | 'JSON';
  readonly scans: readonly PlannedScan[];
  readonly estimatedBytes: number;
}

/** A batch of scans that are alike; never empty. */
export function scanBatch(scans: readonly PlannedScan[]): ScanBatch {
  const estimatedBytes = scans.reduce((sum, scan) => sum + scan.estimatedBytes, 0);
  return { logFormat: scans[0]!.logFormat, scans, estimatedBytes };
}

/**
 * Scans waiting for a query, the most valuable first, and the budget they share. Estimates come from stored bytes,
 * which say little of what a query will be billed for; what finished queries really scanned corrects those to come,
 * up or down. A scan that does not fit is passed over for smaller ones and gets another chance when more is known.
 */
export class ScanQueue {
  scannedBytes = 0;
  private waiting: PlannedScan[];
  private readonly budgetBytes: number;
  private estimatedDone = 0;
  private estimatedInFlight = 0;
  private inFlight = 0;

  constructor(scans: readonly PlannedScan[], budgetBytes: number) {
    this.waiting = [...scans];
    this.budgetBytes = budgetBytes;
  }

  /** What no query was started for. */
  get leftOver(): readonly PlannedScan[] {
    return this.waiting;
  }

  /** Whether a query that is under way may yet show that more fits. */
  get mayHaveMore(): boolean {
    return this.waiting.length > 0 && this.inFlight > 0;
  }

  /** The next scans that can share a query and fit the rest of the budget; counts them as under way. */
  take(): ScanBatch | undefined {
    const taken: PlannedScan[] = [];
    let leftBytes = this.affordableBytes();
    for (const scan of this.waiting) {
      if (taken.length === LOG_GROUPS_PER_QUERY) break;
      if (scan.estimatedBytes > leftBytes || !isAlike(scan, taken[0] ?? scan)) continue;
      leftBytes -= scan.estimatedBytes;
      taken.push(scan);
    }
    if (taken.length === 0) return undefined;
    const gone = new Set(taken);
    this.waiting = this.waiting.filter((scan) => !gone.has(scan));
    const batch = scanBatch(taken);
    this.inFlight += 1;
    this.estimatedInFlight += batch.estimatedBytes;
    return batch;
  }

  /** Ends what `take` began; `scannedBytes` is undefined where no query ran. */
  settle(batch: ScanBatch, scannedBytes: number | undefined): void {
    this.inFlight -= 1;
    this.estimatedInFlight -= batch.estimatedBytes;
    if (scannedBytes === undefined) return;
    this.scannedBytes += scannedBytes;
    this.estimatedDone += batch.estimatedBytes;
  }

  /** Rest of the budget in estimated bytes, at the ratio of scanned to estimated bytes seen so far. */
  private affordableBytes(): number {
    const ratio = this.estimatedDone > 0 && this.scannedBytes > 0 ? this.scannedBytes / this.estimatedDone : 1;
    return (this.budgetBytes - this.scannedBytes) / ratio - this.estimatedInFlight;
  }
}

const isAlike = (a: PlannedScan, b: PlannedScan): boolean =>
  a.logFormat === b.logFormat && a.logGroupClass === b.logGroupClass;
