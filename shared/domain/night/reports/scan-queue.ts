import type { PlannedScan } from './scan-plan.ts';

/** StartQuery takes at most 50 log groups. */
export const LOG_GROUPS_PER_QUERY = 50;

/**
 * What of the budget may be under way at once: an estimate is worth little before a query has shown what it was worth,
 * and next to that of other groups. Simulated accounts were billed two and a half times the budget when all of it was
 * under way by estimates.
 */
const SHARE_AT_ONCE = 0.2;

/** Log groups that one query covers: of one log format, one class and one stretch of time, which a query can't mix. */
export interface ScanBatch {
  readonly logFormat: 'Text' | 'JSON';
  readonly startMs: number;
  readonly scans: readonly PlannedScan[];
  readonly estimatedBytes: number;
}

/** A batch of scans that are alike; never empty. */
export function scanBatch(scans: readonly PlannedScan[]): ScanBatch {
  const estimatedBytes = scans.reduce((sum, scan) => sum + scan.estimatedBytes, 0);
  const { logFormat, startMs } = scans[0]!;
  return { logFormat, startMs, scans, estimatedBytes };
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
  private worstRatio = 0;
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
    const taken = this.fitting(this.affordableBytes());
    if (taken.length === 0) return undefined;
    const gone = new Set(taken);
    this.waiting = this.waiting.filter((scan) => !gone.has(scan));
    const batch = scanBatch(taken);
    this.inFlight += 1;
    this.estimatedInFlight += batch.estimatedBytes;
    return batch;
  }

  private fitting(affordableBytes: number): PlannedScan[] {
    const taken: PlannedScan[] = [];
    let leftBytes = affordableBytes;
    for (const scan of this.waiting) {
      if (taken.length === LOG_GROUPS_PER_QUERY) break;
      if (scan.estimatedBytes > leftBytes || !isAlike(scan, taken[0] ?? scan)) continue;
      leftBytes -= scan.estimatedBytes;
      taken.push(scan);
    }
    return taken;
  }

  /** Ends what `take` began; `scannedBytes` is undefined where no query ran. */
  settle(batch: ScanBatch, scannedBytes: number | undefined): void {
    this.inFlight -= 1;
    this.estimatedInFlight -= batch.estimatedBytes;
    if (scannedBytes === undefined) return;
    this.scannedBytes += scannedBytes;
    if (batch.estimatedBytes > 0) this.worstRatio = Math.max(this.worstRatio, scannedBytes / batch.estimatedBytes);
  }

  /**
   * What may be started now, in estimated bytes at the worst ratio of scanned to estimated bytes seen so far (a mean lets
   * the last queries pass the budget): a share of the budget at once. The most valuable scan may need more than that; smaller ones must not use the budget up before its
   * turn comes, so once it is known what estimates are worth it waits for what is under way, and goes alone.
   */
  private affordableBytes(): number {
    const isKnown = this.worstRatio > 0;
    const ratio = isKnown ? this.worstRatio : 1;
    const leftBytes = (this.budgetBytes - this.scannedBytes) / ratio;
    const atOnceBytes = Math.min(leftBytes, (this.budgetBytes * SHARE_AT_ONCE) / ratio);
    const [first] = this.waiting;
    const smallerFit = this.waiting.some(({ estimatedBytes }) => estimatedBytes <= atOnceBytes);
    const isLarge = first !== undefined && first.estimatedBytes > atOnceBytes && first.estimatedBytes <= leftBytes;
    if (isLarge && smallerFit && isKnown) return this.inFlight > 0 ? 0 : first.estimatedBytes;
    // Where even the smallest needs more than a share, it goes alone.
    return (this.inFlight > 0 || smallerFit ? atOnceBytes : leftBytes) - this.estimatedInFlight;
  }
}

const isAlike = (a: PlannedScan, b: PlannedScan): boolean =>
  a.logFormat === b.logFormat && a.logGroupClass === b.logGroupClass && a.startMs === b.startMs;
