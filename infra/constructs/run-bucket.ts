import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CONFIGURATION_PREFIX } from '../../shared/constants.ts';
import { acceptFinding, findingName, wildcardResource } from './accepted-finding.ts';
import type { CustomerKey } from './customer-key.ts';

/**
 * S3 reads the bucket's key back before it writes with it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
const KEY_WRITE_ACTIONS = ['kms:GenerateDataKey', 'kms:Decrypt'];
const KEY_READ_ACTIONS = ['kms:Decrypt'];
/** Everything a run writes is under `runs/<run id>/`, and expires. */
const RUNS = 'runs/*';
/** A few kilobytes a night that stay: what was changed, what came of it, and nobody's name. */
const NIGHTS = 'nights/*';
/** Lists of configuration workflows that no state of theirs could hold, under `configuration/<machine>/<execution>/`; they expire. */
const CONFIGURATION = `${CONFIGURATION_PREFIX}/*`;
/** A night's pages for people; neither evidence nor proposals. */
const PAGES = 'runs/*.html';

export interface RunBucketProps {
  /** Days that a run's artifacts and report are kept. */
  readonly retentionDays: number;
  /** @default - S3's own keys */
  readonly customerKey?: CustomerKey | undefined;
}

/**
 * Manifests, evidence and reports of the runs, which expire, and a short record of each night, which does not. Not
 * versioned: every object is written once. It outlives the stack, because a bucket that holds objects would block the stack's deletion; what is
 * left in it still expires.
 */
export class RunBucket extends Construct {
  readonly bucket: Bucket;
  private readonly customerKey: CustomerKey | undefined;

  constructor(scope: Construct, id: string, props: RunBucketProps) {
    super(scope, id);
    const { customerKey } = props;
    this.customerKey = customerKey;
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: customerKey ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED,
      // With a key of its own the bucket asks KMS once a while, and not once an object.
      ...(customerKey && { encryptionKey: customerKey.key, bucketKeyEnabled: true }),
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: false,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'expire-runs',
          prefix: 'runs/',
          expiration: Duration.days(props.retentionDays),
        },
        {
          id: 'expire-configuration',
          prefix: `${CONFIGURATION_PREFIX}/`,
          expiration: Duration.days(props.retentionDays),
        },
        { id: 'abort-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
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
    this.customerKey?.grantUse(grantee, 's3', KEY_WRITE_ACTIONS);
    return this.grantOn(RUNS, grantee, 's3:PutObject');
  }

  /** Reading objects of runs. Without s3:ListBucket, S3 would answer "denied" where an object is missing. */
  grantRead(grantee: IFunction): Grant {
    this.customerKey?.grantUse(grantee, 's3', KEY_READ_ACTIONS);
    return this.grantOn(RUNS, grantee, 's3:GetObject').combine(this.grantList(grantee));
  }

  /** Distributed Maps read and write objects as CDK grants it, which does not think of the key. */
  grantKeyToMaps(grantee: IGrantable): void {
    this.customerKey?.grantUse(grantee, 's3', KEY_WRITE_ACTIONS);
  }

  /** Reading and adding records of nights. */
  grantKeepingNights(grantee: IFunction): Grant {
    this.customerKey?.grantUse(grantee, 's3', KEY_WRITE_ACTIONS);
    return this.grantOn(NIGHTS, grantee, 's3:GetObject', 's3:PutObject');
  }

  /** Adding lists of configuration workflows, and reading them again where rounds need what others found. */
  grantConfigurationLists(grantee: IFunction, ...also: 's3:GetObject'[]): Grant {
    this.customerKey?.grantUse(grantee, 's3', KEY_WRITE_ACTIONS);
    return this.grantOn(CONFIGURATION, grantee, 's3:PutObject', ...also);
  }

  /** Reading the pages of nights and nothing else of them. */
  grantReadingPages(grantee: IFunction): Grant {
    this.customerKey?.grantUse(grantee, 's3', KEY_READ_ACTIONS);
    return this.grantOn(PAGES, grantee, 's3:GetObject');
  }

  private grantList(grantee: IFunction): Grant {
    return Grant.addToPrincipal({ grantee, actions: ['s3:ListBucket'], resourceArns: [this.bucket.bucketArn] });
  }

  private grantOn(objects: string, grantee: IFunction, ...actions: string[]): Grant {
    const resource = wildcardResource(`${findingName(this.bucket, 'Arn')}/${objects}`);
    acceptFinding(grantee.role!, resource, 'A run names its objects by its id, which is not known before it starts');
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.bucket.arnForObjects(objects)] });
  }
}
