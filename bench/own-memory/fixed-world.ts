/** A fixed date and seed, so that the same invocations are recorded on any day. */
export const START_MS = Date.parse('2026-11-02T00:00:00Z');
export const SEED = 1;
