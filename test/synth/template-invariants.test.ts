import { TASK_METADATA } from '../../infra/constructs/task-function.ts';
import { ALARM_TASKS, EXCLUDE_TAG, OPEN_CHANGES_INDEX, TASKS } from '../../shared/constants.ts';
import { DEPLOYED_TASKS, synthesize, type Template, text } from './template.ts';

const template = synthesize();
const functions = template
  .ofType('AWS::Lambda::Function')
  .map(([, each]) => [String(each.Metadata?.[TASK_METADATA]), each] as const);

describe('every Lambda function', () => {
  it('is a task, and every task has one', () => {
    expect(functions.map(([task]) => task).sort()).toEqual([...DEPLOYED_TASKS].sort());
  });

  it.each(functions)('%s runs Node 24 on arm64 with tracing', (_, { Properties: properties }) => {
    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
    });
    // New accounts allow no more; which size each has, own-memory.test.ts holds.
    expect(properties.MemorySize).toBeLessThanOrEqual(3_008);
  });

  it.each(functions)('%s logs to a group of its own with a retention', (_, { Properties: properties }) => {
    const group = template.resources[properties.LoggingConfig.LogGroup.Ref];
    expect(group).toMatchObject({ Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 90 } });
  });

  it.each(functions)(
    '%s carries the tag that keeps every stage of Rightsizer away from it',
    (_, { Properties: properties }) => {
      expect(properties.Tags).toContainEqual({ Key: EXCLUDE_TAG, Value: 'true' });
    },
  );

  it.each(functions)('%s names its task in logs and metrics', (task, { Properties: properties }) => {
    expect(properties.Environment.Variables.POWERTOOLS_SERVICE_NAME).toBe(task);
  });
});

describe('published versions', () => {
  const versions = template.ofType('AWS::Lambda::Version');

  it('exist for every task that is a state', () => {
    // Beside the night's, those of the two configuration workflows and of the two alarm workflows.
    expect(versions).toHaveLength(TASKS.length - 2 + 2 + ALARM_TASKS.length);
  });

  it.each(versions)(
    '%s outlives the deployment that replaces it, because a waiting run still names it',
    (_, version) => {
      expect(version.DeletionPolicy).toBe('Retain');
    },
  );
});

it('keeps no log group without a retention', () => {
  const groups = template.ofType('AWS::Logs::LogGroup');
  expect(groups.length).toBeGreaterThan(TASKS.length);
  for (const [, group] of groups) expect(group.Properties.RetentionInDays).toBeGreaterThan(0);
});

describe('the ledger', () => {
  const table = template.single('AWS::DynamoDB::Table');

  it('is billed on demand, recoverable, encrypted, streamed and short-lived where items say so', () => {
    expect(table.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
  });

  it('finds open changes by its sparse index', () => {
    expect(table.Properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: OPEN_CHANGES_INDEX,
        KeySchema: [
          { AttributeName: 'openPartition', KeyType: 'HASH' },
          { AttributeName: 'functionName', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ]);
  });

  it('outlives the stack', () => {
    expect(table).toMatchObject({ DeletionPolicy: 'Retain', Properties: { DeletionProtectionEnabled: true } });
  });
});

describe('the run bucket', () => {
  const bucket = template.single('AWS::S3::Bucket');

  it('is private, encrypted and expires what runs wrote, but for the short record of each night', () => {
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      LifecycleConfiguration: {
        Rules: [
          { Prefix: 'runs/', ExpirationInDays: 365, Status: 'Enabled' },
          { Prefix: 'configuration/', ExpirationInDays: 365, Status: 'Enabled' },
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
        ],
      },
    });
  });

  it('does not stand in the way of deleting the stack', () => {
    expect(bucket.DeletionPolicy).toBe('Retain');
  });
});

