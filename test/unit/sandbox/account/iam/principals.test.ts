import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { accessRequests } from '../../../../../sandbox/account/iam/access-requests.ts';
import { IdentityPolicy, type PolicyStatement } from '../../../../../sandbox/account/iam/policy.ts';
import { actingAs } from '../../../../../sandbox/account/iam/principal.ts';
import { isDenied } from '../../../../../shared/clients/aws-call.ts';
import { inAccount } from '../in-account.ts';

const principal = (...statements: PolicyStatement[]) => ({
  name: 'arn:aws:iam::123456789012:role/task',
  policy: new IdentityPolicy(statements),
});
const READ_FUNCTIONS: PolicyStatement = {
  Effect: 'Allow',
  Action: 'lambda:GetFunction',
  Resource: 'arn:aws:lambda:us-east-1:123456789012:function:*',
};

describe('a principal of the account', () => {
  it('may do what its policy allows, and is refused by name what it does not', async () => {
    const here = inAccount();
    here.account.lambda.createFunction({ FunctionName: 'orders', Runtime: 'nodejs24.x' });
    const lambda = here.client(LambdaClient);
    const ask = (command: () => Promise<unknown>) =>
      here.run(() => actingAs(principal(READ_FUNCTIONS), command)).catch((error: unknown) => error);
    expect(await ask(() => lambda.send(new GetFunctionCommand({ FunctionName: 'orders' })))).toHaveProperty(
      'Configuration',
    );
    const denied = await ask(() => lambda.send(new ListFunctionsCommand({})));
    expect(isDenied(denied)).toBe(true);
    expect(denied).toHaveProperty(
      'message',
      expect.stringContaining('role/task is not authorized to perform: lambda:ListFunctions'),
    );
  });

  it('is whoever calls, whatever else goes on meanwhile', async () => {
    const here = inAccount();
    here.account.lambda.createFunction({ FunctionName: 'orders', Runtime: 'nodejs24.x' });
    const lambda = here.client(LambdaClient);
    const read = () => lambda.send(new GetFunctionCommand({ FunctionName: 'orders' })).then(() => 'read');
    const attempts = await here.run(() =>
      Promise.allSettled([read(), actingAs(principal(), read), actingAs(principal(READ_FUNCTIONS), read)]),
    );
    expect(attempts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('must be allowed to pass a role on', async () => {
    const here = inAccount();
    const schedule = { Effect: 'Allow', Action: 'scheduler:*', Resource: '*' } as const;
    const create = () =>
      here.client(SchedulerClient).send(
        new CreateScheduleCommand({
          Name: 'warm',
          ScheduleExpression: 'rate(5 minutes)',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: { Arn: 'arn:target', RoleArn: 'arn:aws:iam::123456789012:role/warm' },
        }),
      );
    await expect(here.run(() => actingAs(principal(schedule), create))).rejects.toThrow(/iam:PassRole/);
  });
});

describe('what a call asks of IAM', () => {
  const scope = { region: 'us-east-1', accountId: '123456789012', tagsOfFunction: () => new Map([['team', 'orders']]) };
  const ask = (service: string, operation: string, input: Record<string, unknown>) =>
    accessRequests(service, operation, input, scope).map(({ action, resource }) => `${action} ${resource}`);

  it.each([
    [
      'Lambda',
      'Invoke',
      { FunctionName: 'arn:aws:lambda:us-east-1:123456789012:function:a:live' },
      ['lambda:InvokeFunction arn:aws:lambda:us-east-1:123456789012:function:a'],
    ],
    ['Lambda', 'ListFunctions', {}, ['lambda:ListFunctions *']],
    [
      'DynamoDB',
      'Query',
      { TableName: 't', IndexName: 'i' },
      ['dynamodb:Query arn:aws:dynamodb:us-east-1:123456789012:table/t/index/i'],
    ],
    ['S3', 'HeadObject', { Bucket: 'runs', Key: 'a/b' }, ['s3:GetObject arn:aws:s3:::runs/a/b']],
    ['S3', 'ListObjectsV2', { Bucket: 'runs' }, ['s3:ListBucket arn:aws:s3:::runs']],
    [
      'EventBridge',
      'PutEvents',
      { Entries: [{ EventBusName: 'mine' }, {}] },
      [
        'events:PutEvents arn:aws:events:us-east-1:123456789012:event-bus/mine',
        'events:PutEvents arn:aws:events:us-east-1:123456789012:event-bus/default',
      ],
    ],
    [
      'SQS',
      'GetQueueAttributes',
      { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/jobs' },
      ['sqs:GetQueueAttributes arn:aws:sqs:us-east-1:123456789012:jobs'],
    ],
    [
      'SESv2',
      'SendEmail',
      { FromEmailAddress: 'Night <night@example.com>' },
      ['ses:SendEmail arn:aws:ses:us-east-1:123456789012:identity/night@example.com'],
    ],
    ['SFN', 'SendTaskSuccess', { taskToken: 'secret' }, ['states:SendTaskSuccess undefined']],
  ])('%s.%s', (service, operation, input, expected) => {
    expect(ask(service, operation, input)).toEqual(expected);
  });

  it('names the partition keys of what is written, in the wire’s form', () => {
    const [request] = accessRequests('DynamoDB', 'PutItem', { TableName: 't', Item: { pk: { S: 'RUN#1' } } }, scope);
    expect(request?.context).toEqual({ 'dynamodb:LeadingKeys': ['RUN#1'] });
  });

  it('knows the tags of the function that is asked about, and which it has not', () => {
    const [request] = accessRequests('Lambda', 'UpdateAlias', { FunctionName: 'a' }, scope);
    expect(request?.context?.['aws:ResourceTag/team']).toEqual(['orders']);
    expect(request?.context?.['aws:ResourceTag/other']).toEqual([]);
    expect(request?.context?.['aws:SourceVpc']).toBeUndefined();
  });

  it('refuses to guess for a service or a call it does not know', () => {
    expect(() => ask('Mars', 'Land', {})).toThrow(/under an IAM role/);
    expect(() => ask('S3', 'DeleteObject', { Bucket: 'runs' })).toThrow(/under an IAM role/);
  });
});

it('is held to the partition keys that its condition names', async () => {
  const here = inAccount();
  const client = here.client(DynamoDBClient);
  const allowed = principal({
    Effect: 'Allow',
    Action: 'dynamodb:GetItem',
    Resource: '*',
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['RUN#*'] } },
  });
  const get = (pk: string) => () =>
    client.send(new GetItemCommand({ TableName: 'none', Key: { pk: { S: pk }, sk: { S: 'a' } } }));
  await expect(here.run(() => actingAs(allowed, get('FUNCTION#a')))).rejects.toThrow(/not authorized/);
  await expect(here.run(() => actingAs(allowed, get('RUN#a')))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
