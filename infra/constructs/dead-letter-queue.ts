import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acceptFinding } from './accepted-finding.ts';

/** SQS keeps messages at most this long: time enough to come back from a holiday. */
const RETENTION_DAYS = 14;

/** What could not be delivered; an alarm watches each of these queues. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(RETENTION_DAYS),
    });
    acceptFinding(this, 'AwsSolutions-SQS3', 'This is a dead-letter queue');
  }
}
