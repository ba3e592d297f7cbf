import type { ProposalRecord, RunRecord } from '../../../../shared/contracts/ledger.ts';
import { hashLinkId, isLinkId, LINK_READABLE_DAYS } from '../../../../shared/domain/approval/page-access/link-id.ts';
import type { PageNonceScope } from '../../../../shared/domain/approval/page-access/page-nonce.ts';
import { isOpen } from '../../../../shared/domain/approval/proposal/is-open.ts';
import type { PageLedger } from '../deps.ts';
import { Refusal } from './refusal.ts';

const READABLE_MS = LINK_READABLE_DAYS * 86_400_000;

/** A run whose link is known, and what its page's forms are checked by. */
export interface LinkedRun {
  readonly run: RunRecord;
  readonly scope: PageNonceScope;
}

/** A run as its link opens it. */
export interface OpenedRun extends LinkedRun {
  readonly proposals: readonly ProposalRecord[];
  /** When the last thing was decided or the approval time ended; undefined while something can still be decided. */
  readonly closedAt: string | undefined;
}

/**
 * Opens a link: its run, and all that was proposed, which is megabytes where a thousand things were.
 *
 * @param reading `consistent` where the reader must find what they have just decided; anybody else may be a moment behind
 */
export async function openLink(
  ledger: PageLedger,
  linkId: string,
  nowMs: number,
  reading: { consistent: boolean },
): Promise<OpenedRun | Refusal> {
  const linked = await findRun(ledger, linkId, nowMs);
  if (linked instanceof Refusal) return linked;
  const proposals = await ledger.listProposals(linked.run.runId, reading);
  const closedAt = closingTime(linked.run, proposals, nowMs);
  return isOver(closedAt, nowMs) ? new Refusal('link-over') : { ...linked, proposals, closedAt };
}

const isOver = (closedAt: string | undefined, nowMs: number): boolean =>
  closedAt !== undefined && nowMs > Date.parse(closedAt) + READABLE_MS;

/**
 * Finds the run a link belongs to, and refuses a link that is over by the clock alone. Reads only. The id is looked up by its SHA-256, so how long the search takes says
 * nothing about how near a guess came; a digest sent twice may have brought two links, and both lead here.
 */
export async function findRun(ledger: PageLedger, linkId: string, nowMs: number): Promise<LinkedRun | Refusal> {
  if (!isLinkId(linkId)) return new Refusal('unknown-link');
  const linkHash = hashLinkId(linkId);
  const runId = await ledger.findRunIdByLink(linkHash);
  if (runId === undefined) return new Refusal('unknown-link');
  const run = await ledger.getRun(runId);
  if (run?.nonceKey === undefined) return new Refusal('unknown-link');
  if (isOver(run.approvalExpiresAt, nowMs)) return new Refusal('link-over');
  return { run, scope: { key: run.nonceKey, linkHash } };
}

function closingTime(run: RunRecord, proposals: readonly ProposalRecord[], nowMs: number): string | undefined {
  if (proposals.some((each) => isOpen(each, nowMs))) return undefined;
  if (proposals.length === 0 || proposals.some((each) => each.decision === undefined)) return run.approvalExpiresAt;
  return proposals
    .map((each) => each.decision!.at)
    .toSorted()
    .at(-1);
}
