import type { VirtualClock } from '../../clock/virtual-clock.ts';
import { Cancelled, CancelScope } from './cancel-scope.ts';

export interface ConcurrentWork {
  readonly count: number;
  /** How many run at once. */
  readonly limit: number;
  /** Does one piece; a failure cancels the others. */
  start(index: number, scope: CancelScope): Promise<void>;
}

async function startUnlessCancelled(work: ConcurrentWork, index: number, scope: CancelScope): Promise<void> {
  scope.throwIfCancelled();
  await work.start(index, scope);
}

/**
 * Runs pieces of work as activities of their own, in order, at most `limit` at a time. The first failure cancels the
 * rest; the call settles only when everything it started has unwound, so nothing runs on behind the caller's back.
 */
export async function runConcurrently(clock: VirtualClock, parent: CancelScope, work: ConcurrentWork): Promise<void> {
  parent.throwIfCancelled();
  if (work.count === 0) return;
  const scope = new CancelScope(parent);
  try {
    await clock.wait<void>((settle) => {
      let next = 0;
      let active = 0;
      let failure: { error: unknown } | undefined;
      const finishOne = (error?: unknown) => {
        active--;
        if (error !== undefined && !(error instanceof Cancelled)) failure ??= { error };
        if (failure) scope.cancel({ kind: 'sibling-failed' });
        launch();
      };
      const launch = () => {
        while (active < work.limit && next < work.count && !scope.reason) {
          const index = next++;
          active++;
          clock.spawn(
            () => startUnlessCancelled(work, index, scope),
            { resolve: () => finishOne(), reject: finishOne },
            { sequential: true },
          );
        }
        if (active > 0) return;
        if (failure) settle.reject(failure.error);
        else settle.resolve();
      };
      launch();
    });
  } finally {
    scope.release();
  }
  parent.throwIfCancelled();
}
