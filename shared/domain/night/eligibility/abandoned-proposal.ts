import type { FunctionRecord } from '../../../contracts/ledger.ts';

/** The longest approval window that settings allow; every run's wait is over before the next scheduled night begins. */
const LONGEST_APPROVAL_MS = 23 * 3_600_000;

/** A proposal opened by then belongs to a run that is over, whether or not it could say so. */
export function abandonedSince(at: string): string {
  return new Date(Date.parse(at) - LONGEST_APPROVAL_MS).toISOString();
}

/** Whether a proposal stands in the way of `runId` at a time: neither its own (of an execution that died) nor abandoned. */
export function isProposalOpen({ open }: FunctionRecord, runId: string | undefined, now: Date): boolean {
  if (open?.kind !== 'proposal' || open.runId === runId) return false;
  return open.since > abandonedSince(now.toISOString());
}
