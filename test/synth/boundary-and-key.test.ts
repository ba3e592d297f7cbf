import { synthesize, text } from './template.ts';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/0123abcd-01ab-23cd-45ef-0123456789ab';
const BOUNDARY = 'arn:aws:iam::123456789012:policy/boundaries/workloads';
const ordinary = synthesize();

describe('a permissions boundary', () => {
  const bounded = synthesize({ permissionsBoundaryArn: BOUNDARY });

  it('bounds every role of the stack, those that CDK makes among them', () => {
    const roles = bounded.ofType('AWS::IAM::Role');
    expect(roles.length).toBe(ordinary.ofType('AWS::IAM::Role').length);
    expect(new Set(roles.map(([, role]) => role.Properties.PermissionsBoundary))).toEqual(new Set([BOUNDARY]));
  });

  it('is nowhere where none is configured', () => {
    expect(ordinary.ofType('AWS::IAM::Role').filter(([, role]) => role.Properties.PermissionsBoundary)).toEqual([]);
  });
});

describe('a key of the customer’s', () => {
  const keyed = synthesize({ kmsKeyArn: KEY });

  it('encrypts ledger, run artifacts and digest', () => {
    expect(keyed.single('AWS::DynamoDB::Table').Properties.SSESpecification).toEqual({
      SSEEnabled: true,
      SSEType: 'KMS',
      KMSMasterKeyId: KEY,
    });
    expect(keyed.single('AWS::S3::Bucket').Properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } },
    ]);
    const topics = keyed.ofType('AWS::SNS::Topic').filter(([, topic]) => topic.Properties.KmsMasterKeyId === KEY);
    expect(topics.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(['DigestTopic']);
  });

  it('encrypts every log group and every function’s variables', () => {
    const keys = [
      ...keyed.ofType('AWS::Logs::LogGroup').map(([, group]) => group.Properties.KmsKeyId),
      ...keyed.ofType('AWS::Lambda::Function').map(([, each]) => each.Properties.KmsKeyArn),
    ];
    expect(keys.length).toBeGreaterThan(50);
    expect(new Set(keys)).toEqual(new Set([KEY]));
  });

  it('publishes functions anew, whose versions would keep the key they were published with', () => {
    const versions = (template: typeof keyed) => template.ofType('AWS::Lambda::Version').map(([id]) => id);
    expect(versions(keyed).filter((id) => versions(ordinary).includes(id))).toEqual([]);
  });

  it('is used through the service that holds what is encrypted, and directly by nobody but a stream’s reader', () => {
    const onKey = keyed
      .allStatements()
      .filter(({ statement }) => statement.Resource.some((resource) => text(resource) === KEY));
    const direct = onKey.filter(({ statement }) => statement.Condition === undefined);
    expect(direct.map(({ policy, statement }) => [policy.replace(/[0-9A-F]{8}$/, ''), statement.Action])).toEqual([
      // Lambda reads the table's stream in its name, and CDK grants that.
      ['TasksDeliverDecisionRoleDefaultPolicy', ['kms:Decrypt', 'kms:DescribeKey']],
    ]);
    const services = onKey.flatMap(({ statement }) => {
      const { StringLike: like } = (statement.Condition ?? {}) as { StringLike?: Record<string, unknown> };
      return like === undefined ? [] : [text(like['kms:ViaService'])];
    });
    expect([...new Set(services)].sort()).toEqual([
      'dynamodb.<AWS::Region>.amazonaws.com*',
      's3.<AWS::Region>.amazonaws.com*',
      'sns.<AWS::Region>.amazonaws.com*',
    ]);
  });

  it('is granted to nobody where none is configured', () => {
    const actions = ordinary.allStatements().flatMap(({ statement }) => statement.Action);
    expect(actions.filter((action) => action.startsWith('kms:'))).toEqual([]);
  });
});
