import type { OutcomeEvents } from '../../../shared/clients/eventbridge/outcome-events.ts';
import type { HtmlMail } from '../../../shared/clients/ses/html-mail.ts';
import type { DigestTopic } from '../../../shared/clients/sns/digest-topic.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import { composeDigest, type DigestRequest } from '../../../shared/domain/approval/digest/compose-digest.ts';
import { composeHtmlDigest } from '../../../shared/domain/approval/digest/compose-html-digest.ts';
import { approvalsRequested } from '../../../shared/domain/approval/notifications/compose-notifications.ts';
import { logger } from '../../../shared/observability/logger.ts';

export interface SendDigest {
  topic: DigestTopic;
  /** Absent where no HTML digest is configured. */
  htmlMail?: HtmlMail | undefined;
  events: OutcomeEvents;
  /** Whether the event carries the link, and with it the right to decide. */
  linkInEvents: boolean;
}

export interface ProposedDigest extends DigestRequest {
  readonly proposals: readonly ProposalRecord[];
}

export interface SentDigest {
  /** The topic's. */
  messageId: string;
  /** False where SES refused the HTML mail. */
  reachedHtmlReaders: boolean;
}

/**
 * Sends the digest on every way that is configured. The topic is the one that must
 * take it. HTML mail goes first, because once the topic has it there is no second try; where SES refuses, the topic
 * still gets it.
 */
export async function sendDigest(request: ProposedDigest, dependencies: SendDigest): Promise<SentDigest> {
  const digest = composeDigest(request);
  const { htmlMail, topic } = dependencies;
  let reachedHtmlReaders = true;
  if (htmlMail) {
    const html = composeHtmlDigest(request, digest);
    reachedHtmlReaders = await goOnWithout('HTML digest', () =>
      htmlMail.send({ subject: digest.subject, text: digest.message, html }),
    );
  }
  return { messageId: await topic.publish(digest), reachedHtmlReaders };
}

/** Tells the bus that approvals are asked for, for whichever channels listen; the mail has gone out by then. */
export async function announceDigest(
  request: ProposedDigest,
  { events, linkInEvents }: Pick<SendDigest, 'events' | 'linkInEvents'>,
): Promise<void> {
  const { runId, runDate, proposals, expiresAt, link } = request;
  const detail = {
    runId,
    runDate,
    expiresAt,
    proposalCount: proposals.length,
    coveredByConsentCount: proposals.filter(({ decision }) => decision?.by.kind === 'consent').length,
    approvedByPolicyCount: proposals.filter(({ decision }) => decision?.by.kind === 'policy').length,
    savingsUsdPerMonth: proposals.reduce((sum, { savings }) => sum + savings.savingsUsdPerMonth, 0),
    notification: approvalsRequested(request),
    ...(linkInEvents && { link }),
  };
  await goOnWithout('event', () => events.publish([{ detailType: 'Rightsizer Approvals Requested', detail }]));
}

/** A way to reach people that fails must not cost the night the others; answers whether it worked. */
async function goOnWithout(what: string, send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    logger.error(`the ${what} could not be sent`, error as Error);
    return false;
  }
}
