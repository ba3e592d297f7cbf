import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** The topic that approvers are subscribed to. */
export interface DigestTopic {
  /** Answers the message id. Subjects are ASCII, at most 100 characters; messages at most 256 KiB. */
  publish(mail: { subject: string; message: string }): Promise<string>;
}

export function createDigestTopic(topicArn: string): DigestTopic {
  const client = createClient(SNSClient);
  return {
    publish: async ({ subject, message }) => {
      const input = { TopicArn: topicArn, Subject: subject, Message: message };
      const { MessageId } = await callAws('sns:Publish', () => client.send(new PublishCommand(input)));
      return MessageId ?? '';
    },
  };
}
