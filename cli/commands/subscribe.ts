import { ConfirmSubscriptionCommand, SNSClient } from '@aws-sdk/client-sns';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import type { CommandResult } from '../command.ts';
import { parseConfirmationLink } from '../input/confirmation-link.ts';
import { refuse } from '../input/usage-error.ts';

/**
 * Confirms a subscription by a signed request, so that only credentials of the account can end it. Clicking the link
 * instead confirms it as well, but leaves an *unsubscribe* link in every digest that mail scanners may follow.
 */
export async function subscribe({ confirm }: { confirm?: string }): Promise<CommandResult> {
  refuse([confirm === undefined && "--confirm is missing: the address behind SNS's link, quoted"]);
  const { topicArn, token, region } = parseConfirmationLink(confirm!);
  const client = createClient(SNSClient, { region });
  const { SubscriptionArn: subscriptionArn } = await callAws('sns:ConfirmSubscription', () =>
    client.send(
      new ConfirmSubscriptionCommand({ TopicArn: topicArn, Token: token, AuthenticateOnUnsubscribe: 'true' }),
    ),
  );
  return {
    json: { subscriptionArn, topicArn, authenticateOnUnsubscribe: true },
    text: `Confirmed ${subscriptionArn}. Only credentials of the account can unsubscribe it.`,
    exitCode: 0,
  };
}
