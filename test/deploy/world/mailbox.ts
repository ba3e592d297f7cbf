import { setTimeout as wait } from 'node:timers/promises';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

export interface Mail {
  subject: string;
  message: string;
}

/** A queue that gets what subscribers of a topic get. */
export class Mailbox {
  private readonly queues = new SQSClient({ useQueueUrlAsEndpoint: false });
  private readonly queueUrl: string;

  private constructor(queueUrl: string) {
    this.queueUrl = queueUrl;
  }

  static async of(topicArn: string): Promise<Mailbox> {
    const queues = new SQSClient({ useQueueUrlAsEndpoint: false });
    const { QueueUrl = '' } = await queues.send(
      new CreateQueueCommand({ QueueName: `mail-${topicArn.split(':')[5]}` }),
    );
    const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    await new SNSClient({}).send(
      new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }),
    );
    return new Mailbox(QueueUrl);
  }

  /** The oldest mail not read yet; undefined where there is none. */
  async take(): Promise<Mail | undefined> {
    const { Messages = [] } = await this.queues.send(new ReceiveMessageCommand({ QueueUrl: this.queueUrl }));
    const [first] = Messages;
    if (first?.Body === undefined) return undefined;
    await this.queues.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: first.ReceiptHandle }));
    const { Subject = '', Message } = JSON.parse(first.Body) as { Subject?: string; Message: string };
    return { subject: Subject, message: Message };
  }
}

/** Asks again and again, for what a process elsewhere brings about. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs / 1_000} s`);
    await wait(100);
  }
}
