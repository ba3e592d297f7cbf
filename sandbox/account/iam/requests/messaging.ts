import { UnsupportedByAccountError } from '../../core/unsupported.ts';
import {
  type AccessRequest,
  type AccessRequestsOf,
  onNothing,
  request,
  requestsOnKey,
  type ServiceAccess,
} from '../access-request.ts';

const onTopic =
  (action: string): AccessRequestsOf =>
  ({ TopicArn: topicArn }, scene) => {
    if (typeof topicArn !== 'string') throw new UnsupportedByAccountError(`access to ${action} without a topic`);
    return [request(scene, action, topicArn)];
  };

export const SNS_ACCESS: ServiceAccess = {
  CreateTopic: ({ Name: name }, scene) => [request(scene, 'sns:CreateTopic', scene.arn('sns', String(name)))],
  Subscribe: onTopic('sns:Subscribe'),
  ConfirmSubscription: onTopic('sns:ConfirmSubscription'),
  GetTopicAttributes: onTopic('sns:GetTopicAttributes'),
  ListSubscriptionsByTopic: onTopic('sns:ListSubscriptionsByTopic'),
  Publish: (input, scene) => [
    ...onTopic('sns:Publish')(input, scene),
    ...requestsOnKey(scene, 'sns', String(input['TopicArn']), ['kms:GenerateDataKey', 'kms:Decrypt']),
  ],
};

export const SQS_ACCESS: ServiceAccess = {
  GetQueueUrl: ({ QueueName: name }, scene) => [request(scene, 'sqs:GetQueueUrl', scene.arn('sqs', String(name)))],
  GetQueueAttributes: ({ QueueUrl: url }, scene) => {
    const name = String(url).split('/').at(-1);
    return [request(scene, 'sqs:GetQueueAttributes', scene.arn('sqs', String(name)))];
  },
};

export const SES_ACCESS: ServiceAccess = {
  SendEmail: ({ FromEmailAddress: from }, scene) => [
    request(scene, 'ses:SendEmail', scene.arn('ses', `identity/${scene.mailIdentityOf(String(from))}`)),
  ],
};

type Entry = { readonly EventBusName?: string };

/** Each entry is checked against the bus it names. */
const putEvents: AccessRequestsOf = ({ Entries: entries }, scene) => {
  const buses = new Set((entries as readonly Entry[]).map(({ EventBusName: bus = 'default' }) => bus));
  return [...buses].map((bus): AccessRequest => {
    const arn = bus.startsWith('arn:') ? bus : scene.arn('events', `event-bus/${bus}`);
    return request(scene, 'events:PutEvents', arn);
  });
};

const onRule =
  (action: string, field: string): AccessRequestsOf =>
  (input, scene) => [request(scene, action, scene.arn('events', `rule/${input[field]}`))];

export const EVENTBRIDGE_ACCESS: ServiceAccess = {
  PutEvents: putEvents,
  PutRule: onRule('events:PutRule', 'Name'),
  PutTargets: onRule('events:PutTargets', 'Rule'),
  ListRules: onNothing('events:ListRules'),
};
