import { Stack } from 'aws-cdk-lib';
import { type IGrantable, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { CustomerKey } from '../customer-key.ts';

export interface EmailTopicProps {
  /** Name that stands in the mails' sender. */
  readonly displayName: string;
  /** Each address gets one mail from SNS and must confirm. */
  readonly emails: readonly string[];
  /** Not for a topic that alarms publish to. @default - SNS's own disk encryption */
  readonly customerKey?: CustomerKey | undefined;
}

/**
 * A topic whose subscribers are people. Only TLS publishers. The topic of alarms has no key: where the key's policy leaves
 * CloudWatch out, alarms would turn red in silence.
 */
export class EmailTopic extends Construct {
  readonly topic: Topic;
  private readonly customerKey: CustomerKey | undefined;

  constructor(scope: Construct, id: string, props: EmailTopicProps) {
    super(scope, id);
    const { customerKey, displayName } = props;
    this.customerKey = customerKey;
    this.topic = new Topic(this, 'Topic', {
      displayName,
      enforceSSL: true,
      ...(customerKey && { masterKey: customerKey.key }),
    });
    for (const email of new Set(props.emails)) this.topic.addSubscription(new EmailSubscription(email));
  }

  /** What publishing takes besides `sns:Publish`, where the topic is encrypted by the customer's key. */
  grantKeyToPublisher(grantee: IGrantable): void {
    this.customerKey?.grantUse(grantee, 'sns', ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /**
   * Lets CloudWatch alarms of this account publish. SNS's default policy would, but ours, which insists on TLS, takes
   * its place, and without this alarms would turn red in silence.
   */
  grantPublishToAlarms(): void {
    const alarms = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    this.topic.grantPublish(alarms);
  }
}
