/** Payload-only invocations that hold the environment so that the others start beside it, not in it. */
export const WARM_UP_HOLD_MS = 75;
/** What such a call takes altogether, about. */
export const WARM_UP_MS = WARM_UP_HOLD_MS + 5;
