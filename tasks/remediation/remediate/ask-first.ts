import type { Ledger } from '../../../shared/clients/ledger/ledger.ts';
import type { DigestTopic } from '../../../shared/clients/sns/digest-topic.ts';
import type { RemediationRecord } from '../../../shared/contracts/remediation.ts';
import { hashLinkId, LINK_READABLE_DAYS, newLinkId } from '../../../shared/domain/approval/page-access/link-id.ts';
import { questionProposal, questionRun } from '../../../shared/domain/remediation/question.ts';
import { composeQuestion } from './compose-question.ts';

const READABLE_MS = LINK_READABLE_DAYS * 86_400_000;
const NONCE_KEY_BYTES = 32;

export interface AskFirst {
  ledger: Pick<Ledger, 'getRun' | 'putRun' | 'updateRun' | 'putLink' | 'putProposal' | 'putQuestion'>;
  topic: DigestTopic;
  /** Base URL of the approval page. */
  approvalBaseUrl: string;
  /** IANA name of the zone that mails write times in. */
  timeZone: string;
  randomBytes(size: number): Uint8Array;
}

/**
 * Puts the question on the approval page and mails its link. Nobody but the mail ever has the link's id: it is made and
 * sent here, so that no state and no log carries it. Another try sends nothing once the mail went out.
 */
export async function askApprovers(record: RemediationRecord, dependencies: AskFirst): Promise<{ expiresAt: string }> {
  const { ledger, topic, approvalBaseUrl, timeZone, randomBytes } = dependencies;
  const run = questionRun(record);
  const { runId, approvalExpiresAt } = run;
  const standing = await ledger.getRun(runId);
  if (standing?.digestMessageId !== undefined) return { expiresAt: standing.approvalExpiresAt };
  const linkId = newLinkId(randomBytes);
  const linkHash = hashLinkId(linkId);
  const nonceKey = Buffer.from(randomBytes(NONCE_KEY_BYTES)).toString('hex');
  await ledger.putRun({ ...run, linkHash, nonceKey });
  await ledger.putProposal(questionProposal(record));
  await ledger.putQuestion(runId, approvalExpiresAt);
  await ledger.putLink(linkHash, runId, new Date(Date.parse(approvalExpiresAt) + READABLE_MS).toISOString());
  const question = { record, runId, expiresAt: approvalExpiresAt, link: `${approvalBaseUrl}/runs/${linkId}`, timeZone };
  await ledger.updateRun(runId, { digestMessageId: await topic.publish(composeQuestion(question)) });
  return { expiresAt: approvalExpiresAt };
}
