import { createAlarmTopics } from '../clients/cloudwatch-alarms/alarm-topic.ts';

export interface AlarmTopicInput {
  /** @default 'rightsizer-alarms' */
  name?: string;
  /** Addresses that get a mail to confirm, unless they are subscribed already. */
  emails?: readonly string[];
}

export interface AlarmTopic {
  topicArn: string;
  /** A mail reaches an address only once it is confirmed. */
  subscriptions: { email: string; status: 'pending' | 'confirmed' }[];
}

/** The topic that alarms are sent to, and who reads it. Calling again creates nothing twice. */
export async function createAlarmTopic(input: AlarmTopicInput = {}): Promise<AlarmTopic> {
  const topics = createAlarmTopics();
  const topicArn = await topics.create(input.name ?? 'rightsizer-alarms');
  const subscriptions: AlarmTopic['subscriptions'] = [];
  for (const email of new Set(input.emails)) {
    subscriptions.push({ email, status: await topics.subscribeEmail(topicArn, email) });
  }
  return { topicArn, subscriptions };
}
