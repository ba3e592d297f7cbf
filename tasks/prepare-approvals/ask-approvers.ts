import type { Ledger } from '../../shared/clients/ledger/ledger.ts';
import type { DigestTopic } from '../../shared/clients/sns/digest-topic.ts';
import type { ProposalRecord } from '../../shared/contracts/ledger.ts';
import type { RunContext } from '../../shared/contracts/run.ts';
import { composeDigest } from '../../shared/domain/digest/compose-digest.ts';
import { hashLinkId, newLinkId } from '../../shared/domain/page-access/link-id.ts';

/** The page stays readable this long after the approval time is over. */
const READABLE_MS = 7 * 86_400_000;
const NONCE_KEY_BYTES = 32;

export interface AskApprovers {
  ledger: Pick<Ledger, 'putLink' | 'getRun' | 'updateRun'>;
  topic: DigestTopic;
  approvalBaseUrl: string;
  timeZone: string;
  randomBytes(size: number): Uint8Array;
  now(): number;
}

/**
 * Makes the run's link and sends the digest that carries it. Nobody but the mail ever has the link's id; the ledger
 * keeps its hash. Another try sends nothing once a digest went out; before that it makes a new link, and the former
 * one, which reached nobody, leads to the same page.
 */
export async function askApprovers(
  run: RunContext,
  proposals: readonly ProposalRecord[],
  dependencies: AskApprovers,
): Promise<void> {
  const { ledger, topic, approvalBaseUrl, timeZone, randomBytes, now } = dependencies;
  if ((await ledger.getRun(run.runId))?.digestMessageId !== undefined) return;
  const linkId = newLinkId(randomBytes);
  const linkHash = hashLinkId(linkId);
  const deleteAfter = new Date(Date.parse(run.approvalExpiresAt) + READABLE_MS).toISOString();
  await ledger.putLink(linkHash, run.runId, deleteAfter);
  const nonceKey = Buffer.from(randomBytes(NONCE_KEY_BYTES)).toString('hex');
  await ledger.updateRun(run.runId, { linkHash, nonceKey, proposalCount: proposals.length });
  const digest = composeDigest({
    runId: run.runId,
    runDate: run.runDate,
    proposals,
    link: `${approvalBaseUrl}/runs/${linkId}`,
    expiresAt: run.approvalExpiresAt,
    timeZone,
    now: new Date(now()).toISOString(),
  });
  await ledger.updateRun(run.runId, { digestMessageId: await topic.publish(digest) });
}