describe.each([
  ['AWS::S3::BucketPolicy', 1],
  ['AWS::SNS::TopicPolicy', 2],
  ['AWS::SQS::QueuePolicy', 3],
] as const)('%s', (type, count) => {
  it('refuses requests without TLS', () => {
    const policies = template.ofType(type);
    expect(policies).toHaveLength(count);
    for (const [, policy] of policies) {
      expect(policy.Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
    }
  });
});

describe('the schedule', () => {
  const { Target: target } = template.single('AWS::Scheduler::Schedule').Properties;

  it('tells the run for which time it was meant', () => {
    expect(JSON.parse(text(target.Input))).toEqual({ scheduledTime: '<aws.scheduler.scheduled-time>' });
  });

  it('retries for an hour and keeps what could not be delivered', () => {
    expect(target.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 20 });
    const queue = text(target.DeadLetterConfig.Arn).replace(/^<(.*)\.Arn>$/, '$1');
    expect(template.resources[queue]?.Type).toBe('AWS::SQS::Queue');
  });
});

describe('the stream of decisions', () => {
  const mapping = template.single('AWS::Lambda::EventSourceMapping').Properties;

  it('reaches DeliverDecision only', () => {
    expect(mapping.FunctionName).toEqual({ Ref: template.task('deliver-decision').logicalId });
  });

  it('passes new and changed proposals and task tokens of runs, and nothing else', () => {
    expect(mapping.FilterCriteria.Filters.map((filter: { Pattern: string }) => JSON.parse(filter.Pattern))).toEqual([
      {
        eventName: ['INSERT', 'MODIFY'],
        dynamodb: {
          Keys: { pk: { S: [{ prefix: 'RUN#' }] }, sk: { S: [{ prefix: 'PROPOSAL#' }, { prefix: 'TOKEN#' }] } },
        },
      },
    ]);
  });

  it('retries single records until the wait is over and keeps what could not be delivered', () => {
    expect(mapping).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 16 * 3600,
      StartingPosition: 'TRIM_HORIZON',
    });
    expect(mapping).not.toHaveProperty('MaximumRetryAttempts');
    const queue = mapping.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0];
    expect(template.resources[queue]?.Type).toBe('AWS::SQS::Queue');
  });
});

describe('the approval page', () => {
  it('has routes to look and one to decide', () => {
    expect(
      template
        .ofType('AWS::ApiGatewayV2::Route')
        .filter(([, route]) => route.Properties.AuthorizationType !== 'AWS_IAM')
        .map(([, route]) => route.Properties.RouteKey)
        .sort(),
    ).toEqual([
      'GET /runs/{linkId}',
      'GET /runs/{linkId}/report',
      'GET /runs/{linkId}/since-the-beginning',
      'POST /runs/{linkId}/decisions',
    ]);
  });

  it('is throttled', () => {
    expect(template.single('AWS::ApiGatewayV2::Stage').Properties.DefaultRouteSettings).toEqual({
      ThrottlingRateLimit: 10,
      ThrottlingBurstLimit: 20,
    });
  });

  it('logs requests without the link that opens the page', () => {
    const { Format: format } = template.single('AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings;
    expect(format).toContain('$context.routeKey');
    expect(format).not.toMatch(/\$context\.(path|rawPath|resourcePath|requestOverride)/);
  });
});

it('lets a second stage live in the same account and region', () => {
  const other = synthesize({ stackName: 'Rightsizer-test' });
  const shared = physicalNames(template).filter((name) => physicalNames(other).includes(name));
  expect(physicalNames(template).length).toBeGreaterThan(0);
  expect(shared).toEqual([]);
});

/** Names fixed by the template; all others are made by CloudFormation and cannot collide. */
function physicalNames({ resources }: Template): string[] {
  const properties = [
    'FunctionName',
    'TableName',
    'BucketName',
    'TopicName',
    'QueueName',
    'AlarmName',
    'RoleName',
    'LogGroupName',
    'StateMachineName',
  ];
  return Object.values(resources)
    .filter(
      ({ Type: type }) =>
        type !== 'AWS::Lambda::Permission' &&
        type !== 'AWS::Lambda::EventSourceMapping' &&
        type !== 'AWS::Lambda::Version',
    )
    .flatMap(({ Properties: values }) => properties.map((property) => values?.[property]))
    .filter((name): name is string => typeof name === 'string');
}
