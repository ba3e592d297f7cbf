import { CreateTopicCommand, ListSubscriptionsByTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** What SNS puts in place of an ARN until the address has confirmed. */
const PENDING = 'PendingConfirmation';

/** Topics that alarms notify. */
export interface AlarmTopics {
  /** The topic's ARN; one that exists by the name is answered as it is. */
  create(name: string): Promise<string>;
  /** Subscribes an address unless it is already; SNS mails it a link to confirm. */
  subscribeEmail(topicArn: string, email: string): Promise<'pending' | 'confirmed'>;
}

export function createAlarmTopics(): AlarmTopics {
  const sns = createClient(SNSClient);
  return {
    create: async (name) => {
      const { TopicArn } = await callAws('sns:CreateTopic', () => sns.send(new CreateTopicCommand({ Name: name })));
      return TopicArn ?? '';
    },
    subscribeEmail: async (topicArn, email) => {
      const standing = await findSubscription(sns, topicArn, email);
      if (standing !== undefined) return standing === PENDING ? 'pending' : 'confirmed';
      const input = { TopicArn: topicArn, Protocol: 'email', Endpoint: email };
      await callAws('sns:Subscribe', () => sns.send(new SubscribeCommand(input)));
      return 'pending';
    },
  };
}

async function findSubscription(sns: SNSClient, TopicArn: string, email: string): Promise<string | undefined> {
  let token: string | undefined;
  do {
    const input = { TopicArn, ...(token && { NextToken: token }) };
    const page = await callAws('sns:ListSubscriptionsByTopic', () =>
      sns.send(new ListSubscriptionsByTopicCommand(input)),
    );
    const found = page.Subscriptions?.find((each) => each.Protocol === 'email' && each.Endpoint === email);
    if (found !== undefined) return found.SubscriptionArn;
    token = page.NextToken;
  } while (token);
  return undefined;
}
