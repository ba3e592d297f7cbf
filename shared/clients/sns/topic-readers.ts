import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** How many a topic reaches. SNS publishes no metric of it. */
export interface TopicReaders {
  /** Confirmed subscriptions. */
  count(): Promise<number>;
}

export function createTopicReaders(topicArn: string): TopicReaders {
  const client = createClient(SNSClient);
  return {
    count: async () => {
      const { Attributes: attributes } = await callAws('sns:GetTopicAttributes', () =>
        client.send(new GetTopicAttributesCommand({ TopicArn: topicArn })),
      );
      return Number(attributes?.['SubscriptionsConfirmed'] ?? 0);
    },
  };
}
