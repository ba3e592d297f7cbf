import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { parsePolicy } from '../../../../../sandbox/account/iam/policy-document.ts';
import { Role } from '../../../../../sandbox/account/iam/role.ts';
import { inAccount } from '../in-account.ts';

const HERE = 'us-east-1:123456789012';
const ORDERS = `arn:aws:lambda:${HERE}:function:orders`;

const role = (...statements: object[]): Role =>
  new Role('Task', parsePolicy({ Statement: statements.map((each) => ({ Effect: 'Allow', ...each })) }));
const may = (Action: string | string[], Resource: string | string[] = '*') => ({ Action, Resource });

let world: ReturnType<typeof inAccount>;
beforeEach(() => {
  world = inAccount();
  world.account.lambda.createFunction({ FunctionName: 'orders', Runtime: 'nodejs24.x' }, { tags: { team: 'blue' } });
});

/** Does work as a role, as an activity of its own. */
const as = <T>(caller: Role, work: () => Promise<T>): Promise<T> => world.run(() => world.account.iam.as(caller, work));
const getFunction = () => world.client(LambdaClient).send(new GetFunctionCommand({ FunctionName: 'orders' }));

it('lets a caller without a role do everything', async () => {
  expect((await world.run(getFunction)).Tags).toEqual({ team: 'blue' });
});

it('refuses a role what nothing allows it, as AWS words it, and remembers that', async () => {
  const refusal =
    `User: arn:aws:sts::123456789012:assumed-role/Task is not authorized to perform: lambda:GetFunction on resource: ` +
    `${ORDERS} because no identity-based policy allows the lambda:GetFunction action`;
  await expect(as(role(may('lambda:ListFunctions')), getFunction)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: refusal,
    $metadata: { httpStatusCode: 403 },
  });
  expect([...world.account.iam.refusals]).toEqual([refusal]);
});

it.each<[string, () => Promise<unknown>]>([
  ['AccessDenied', () => world.client(S3Client).send(new GetObjectCommand({ Bucket: 'runs', Key: 'a' }))],
  [
    'AuthorizationErrorException',
    () => world.client(SNSClient).send(new PublishCommand({ TopicArn: 'arn:t', Message: 'm' })),
  ],
  [
    'AccessDeniedException',
    () => world.client(DynamoDBClient).send(new GetItemCommand({ TableName: 'Ledger', Key: { pk: { S: 'a' } } })),
  ],
])('calls a refusal %s where the service does, and never reaches it', async (name, call) => {
  await expect(as(role(may('sts:*')), call)).rejects.toMatchObject({ name });
});

it('is asked about the partition of every write', async () => {
  const dynamoDb = world.client(DynamoDBClient);
  const create = new CreateTableCommand({
    TableName: 'Ledger',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  });
  await world.run(() => dynamoDb.send(create));
  const writer = role({
    ...may('dynamodb:PutItem', `arn:aws:dynamodb:${HERE}:table/Ledger`),
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['RUN#*'] } },
  });
  const put = (pk: string) => () =>
    dynamoDb.send(new PutItemCommand({ TableName: 'Ledger', Item: { sk: { S: 'RUN#x' }, pk: { S: pk } } }));
  await as(writer, put('RUN#1'));
  await expect(as(writer, put('REMEDIATION#1'))).rejects.toThrow(/LeadingKeys \["RUN#\*"\]; it is \["REMEDIATION#1"\]/);
});

it('goes by the tags that a function has now', async () => {
  const untagged = role(may('lambda:*'), {
    ...may('lambda:*'),
    Effect: 'Deny',
    Condition: { Null: { 'aws:ResourceTag/team': 'false' } },
  });
  await expect(as(untagged, getFunction)).rejects.toThrow(/explicit deny/);
  world.account.lambda.functions.get('orders').tags.clear();
  expect((await as(untagged, getFunction)).Configuration?.FunctionName).toBe('orders');
});

it('does not take for the caller’s what a called function does', async () => {
  world.account.lambda.createFunction(
    { FunctionName: 'relay', Runtime: 'nodejs24.x' },
    { handler: async () => (await getFunction()).Configuration?.FunctionName },
  );
  const invoke = () => world.client(LambdaClient).send(new InvokeCommand({ FunctionName: 'relay' }));
  const { Payload, FunctionError } = await as(role(may('lambda:InvokeFunction')), invoke);
  expect([FunctionError, Buffer.from(Payload!).toString()]).toEqual([undefined, '"orders"']);
});

describe('answers that depend on other permissions', () => {
  it('leave out tags for those who may not list them', async () => {
    expect((await as(role(may('lambda:GetFunction')), getFunction)).Tags).toBeUndefined();
    expect((await as(role(may(['lambda:GetFunction', 'lambda:ListTags'])), getFunction)).Tags).toEqual({
      team: 'blue',
    });
    expect([...world.account.iam.refusals]).toEqual([]);
  });

  it('tell only those that an object is missing who may list the bucket', async () => {
    world.account.s3.createBucket('runs');
    const read = () => world.client(S3Client).send(new GetObjectCommand({ Bucket: 'runs', Key: 'a' }));
    await expect(as(role(may(['s3:GetObject', 's3:ListBucket'])), read)).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(as(role(may('s3:GetObject')), read)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect([...world.account.iam.refusals]).toEqual([expect.stringContaining('s3:ListBucket')]);
  });
});
