import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { type AccessRequests, type AccessScope, arnOf, type CallInput } from './access-scope.ts';
import { dynamoDbRequests } from './dynamodb-requests.ts';
import { lambdaRequests } from './lambda-requests.ts';
import type { AccessRequest } from './policy.ts';

/** The action of the operation's own name on some resources; a service's prefix differs from its client's name. */
const named =
  (prefix: string, resourcesOf: (input: CallInput, scope: AccessScope, operation: string) => readonly string[]) =>
  (operation: string, input: CallInput, scope: AccessScope): AccessRequest[] =>
    resourcesOf(input, scope, operation).map((resource) => ({ action: `${prefix}:${operation}`, resource }));

const everything = () => ['*'];
const list = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));
const orAll = (names: string[]): string[] => (names.length > 0 ? names : ['*']);

const alarms = named('cloudwatch', (input, scope, operation) => {
  if (operation === 'GetMetricData' || operation === 'PutMetricData') return ['*'];
  const names = [...list(input['AlarmName']), ...list(input['AlarmNames'])];
  return orAll(names).map((name) => arnOf(scope, 'cloudwatch', `alarm:${name}`));
});

const logs = named('logs', (input, scope, operation) => {
  if (operation === 'GetQueryResults' || operation === 'StopQuery') return ['*'];
  const names = [...list(input['logGroupName']), ...list(input['logGroupNames'])];
  return orAll(names).map((name) => arnOf(scope, 'logs', `log-group:${name}`));
});

const s3: AccessRequests = (operation, input) => {
  const bucket = `arn:aws:s3:::${input['Bucket']}`;
  const [action, resource] = {
    PutObject: ['s3:PutObject', `${bucket}/${input['Key']}`],
    GetObject: ['s3:GetObject', `${bucket}/${input['Key']}`],
    HeadObject: ['s3:GetObject', `${bucket}/${input['Key']}`],
    ListObjectsV2: ['s3:ListBucket', bucket],
  }[operation] ?? [undefined, ''];
  if (action === undefined) throw new UnsupportedByAccountError(`S3.${operation} under an IAM role`);
  return [{ action, resource }];
};

const events = named('events', (input, scope) =>
  list((input['Entries'] as { EventBusName?: string }[]).map((entry) => entry.EventBusName ?? 'default')).map((name) =>
    name.startsWith('arn:') ? name : arnOf(scope, 'events', `event-bus/${name}`),
  ),
);

const states: AccessRequests = (operation, input) => {
  const action = `states:${operation}`;
  // A task token tells nobody but Step Functions whose it is.
  if (operation.startsWith('SendTask')) return [{ action, resource: undefined }];
  return [{ action, resource: String(input['stateMachineArn'] ?? input['executionArn']) }];
};

const scheduler: AccessRequests = (operation, input, scope) => {
  const name = `schedule/${input['GroupName'] ?? 'default'}/${input['Name'] ?? '*'}`;
  const { RoleArn: role } = (input['Target'] ?? {}) as { RoleArn?: string };
  return [
    { action: `scheduler:${operation}`, resource: arnOf(scope, 'scheduler', name) },
    ...(role === undefined ? [] : [{ action: 'iam:PassRole', resource: role }]),
  ];
};

const computeOptimizer: AccessRequests = (operation, _, scope) => [
  { action: `compute-optimizer:${operation}`, resource: '*' },
  // It reads these on its caller's behalf.
  { action: 'lambda:ListFunctions', resource: '*' },
  { action: 'lambda:ListProvisionedConcurrencyConfigs', resource: arnOf(scope, 'lambda', 'function:*') },
];

const sqs = named('sqs', (input, scope) => {
  const name = String(input['QueueName'] ?? String(input['QueueUrl']).split('/').at(-1));
  const accountId = String(input['QueueOwnerAWSAccountId'] ?? scope.accountId);
  return [arnOf({ ...scope, accountId }, 'sqs', name)];
});

/** The address of `Name <address>`. */
const addressIn = (from: string): string => /<([^>]+)>$/.exec(from)?.[1] ?? from;

const SERVICES: Readonly<Record<string, AccessRequests>> = {
  ApplicationAutoScaling: named('application-autoscaling', everything),
  CloudWatch: alarms,
  CloudWatchLogs: logs,
  ComputeOptimizer: computeOptimizer,
  CostExplorer: named('ce', everything),
  DynamoDB: dynamoDbRequests,
  EventBridge: events,
  Lambda: lambdaRequests,
  Pricing: named('pricing', everything),
  ResourceGroupsTaggingAPI: named('tag', everything),
  S3: s3,
  SESv2: named('ses', (input, scope) => [
    arnOf(scope, 'ses', `identity/${addressIn(String(input['FromEmailAddress']))}`),
  ]),
  SFN: states,
  SNS: named('sns', (input) => list(input['TopicArn'])),
  SQS: sqs,
  Scheduler: scheduler,
};

/** @throws UnsupportedByAccountError for a service whose actions are not known here */
export function accessRequests(
  service: string,
  operation: string,
  input: CallInput,
  scope: AccessScope,
): readonly AccessRequest[] {
  const requests = SERVICES[service];
  if (requests === undefined) throw new UnsupportedByAccountError(`${service}.${operation} under an IAM role`);
  return requests(operation, input, scope);
}
