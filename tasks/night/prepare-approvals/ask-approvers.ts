import type { Ledger } from '../../../shared/clients/ledger/ledger.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { hashLinkId, newLinkId } from '../../../shared/domain/approval/page-access/link-id.ts';
import { announceDigest, type ProposedDigest, type SendDigest, sendDigest } from './send-digest.ts';

/** The page stays readable this long after the approval time is over. */
const READABLE_MS = 7 * 86_400_000;
const NONCE_KEY_BYTES = 32;

export interface AskApprovers extends SendDigest {
  ledger: Pick<Ledger, 'putLink' | 'getRun' | 'updateRun'>;
  approvalBaseUrl: string;
  timeZone: string;
  randomBytes(size: number): Uint8Array;
  now(): number;
}

/**
 * Makes the run's link and sends the digest that carries it. Nobody but the mail ever has the link's id; the ledger
 * keeps its hash. Another try sends nothing once a digest went out; before that it makes a new link, and the former
 * one, which reached nobody, leads to the same page. Answers whether HTML mail, where it is configured, got through.
 */
export async function askApprovers(
  run: RunContext,
  proposals: readonly ProposalRecord[],
  dependencies: AskApprovers,
): Promise<{ reachedHtmlReaders: boolean }> {
  const { ledger, approvalBaseUrl, timeZone, randomBytes, now } = dependencies;
  if ((await ledger.getRun(run.runId))?.digestMessageId !== undefined) return { reachedHtmlReaders: true };
  const linkId = newLinkId(randomBytes);
  const linkHash = hashLinkId(linkId);
  const deleteAfter = new Date(Date.parse(run.approvalExpiresAt) + READABLE_MS).toISOString();
  await ledger.putLink(linkHash, run.runId, deleteAfter);
  const nonceKey = Buffer.from(randomBytes(NONCE_KEY_BYTES)).toString('hex');
  const { accountNames } = run;
  const named = { ...(accountNames && { accountNames }) };
  await ledger.updateRun(run.runId, { linkHash, nonceKey, proposalCount: proposals.length, ...named });
  const digest: ProposedDigest = {
    runId: run.runId,
    runDate: run.runDate,
    proposals,
    link: `${approvalBaseUrl}/runs/${linkId}`,
    expiresAt: run.approvalExpiresAt,
    timeZone,
    ...named,
    now: new Date(now()).toISOString(),
  };
  const { messageId, reachedHtmlReaders } = await sendDigest(digest, dependencies);
  await ledger.updateRun(run.runId, { digestMessageId: messageId });
  await announceDigest(digest, dependencies);
  return { reachedHtmlReaders };
}
