import type { Context } from 'aws-lambda';

/** Field by which a warm-up call is known; no event source of AWS sends it. */
export const WARM_UP_FIELD = 'rightsizerWarmUp';

/** What a warm-up call carries. */
export interface WarmUpEvent {
  rightsizerWarmUp: {
    /** Milliseconds to stay busy, so that calls at the same time start an environment each. */
    holdMs: number;
  };
}

export interface WarmUpAnswer {
  warmedUp: true;
}

/** Longest that a call may hold an environment, whatever it asks for. */
const HOLD_MAX_MS = 1_000;

export const isWarmUp = (event: unknown): event is WarmUpEvent =>
  typeof event === 'object' && event !== null && WARM_UP_FIELD in event;

/**
 * Lets a handler answer warm-up calls without doing its work. Outermost: `withWarmUp(withConnectionPool(handler))`
 * answers before the pool is touched.
 *
 * @example
 * export const handler = withWarmUp(async (event) => answer(event));
 */
export function withWarmUp<Event, Output>(
  handler: (event: Event, context: Context) => Promise<Output>,
): (event: Event | WarmUpEvent, context: Context) => Promise<Output | WarmUpAnswer> {
  return async (event, context) => {
    if (!isWarmUp(event)) return handler(event, context);
    const holdMs = Math.min(HOLD_MAX_MS, Math.max(0, Number(event.rightsizerWarmUp?.holdMs) || 0));
    await new Promise((resolve) => setTimeout(resolve, holdMs));
    return { warmedUp: true };
  };
}
