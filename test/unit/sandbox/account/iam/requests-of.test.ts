import { CostExplorerService } from '../../../../../sandbox/account/cost-explorer/cost-explorer-service.ts';
import type { Input, Scene } from '../../../../../sandbox/account/iam/access-request.ts';
import { requestsOf } from '../../../../../sandbox/account/iam/requests-of.ts';
import { inAccount } from '../in-account.ts';

const HERE = 'us-east-1:123456789012';
const LEDGER = `arn:aws:dynamodb:${HERE}:table/Ledger`;
const OTHER = `arn:aws:dynamodb:${HERE}:table/Other`;
const NIGHT = `arn:aws:states:${HERE}:stateMachine:Night`;
const KEY = `arn:aws:kms:${HERE}:key/1`;
const ROLE = 'arn:aws:iam::123456789012:role/Warm';

const scene: Scene = {
  arn: (service, resource) => `arn:aws:${service}:${HERE}:${resource}`,
  tagsOf: (resource) => (resource.includes('function:') ? new Map([['Team', 'Blue']]) : undefined),
  partitionKeyOf: (table) => (table === 'Nobody' ? undefined : 'pk'),
  mailIdentityOf: () => 'example.com',
  keyOf: (resource) => (resource.includes('locked') ? KEY : undefined),
  stateMachineOf: (token) => (token === 'open' ? `${NIGHT}/Change` : undefined),
};

const item = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const requestsFor = (call: string, input: Input) => {
  const [service = '', operation = ''] = call.split('.');
  return requestsOf(service, operation, input, scene);
};
const asked = (call: string, input: Input) =>
  requestsFor(call, input).map(({ action, resource }) => `${action} ${resource}`);

it.each<[string, Input, string[]]>([
  ['Lambda.ListFunctions', {}, ['lambda:ListFunctions *']],
  ['Lambda.GetFunction', { FunctionName: 'f' }, [`lambda:GetFunction arn:aws:lambda:${HERE}:function:f`]],
  [
    'Lambda.Invoke',
    { FunctionName: `arn:aws:lambda:${HERE}:function:f`, Qualifier: 'live' },
    [`lambda:InvokeFunction arn:aws:lambda:${HERE}:function:f:live`],
  ],
  ['Lambda.UpdateAlias', { FunctionName: 'f', Name: 'live' }, [`lambda:UpdateAlias arn:aws:lambda:${HERE}:function:f`]],
  ['Lambda.ListTags', { Resource: 'arn:f' }, ['lambda:ListTags arn:f']],
  ['DynamoDB.Query', { TableName: 'Ledger', IndexName: 'Open' }, [`dynamodb:Query ${LEDGER}/index/Open`]],
  ['DynamoDB.Query', { TableName: LEDGER }, [`dynamodb:Query ${LEDGER}`]],
  ['DynamoDB.ListTables', {}, ['dynamodb:ListTables *']],
  [
    'DynamoDB.BatchGetItem',
    { RequestItems: { Ledger: { Keys: [item('a')] }, Other: { Keys: [item('b')] } } },
    [`dynamodb:BatchGetItem ${LEDGER}`, `dynamodb:BatchGetItem ${OTHER}`],
  ],
  [
    'DynamoDB.TransactWriteItems',
    {
      TransactItems: [
        { Put: { TableName: 'Ledger', Item: item('a') } },
        { Update: { TableName: 'Ledger', Key: item('b') } },
        { Delete: { TableName: 'Other', Key: item('c') } },
        { ConditionCheck: { TableName: 'Other', Key: item('d') } },
      ],
    },
    [
      `dynamodb:PutItem ${LEDGER}`,
      `dynamodb:UpdateItem ${LEDGER}`,
      `dynamodb:DeleteItem ${OTHER}`,
      `dynamodb:ConditionCheckItem ${OTHER}`,
    ],
  ],
  ['CloudWatch.GetMetricData', {}, ['cloudwatch:GetMetricData *']],
  ['CloudWatch.DescribeAlarms', {}, [`cloudwatch:DescribeAlarms arn:aws:cloudwatch:${HERE}:alarm:*`]],
  ['CloudWatch.DescribeAlarms', { AlarmNames: ['a'], AlarmTypes: ['CompositeAlarm'] }, ['cloudwatch:DescribeAlarms *']],
  [
    'CloudWatch.DeleteAlarms',
    { AlarmNames: ['a', 'b'] },
    ['a', 'b'].map((name) => `cloudwatch:DeleteAlarms arn:aws:cloudwatch:${HERE}:alarm:${name}`),
  ],
  [
    'CloudWatchLogs.StartQuery',
    { logGroupNames: ['/aws/lambda/f'] },
    [`logs:StartQuery arn:aws:logs:${HERE}:log-group:/aws/lambda/f:*`],
  ],
  ['S3.HeadObject', { Bucket: 'b', Key: 'runs/1' }, ['s3:GetObject arn:aws:s3:::b/runs/1']],
  ['S3.ListObjectsV2', { Bucket: 'b' }, ['s3:ListBucket arn:aws:s3:::b']],
  [
    'EventBridge.PutEvents',
    { Entries: [{}, { EventBusName: 'default' }, { EventBusName: `arn:aws:events:${HERE}:event-bus/mine` }] },
    ['default', 'mine'].map((bus) => `events:PutEvents arn:aws:events:${HERE}:event-bus/${bus}`),
  ],
  [
    'SESv2.SendEmail',
    { FromEmailAddress: 'a@example.com' },
    [`ses:SendEmail arn:aws:ses:${HERE}:identity/example.com`],
  ],
  ['SFN.SendTaskSuccess', { taskToken: 'open' }, [`states:SendTaskSuccess ${NIGHT}/Change`]],
  ['SFN.SendTaskSuccess', { taskToken: 'closed' }, []],
  [
    'Scheduler.CreateSchedule',
    { Name: 's', Target: { RoleArn: ROLE } },
    [`scheduler:CreateSchedule arn:aws:scheduler:${HERE}:schedule/default/s`, `iam:PassRole ${ROLE}`],
  ],
  [
    'ApplicationAutoScaling.RegisterScalableTarget',
    { ResourceId: 'table/Ledger/index/Open' },
    [
      'application-autoscaling:RegisterScalableTarget arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/0ec50000000000000000000000000000',
      `dynamodb:DescribeTable ${LEDGER}`,
      `dynamodb:UpdateTable ${LEDGER}`,
    ],
  ],
  ['SecretsManager.GetSecretValue', { SecretId: 'arn:s' }, ['secretsmanager:GetSecretValue arn:s']],
  ['SQS.GetQueueAttributes', { QueueUrl: 'https://sqs/1/q' }, [`sqs:GetQueueAttributes arn:aws:sqs:${HERE}:q`]],
  ['STS.GetCallerIdentity', {}, []],
])('%s %j asks for %j', (call, input, expected) => {
  expect(asked(call, input)).toEqual(expected);
});

