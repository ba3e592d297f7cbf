import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';

/** How many subscriptions of a topic are confirmed, and how many wait for it; SNS lists a hundred a page. */
export async function countSubscriptions(topicArn: string): Promise<{ confirmed: number; waiting: number }> {
  const sns = createClient(SNSClient);
  const counted = { confirmed: 0, waiting: 0 };
  let NextToken: string | undefined;
  do {
    const command = new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, ...(NextToken && { NextToken }) });
    const page = await callAws('sns:ListSubscriptionsByTopic', () => sns.send(command));
    for (const { SubscriptionArn } of page.Subscriptions ?? []) {
      counted[SubscriptionArn?.startsWith('arn:') ? 'confirmed' : 'waiting'] += 1;
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return counted;
}
