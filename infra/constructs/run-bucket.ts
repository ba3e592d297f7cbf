import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acceptFinding, findingName, wildcardResource } from './accepted-finding.ts';

/** Everything a run writes is under `runs/<run id>/`. */
const RUNS = 'runs/*';

export interface RunBucketProps {
  /** Days that a run's artifacts and report are kept. */
  readonly retentionDays: number;
}

/**
 * Manifests, evidence and reports of the runs. Not versioned: every object is written once, under its run's prefix,
 * and expires. It outlives the stack, because a bucket that holds objects would block the stack's deletion; what is
 * left in it still expires.
 */
export class RunBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: RunBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: false,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'expire-runs',
          expiration: Duration.days(props.retentionDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    acceptFinding(
      this.bucket,
      'AwsSolutions-S1',
      'Only our own functions read it, and CloudTrail can log them per object',
    );
  }

  /** Writing objects of runs; nothing deletes them but the lifecycle. */
  grantWrite(grantee: IFunction): Grant {
    return this.grantOnRuns(grantee, 's3:PutObject');
  }

  /** Reading objects of runs. Without s3:ListBucket, S3 would answer "denied" where an object is missing. */
  grantRead(grantee: IFunction): Grant {
    const list = Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] });
    return this.grantOnRuns(grantee, 's3:GetObject').combine(list);
  }

  private grantOnRuns(grantee: IFunction, action: string): Grant {
    const resource = wildcardResource(`${findingName(this.bucket, 'Arn')}/${RUNS}`);
    acceptFinding(grantee.role!, resource, 'A run names its objects by its id, which is not known before it starts');
    return Grant.addToPrincipal({ grantee, actions: [action], resourceArns: [this.bucket.arnForObjects(RUNS)] });
  }
}
