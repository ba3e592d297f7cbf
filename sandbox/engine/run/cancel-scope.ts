/** Why work is given up. */
export type CancelReason =
  /** Another branch, iteration or child failed. */
  | { readonly kind: 'sibling-failed' }
  /** StopExecution, or the execution above was stopped. */
  | { readonly kind: 'stopped'; readonly error?: string | undefined; readonly cause?: string | undefined }
  /** The machine's own time is over. */
  | { readonly kind: 'timed-out' };

/** Unwinds a branch whose scope was cancelled; never seen by Retry and Catch. */
export class Cancelled extends Error {
  readonly reason: CancelReason;

  constructor(reason: CancelReason) {
    super(`cancelled: ${reason.kind}`);
    this.name = 'Cancelled';
    this.reason = reason;
  }
}

/** A tree of work that can be given up together. Cancelling reaches every scope below. */
export class CancelScope {
  private cancelReason: CancelReason | undefined;
  private readonly listeners = new Set<(reason: CancelReason) => void>();
  private readonly detach: (() => void) | undefined;

  constructor(parent?: CancelScope) {
    if (parent?.cancelReason) this.cancelReason = parent.cancelReason;
    else this.detach = parent?.onCancel((reason) => this.cancel(reason));
  }

  get reason(): CancelReason | undefined {
    return this.cancelReason;
  }

  cancel(reason: CancelReason): void {
    if (this.cancelReason) return;
    this.cancelReason = reason;
    const listeners = [...this.listeners];
    this.listeners.clear();
    for (const listener of listeners) listener(reason);
  }

  /** Calls back on cancellation; returns how to stop listening. */
  onCancel(listener: (reason: CancelReason) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  throwIfCancelled(): void {
    if (this.cancelReason) throw new Cancelled(this.cancelReason);
  }

  /** Lets go of the parent once the work is over. */
  release(): void {
    this.detach?.();
  }
}
