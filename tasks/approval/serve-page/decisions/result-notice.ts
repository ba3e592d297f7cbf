import type { PageNonceScope } from '../../../../shared/domain/approval/page-access/page-nonce.ts';
import { seal, unseal } from '../../../../shared/domain/approval/page-access/seal.ts';
import { counted } from '../../../../shared/domain/approval/proposal/wording.ts';

/** What came of one form. */
export interface DecisionTally {
  readonly decision: 'approved' | 'rejected';
  readonly accepted: number;
  readonly decidedBefore: number;
  readonly expired: number;
  readonly unknown: number;
}

/** The notice is for the person who sent the form, not for whoever opens the address later. */
const NOTICE_LIFETIME_MS = 10 * 60_000;

/** Carries the tally over the redirect, sealed, so that no made-up link can make the page claim something. */
export const sealResult = (scope: PageNonceScope, tally: DecisionTally, nowMs: number): string =>
  seal({ ...scope, purpose: 'result' }, JSON.stringify(tally), nowMs);

/** The sentences to show, or none where the seal is not ours, is old or is missing. */
export function resultNotice(scope: PageNonceScope, sealed: string | null, nowMs: number): string | undefined {
  if (sealed === null) return undefined;
  const opened = unseal({ ...scope, purpose: 'result' }, sealed, nowMs, NOTICE_LIFETIME_MS);
  return opened.valid ? describe(JSON.parse(opened.text) as DecisionTally) : undefined;
}

function describe(tally: DecisionTally): string {
  const sentences = [
    `${counted(tally.accepted, 'change')} ${tally.decision}.`,
    tally.decidedBefore > 0 &&
      `${counted(tally.decidedBefore, 'other was', 'others were')} decided by somebody before; the first decision counts.`,
    tally.expired > 0 && `For ${counted(tally.expired, 'other')} the approval time was over.`,
    tally.unknown > 0 && `${counted(tally.unknown, 'name')} did not belong to this run.`,
  ];
  return sentences.filter(Boolean).join(' ');
}