it.each<[string, Input, string[]]>([
  ['DynamoDB.GetItem', { TableName: 'locked', Key: item('a') }, ['kms:Decrypt']],
  ['DynamoDB.PutItem', { TableName: 'locked', Item: item('a') }, ['kms:Decrypt']],
  ['DynamoDB.Query', { TableName: 'locked', IndexName: 'Open' }, ['kms:Decrypt']],
  ['S3.GetObject', { Bucket: 'locked', Key: 'k' }, ['kms:Decrypt']],
  ['S3.PutObject', { Bucket: 'locked', Key: 'k' }, ['kms:GenerateDataKey', 'kms:Decrypt']],
  ['S3.ListObjectsV2', { Bucket: 'locked' }, []],
  ['SNS.Publish', { TopicArn: 'arn:locked' }, ['kms:GenerateDataKey', 'kms:Decrypt']],
  ['DynamoDB.GetItem', { TableName: 'Ledger', Key: item('a') }, []],
])('%s %j asks a customer’s key for %j', (call, input, expected) => {
  const onKey = requestsFor(call, input).filter(({ action }) => action.startsWith('kms:'));
  expect(onKey.map(({ action }) => action)).toEqual(expected);
  for (const { resource, keys } of onKey) {
    expect(resource).toBe(KEY);
    expect(keys('kms:ViaService')).toEqual([`${call.split('.')[0]!.toLowerCase()}.us-east-1.amazonaws.com`]);
  }
});

describe('condition keys', () => {
  const keysOf = (call: string, input: Input) => requestsFor(call, input).map(({ keys }) => keys);
  const leadingKeys = (call: string, input: Input) => keysOf(call, input).map((keys) => keys('dynamodb:LeadingKeys'));

  it.each<[string, Input, string[][]]>([
    ['DynamoDB.PutItem', { TableName: 'Ledger', Item: item('RUN#1') }, [['RUN#1']]],
    ['DynamoDB.UpdateItem', { TableName: LEDGER, Key: item('RUN#1') }, [['RUN#1']]],
    [
      'DynamoDB.BatchWriteItem',
      { RequestItems: { Ledger: [{ PutRequest: { Item: item('a') } }, { DeleteRequest: { Key: item('b') } }] } },
      [['a', 'b']],
    ],
  ])('of %s are the partition keys of its items', (call, input, expected) => {
    expect(leadingKeys(call, input)).toEqual(expected);
  });

  it('are unknown for a query, whose partition stands in an expression', () => {
    expect(() => leadingKeys('DynamoDB.Query', { TableName: 'Ledger' })).toThrow(/dynamodb:LeadingKeys/);
  });

  it('are unknown where the table is', () => {
    expect(() => leadingKeys('DynamoDB.PutItem', { TableName: 'Nobody', Item: item('a') })).toThrow(/Nobody/);
  });

  it('hold the resource’s tags, by names in any case', () => {
    const [keys] = keysOf('Lambda.GetFunction', { FunctionName: 'f' });
    expect(keys!('aws:resourcetag/team')).toEqual(['Blue']);
    expect(keys!('aws:ResourceTag/owner')).toBeUndefined();
  });

  it('are unknown for tags of what has none here', () => {
    const [keys] = keysOf('SNS.Publish', { TopicArn: 'arn:t' });
    expect(() => keys!('aws:ResourceTag/team')).toThrow(/tags of arn:t/);
  });

  it('say to which service a schedule’s role is passed', () => {
    const [, pass] = keysOf('Scheduler.UpdateSchedule', { Name: 's', Target: { RoleArn: ROLE } });
    expect(pass!('iam:PassedToService')).toEqual(['scheduler.amazonaws.com']);
  });
});

it('refuses a call that no action is known for', () => {
  expect(() => requestsFor('Lambda.DeleteFunction', { FunctionName: 'f' })).toThrow(/Lambda.DeleteFunction/);
});

it('knows the actions of every call that the account answers', () => {
  const { account } = inAccount();
  account.addService(new CostExplorerService({}));
  const unknown = account.answered().filter((call) => {
    try {
      requestsFor(call, {});
      return false;
    } catch (error) {
      return /no IAM action is known/.test(String(error));
    }
  });
  expect(account.answered().length).toBeGreaterThan(80);
  expect(unknown).toEqual([]);
});
