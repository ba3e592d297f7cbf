import type { PlannedScan } from './scan-plan.ts';

/** StartQuery takes at most 50 log groups. */
export const LOG_GROUPS_PER_QUERY = 50;

/**
 * What of the budget may be under way at once: an estimate is worth little before a query has shown what it was worth,
 * and next to that of other groups. Simulated accounts were billed two and a half times the budget when all of it was
 * under way by estimates.
 */
const SHARE_AT_ONCE = 0.2;

/**
 * However much less than was estimated queries have scanned, the next may scan what was: in simulated accounts the first groups were a
 * twentieth of their estimates, and four that were let through by that alone cost one and a half budgets.
 */
const LEAST_RATIO = 0.5;

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
 * which say little of what a query will be billed for; what finished queries really scanned corrects those to come of the same stretch of
 * time, up or down: what a day logged says nothing of a fortnight. A scan that does not fit is passed over for smaller ones and gets another
 * chance when more is known.
 */
export class ScanQueue {
  scannedBytes = 0;
  private waiting: PlannedScan[];
  private readonly budgetBytes: number;
  /** Of scanned to estimated bytes, by where a stretch begins: a mean would let the last queries pass the budget. */
  private readonly worstRatios = new Map<number, number>();
  private readonly underWay = new Set<ScanBatch>();

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
    return this.waiting.length > 0 && this.underWay.size > 0;
  }

  /** The next scans that can share a query and fit the rest of the budget; counts them as under way. */
  take(): ScanBatch | undefined {
    const taken = this.fitting(this.affordableBytes());
    if (taken.length === 0) return undefined;
    const gone = new Set(taken);
    this.waiting = this.waiting.filter((scan) => !gone.has(scan));
    const batch = scanBatch(taken);
    this.underWay.add(batch);
    return batch;
  }

  private fitting(affordableBytes: number): PlannedScan[] {
    const taken: PlannedScan[] = [];
    let leftBytes = affordableBytes;
    for (const scan of this.waiting) {
      if (taken.length === LOG_GROUPS_PER_QUERY) break;
      if (this.expectedBytes(scan) > leftBytes || !isAlike(scan, taken[0] ?? scan)) continue;
      leftBytes -= this.expectedBytes(scan);
      taken.push(scan);
    }
    return taken;
  }

  /** Ends what `take` began; `scannedBytes` is undefined where no query ran. */
  settle(batch: ScanBatch, scannedBytes: number | undefined): void {
    this.underWay.delete(batch);
    if (scannedBytes === undefined) return;
    this.scannedBytes += scannedBytes;
    const { startMs, estimatedBytes } = batch;
    const ratio = estimatedBytes > 0 ? scannedBytes / estimatedBytes : 0;
    if (ratio > 0) this.worstRatios.set(startMs, Math.max(this.worstRatios.get(startMs) ?? 0, ratio));
  }

  private expectedBytes({ startMs, estimatedBytes }: Pick<PlannedScan, 'startMs' | 'estimatedBytes'>): number {
    return estimatedBytes * Math.max(LEAST_RATIO, this.worstRatios.get(startMs) ?? 1);
  }

  /**
   * What may be started now, in expected bytes: a share of the budget at once. The most valuable scan may need more than
   * that; smaller ones must not use the budget up before its turn comes, so once it is known what estimates of its stretch are worth it
   * waits for what is under way, and goes alone.
   */
  private affordableBytes(): number {
    const leftBytes = this.budgetBytes - this.scannedBytes;
    const atOnceBytes = Math.min(leftBytes, this.budgetBytes * SHARE_AT_ONCE);
    const isBusy = this.underWay.size > 0;
    const smallerFit = this.waiting.some((scan) => this.expectedBytes(scan) <= atOnceBytes);
    const [first] = this.waiting;
    const firstBytes = first === undefined ? 0 : this.expectedBytes(first);
    const isLarge = firstBytes > atOnceBytes && firstBytes <= leftBytes;
    if (isLarge && smallerFit && this.worstRatios.has(first!.startMs)) return isBusy ? 0 : firstBytes;
    const underWayBytes = [...this.underWay].reduce((sum, batch) => sum + this.expectedBytes(batch), 0);
    if (isBusy || smallerFit) return atOnceBytes - underWayBytes;
    // Where even the smallest needs more than a share, each goes alone.
    const alone = this.waiting.find((scan) => this.expectedBytes(scan) <= leftBytes);
    return alone === undefined ? 0 : this.expectedBytes(alone);
  }
}

const isAlike = (a: PlannedScan, b: PlannedScan): boolean =>
  a.logFormat === b.logFormat && a.logGroupClass === b.logGroupClass && a.startMs === b.startMs;
