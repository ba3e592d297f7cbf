/** Everything that can go wrong around a call of AWS, or between two. */
export const FAULT_KINDS = [
  'throttling',
  'serverError',
  /** The request never arrived. */
  'timeoutBefore',
  /** The request took effect, its answer was lost. */
  'timeoutAfter',
  'accessDenied',
  'validationError',
  /** An error whose name nobody has heard of. */
  'unknownError',
  /** Fewer items than there are, and where the rest is. */
  'partialPage',
  /** An answer that was cut off, or lacks what it always has. */
  'malformedPage',
  /** The condition of a write fails, because somebody (or the very same request, sent twice) was first. */
  'conditionalFailure',
  /** What was true a moment ago. */
  'staleRead',
  /** The task ends between two calls, for good. */
  'crash',
  'clockJump',
  'duplicateDelivery',
  'outOfOrderDelivery',
  /** Another account lets nobody in, or throttles whoever asks; its services are down; its sessions end before their time. */
  'placeRefuses',
  'placeThrottles',
  'placeDown',
  'sessionEnds',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What the SDK retries by itself: each passes after one attempt, and every operation meets one in every run. */
export const PASSING_KINDS = ['throttling', 'serverError', 'timeoutBefore', 'timeoutAfter'] as const;

/** What no retry of the SDK cures. */
export const LASTING_KINDS = ['accessDenied', 'validationError', 'unknownError'] as const;

/** Kinds that only some operations can meet. */
export const ANSWER_KINDS = ['partialPage', 'malformedPage', 'conditionalFailure', 'staleRead'] as const;

export type CallFault = (typeof PASSING_KINDS | typeof LASTING_KINDS | typeof ANSWER_KINDS)[number];
