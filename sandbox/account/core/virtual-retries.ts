import { AsyncLocalStorage } from 'node:async_hooks';
import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import { UnsupportedByAccountError } from './unsupported.ts';

/** What wrapping needs of the virtual clock. */
export interface RetryClock {
  sleep(ms: number): Promise<void>;
  hold<T>(work: () => Promise<T>): Promise<T>;
}

interface Backoff {
  computeNextBackoffDelay(attempt: number): number;
  setDelayBase(delayMs: number): void;
}

type StrategyInside = RetryStrategyV2 & { mode?: string; retryBackoffStrategy?: Backoff };

/** The SDK's own bound on one delay. */
const MAXIMUM_DELAY_MS = 20_000;

const wrapped = new WeakSet<object>();

/**
 * The client's own retry strategy decides as ever (what is retried, how often, the retry quota), but its delays pass in
 * virtual time. The SDK's standard strategy sleeps for real inside `refreshRetryTokenForRetry`; hence its backoff is
 * made to answer 0 there and the delay it meant is slept on the clock afterwards. Jitter comes from `random`, because
 * the SDK's comes from Math.random and would make virtual time differ from run to run.
 */
export function virtualRetries(strategy: RetryStrategyV2, clock: RetryClock, random: () => number): RetryStrategyV2 {
  const inside = strategy as StrategyInside;
  if (wrapped.has(strategy)) return strategy;
  if (inside.mode !== 'standard' || !inside.retryBackoffStrategy) {
    throw new UnsupportedByAccountError(
      `retry mode ${inside.mode}: only the standard strategy's delays can be virtual`,
    );
  }
  const meant = new AsyncLocalStorage<{ delayMs: number }>();
  inside.retryBackoffStrategy = withoutWaiting(inside.retryBackoffStrategy, random, (delayMs) => {
    const call = meant.getStore();
    if (call) call.delayMs = delayMs;
  });
  const refresh = strategy.refreshRetryTokenForRetry.bind(strategy);
  strategy.refreshRetryTokenForRetry = async (token: RetryToken, error: RetryErrorInfo) => {
    const call = { delayMs: 0 };
    const next = await clock.hold(() => meant.run(call, () => refresh(token, error)));
    await clock.sleep(call.delayMs);
    const log = (next as { $retryLog?: { acquisitionDelay: number } }).$retryLog;
    if (log) log.acquisitionDelay = call.delayMs;
    return next;
  };
  wrapped.add(strategy);
  return strategy;
}

/** Answers 0 and reports the delay meant: the SDK's exponential formula with seeded jitter, or a custom function's own. */
function withoutWaiting(backoff: Backoff, random: () => number, report: (delayMs: number) => void): Backoff {
  const isCustom = Object.hasOwn(backoff, 'computeNextBackoffDelay');
  let baseMs = 100;
  return {
    setDelayBase: (delayMs) => {
      baseMs = delayMs;
      backoff.setDelayBase(delayMs);
    },
    computeNextBackoffDelay: (attempt) => {
      const exponentialMs = Math.floor(random() * Math.min(baseMs * 2 ** attempt, MAXIMUM_DELAY_MS));
      report(isCustom ? backoff.computeNextBackoffDelay(attempt) : exponentialMs);
      return 0;
    },
  };
}
