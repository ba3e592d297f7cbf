import { seal, unseal } from './seal.ts';

/** A page left open longer than this must be loaded anew before it decides; it refreshes itself where scripts run. */
export const PAGE_NONCE_LIFETIME_MS = 4 * 3_600_000;

export interface PageNonceScope {
  /** Hex; RunRecord.nonceKey. */
  readonly key: string;
  readonly linkHash: string;
}

export type NonceVerdict = 'valid' | 'forged' | 'expired';

/** Nonce of one rendering of a run's page. */
export const issuePageNonce = (scope: PageNonceScope, nowMs: number): string =>
  seal({ ...scope, purpose: 'decide' }, '', nowMs);

/** Another run's nonce, and another link's, are forged ones here. */
export function checkPageNonce(scope: PageNonceScope, nonce: string, nowMs: number): NonceVerdict {
  const opened = unseal({ ...scope, purpose: 'decide' }, nonce, nowMs, PAGE_NONCE_LIFETIME_MS);
  return opened.valid ? 'valid' : opened.why;
}
