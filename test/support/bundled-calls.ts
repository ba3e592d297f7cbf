import { Readable } from 'node:stream';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  GetFunctionCommand,
  LambdaClient,
  ResourceNotFoundException,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

/**
 * One call or two of every service that tasks speak to, to AWS's own addresses (the loopback of the benches takes other
 * paths through the SDK), answered by `answer` in place of the network. What was asked and what came of it is answered,
 * to be compared between the bundle of this file and the file itself.
 */

interface Asked {
  method: string;
  hostname: string;
  path: string;
  query: object;
  headers: Record<string, string>;
  body?: unknown;
}

/** A status and a body, for every call alike. */
export interface CannedAnswer {
  statusCode: number;
  body: string;
  /** Besides its type. @default none */
  headers?: Record<string, string>;
  /** For the services that speak XML. @default the body */
  xml?: string;
  /** The only one that is called. @default all of them */
  service?: string;
}

const SPEAKS_XML = /^(?:sns|sts|[\w-]+\.s3)\./;
const PASSING = /date|authorization|user-agent|invocation-id|security-token|amz-sdk-request/;

export async function handler(answers: readonly CannedAnswer[]): Promise<unknown[][]> {
  const logs = [];
  for (const answer of answers) logs.push(await logOf(answer));
  return logs;
}

async function logOf({ statusCode, body: json, xml = json, headers: more, service }: CannedAnswer): Promise<unknown[]> {
  const log: unknown[] = [];
  const requestHandler = {
    handle: async ({ method, hostname, path, query, headers, body }: Asked) => {
      const kept = Object.entries(headers).filter(([name]) => !PASSING.test(name));
      log.push({ method, hostname, path, query, headers: Object.fromEntries(kept), body: textOf(body) });
      const answered = SPEAKS_XML.test(hostname) ? xml : json;
      return {
        response: {
          statusCode,
          headers: { 'content-type': 'application/json', ...more },
          body: Readable.from([answered]),
        },
      };
    },
  };
  const settings = {
    requestHandler: requestHandler as never,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
  const calls = callsBy(settings);
  for (const call of service === undefined ? Object.values(calls).flat() : calls[service]!)
    log.push(await outcomeOf(call));
  return log;
}

const textOf = (body: unknown): string => (body instanceof Uint8Array ? Buffer.from(body).toString() : String(body));

type Settings = ConstructorParameters<typeof DynamoDBClient>[0] & object;

function callsBy(settings: Settings): Record<string, (() => Promise<object>)[]> {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const s3 = new S3Client(settings as object);
  const lambda = new LambdaClient(settings as object);
  const FunctionName = 'orders-api';
  const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
  const body = { Text: { Data: 'text' } };
  return {
    dynamodb: [
      () =>
        documents.send(
          new PutCommand({ TableName: 'ledger', Item: { pk: 'a', list: [1, { b: true }] }, ...condition }),
        ),
    ],
    s3: [
      () =>
        s3.send(new PutObjectCommand({ Bucket: 'runs', Key: 'a b.json', Body: '{}', ContentType: 'application/json' })),
      async () => ({
        text: await (await s3.send(new GetObjectCommand({ Bucket: 'runs', Key: 'a' }))).Body?.transformToString(),
      }),
      () => s3.send(new ListObjectsV2Command({ Bucket: 'runs', Prefix: 'nights/', MaxKeys: 10 })),
    ],
    lambda: [
      () => lambda.send(new GetFunctionCommand({ FunctionName })),
      () => lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 512, RevisionId: 'one' })),
    ],
    logs: [
      () =>
        new CloudWatchLogsClient(settings as object).send(
          new StartQueryCommand({ startTime: 1, endTime: 2, queryString: 'stats max(@maxMemoryUsed)' }),
        ),
    ],
    cloudwatch: [
      () =>
        new CloudWatchClient(settings as object).send(
          new GetMetricDataCommand({
            MetricDataQueries: [{ Id: 'q0', Expression: '1' }],
            StartTime: new Date(0),
            EndTime: new Date(60_000),
          }),
        ),
    ],
    sns: [
      () =>
        new SNSClient(settings as object).send(
          new PublishCommand({ TopicArn: 'arn:aws:sns:eu-central-1:1:digest', Message: 'é', Subject: 's' }),
        ),
    ],
    sqs: [
      () =>
        new SQSClient(settings as object).send(
          new GetQueueAttributesCommand({
            QueueUrl: 'https://sqs.eu-central-1.amazonaws.com/1/q',
            AttributeNames: ['VisibilityTimeout'],
          }),
        ),
    ],
    ses: [
      () =>
        new SESv2Client(settings as object).send(
          new SendEmailCommand({
            FromEmailAddress: 'a@example.com',
            Content: { Simple: { Subject: { Data: 's' }, Body: body } },
          }),
        ),
    ],
    events: [
      () =>
        new EventBridgeClient(settings as object).send(
          new PutEventsCommand({ Entries: [{ Source: 'rightsizer', DetailType: 'd', Detail: '{}' }] }),
        ),
    ],
    sts: [
      () =>
        new STSClient(settings as object).send(
          new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::1:role/r', RoleSessionName: 's', DurationSeconds: 900 }),
        ),
    ],
    states: [
      () => new SFNClient(settings as object).send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' })),
    ],
  };
}

interface Thrown extends Error {
  $fault?: unknown;
  $retryable?: unknown;
  $metadata?: { httpStatusCode?: number };
}

async function outcomeOf(call: () => Promise<object>): Promise<unknown> {
  try {
    const { $metadata: _, ...output } = (await call()) as { $metadata?: unknown };
    return { output };
  } catch (error) {
    const { name, message, $fault, $retryable, $metadata } = error as Thrown;
    const kindOf = [ConditionalCheckFailedException, ResourceNotFoundException].map((Kind) => error instanceof Kind);
    const isOwnClass = (error as Error).constructor !== Error;
    return { name, message, $fault, $retryable, status: $metadata?.httpStatusCode, isOwnClass, kindOf };
  }
}
