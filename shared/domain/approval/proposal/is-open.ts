import type { ProposalRecord } from '../../../contracts/ledger.ts';

/** Whether a proposal still waits for somebody; the clock may be ahead of the ledger's own marking. */
export const isOpen = ({ status, outcome, expiresAt }: ProposalRecord, nowMs: number): boolean =>
  status === 'pending' && outcome === undefined && Date.parse(expiresAt) > nowMs;
