import type { FaultKind } from '../fault-kinds.ts';

/** Twenty times what the longest run needs. */
const ATTEMPTS_MAX = 50_000;

/** A name that nothing retries: the run goes to its end without another call. */
export class EndlessRunError extends Error {
  override readonly name = 'EndlessRunError';
}

/** What struck where in one run. */
export class FaultCount {
  readonly byKind = new Map<FaultKind, number>();
  /** Kinds by operation ("Service.Operation"). */
  readonly byOperation = new Map<string, Set<FaultKind>>();
  /** Places between two calls where a task was killed. */
  readonly crashPoints = new Set<string>();

  private attempts = 0;

  /** @throws EndlessRunError where the product calls and calls */
  attempted(): void {
    this.attempts += 1;
    if (this.attempts > ATTEMPTS_MAX) throw new EndlessRunError(`more than ${ATTEMPTS_MAX} calls of AWS in one run`);
  }

  /** Whether the run had to be stopped. */
  get isEndless(): boolean {
    return this.attempts > ATTEMPTS_MAX;
  }

  struck(kind: FaultKind, call?: string): void {
    this.byKind.set(kind, (this.byKind.get(kind) ?? 0) + 1);
    if (call === undefined) return;
    const kinds = this.byOperation.get(call) ?? new Set<FaultKind>();
    this.byOperation.set(call, kinds.add(kind));
  }

  /** @param place the call's number in the invocation; negative where it took effect before the task was gone */
  crashed(task: string, call: string, place: number): void {
    this.crashPoints.add(`${task} ${place} ${call}`);
  }
}
