import type { ProposalRecord, RunRecord } from '../../../../shared/contracts/ledger.ts';
import { hashLinkId, isLinkId, LINK_READABLE_DAYS } from '../../../../shared/domain/approval/page-access/link-id.ts';
import type { PageNonceScope } from '../../../../shared/domain/approval/page-access/page-nonce.ts';
import { isOpen } from '../../../../shared/domain/approval/proposal/is-open.ts';
import type { PageLedger } from '../deps.ts';
import { Refusal } from './refusal.ts';

const READABLE_MS = LINK_READABLE_DAYS * 86_400_000;

/** A run as its link opens it. */
export interface OpenedRun {
  readonly run: RunRecord;
  readonly proposals: readonly ProposalRecord[];
  /** When the last thing was decided or the approval time ended; undefined while something can still be decided. */
  readonly closedAt: string | undefined;
  readonly scope: PageNonceScope;
}

/**
 * Finds the run a link belongs to. Reads only. The id is looked up by its SHA-256, so how long the search takes says
 * nothing about how near a guess came; a digest sent twice may have brought two links, and both lead here.
 */
export async function openLink(ledger: PageLedger, linkId: string, nowMs: number): Promise<OpenedRun | Refusal> {
  if (!isLinkId(linkId)) return new Refusal('unknown-link');
  const linkHash = hashLinkId(linkId);
  const runId = await ledger.findRunIdByLink(linkHash);
  if (runId === undefined) return new Refusal('unknown-link');
  const run = await ledger.getRun(runId);
  if (run?.nonceKey === undefined) return new Refusal('unknown-link');
  const proposals = await ledger.listProposals(runId);
  const closedAt = closingTime(run, proposals, nowMs);
  if (closedAt !== undefined && nowMs > Date.parse(closedAt) + READABLE_MS) return new Refusal('link-over');
  return { run, proposals, closedAt, scope: { key: run.nonceKey, linkHash } };
}

function closingTime(run: RunRecord, proposals: readonly ProposalRecord[], nowMs: number): string | undefined {
  if (proposals.some((each) => isOpen(each, nowMs))) return undefined;
  if (proposals.length === 0 || proposals.some((each) => each.decision === undefined)) return run.approvalExpiresAt;
  return proposals
    .map((each) => each.decision!.at)
    .toSorted()
    .at(-1);
}
