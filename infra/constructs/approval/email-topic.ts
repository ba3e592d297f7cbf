import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface EmailTopicProps {
  /** Name that stands in the mails' sender. */
  readonly displayName: string;
  /** Each address gets one mail from SNS and must confirm. */
  readonly emails: readonly string[];
}

/** A topic whose subscribers are people. Only TLS publishers; SNS's own encryption would lock CloudWatch alarms out. */
export class EmailTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: EmailTopicProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: props.displayName, enforceSSL: true });
    for (const email of new Set(props.emails)) this.topic.addSubscription(new EmailSubscription(email));
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
