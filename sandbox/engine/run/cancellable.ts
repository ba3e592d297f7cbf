import type { Settle, VirtualClock } from '../../clock/virtual-clock.ts';
import { Cancelled, type CancelScope } from './cancel-scope.ts';

/**
 * Waits for something that may be cancelled. `setup` starts it and returns how to clean up (timers, tokens), which
 * happens once however the wait ends.
 */
export async function cancellable<T>(
  clock: VirtualClock,
  scope: CancelScope,
  setup: (settle: Settle<T>) => () => void,
): Promise<T> {
  scope.throwIfCancelled();
  const value = await clock.wait<T>((settle) => {
    let over = false;
    let cleanUp: (() => void) | undefined;
    const finish = (act: () => void) => {
      if (over) return;
      over = true;
      stopListening();
      cleanUp?.();
      act();
    };
    const stopListening = scope.onCancel((reason) => finish(() => settle.reject(new Cancelled(reason))));
    cleanUp = setup({
      resolve: (result) => finish(() => settle.resolve(result)),
      reject: (error) => finish(() => settle.reject(error)),
    });
    if (over) cleanUp();
  });
  scope.throwIfCancelled();
  return value;
}

/** A sleep that ends early, by unwinding, when the scope is cancelled. */
export function sleepUntil(clock: VirtualClock, scope: CancelScope, atMs: number): Promise<void> {
  return cancellable<void>(clock, scope, (settle) => clock.schedule(atMs, () => settle.resolve()));
}
