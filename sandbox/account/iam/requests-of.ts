import { UnsupportedByAccountError } from '../core/unsupported.ts';
import {
  type AccessRequest,
  type Input,
  onNothing,
  request,
  type Scene,
  type ServiceAccess,
} from './access-request.ts';
import { DYNAMODB_ACCESS } from './requests/dynamodb.ts';
import { LAMBDA_ACCESS } from './requests/lambda.ts';
import { EVENTBRIDGE_ACCESS, SES_ACCESS, SNS_ACCESS, SQS_ACCESS } from './requests/messaging.ts';
import { CLOUDWATCH_ACCESS, COMPUTE_OPTIMIZER_ACCESS, LOGS_ACCESS } from './requests/observing.ts';
import { SCALING_ACCESS } from './requests/scaling.ts';
import { S3_ACCESS } from './requests/storage.ts';
import { SCHEDULER_ACCESS, STATES_ACCESS } from './requests/workflows.ts';

/** By the SDK client's name without `Client`, which is seldom IAM's prefix. */
const ACCESS: Readonly<Record<string, ServiceAccess>> = {
  ApplicationAutoScaling: SCALING_ACCESS,
  CloudFormation: {
    DescribeStacks: ({ StackName: name }, scene) => [
      request(scene, 'cloudformation:DescribeStacks', scene.arn('cloudformation', `stack/${name ?? '*'}/*`)),
    ],
    GetTemplateSummary: ({ StackName: name }, scene) => [
      request(scene, 'cloudformation:GetTemplateSummary', scene.arn('cloudformation', `stack/${name ?? '*'}/*`)),
    ],
  },
  CloudWatch: CLOUDWATCH_ACCESS,
  CloudWatchLogs: LOGS_ACCESS,
  ComputeOptimizer: COMPUTE_OPTIMIZER_ACCESS,
  CostExplorer: { GetCostAndUsage: onNothing('ce:GetCostAndUsage') },
  DynamoDB: DYNAMODB_ACCESS,
  EventBridge: EVENTBRIDGE_ACCESS,
  Lambda: LAMBDA_ACCESS,
  Pricing: { GetProducts: onNothing('pricing:GetProducts') },
  ResourceGroupsTaggingAPI: { GetResources: onNothing('tag:GetResources') },
  S3: S3_ACCESS,
  SESv2: SES_ACCESS,
  SFN: STATES_ACCESS,
  SNS: SNS_ACCESS,
  SQS: SQS_ACCESS,
  STS: {
    // Everybody may ask who he is.
    GetCallerIdentity: () => [],
    // What the caller's own policies must allow; the role's trust policy is asked by the service.
    AssumeRole: ({ RoleArn: roleArn }, scene) => [request(scene, 'sts:AssumeRole', String(roleArn))],
  },
  Scheduler: SCHEDULER_ACCESS,
  SecretsManager: {
    GetSecretValue: ({ SecretId: secretArn }, scene) => [
      request(scene, 'secretsmanager:GetSecretValue', String(secretArn)),
    ],
  },
};

/** Everything that IAM is asked before a call is answered. A call that is not here is refused, whoever makes it. */
export function requestsOf(service: string, operation: string, input: Input, scene: Scene): AccessRequest[] {
  const requests = ACCESS[service]?.[operation];
  if (!requests)
    throw new UnsupportedByAccountError(`access to ${service}.${operation}: no IAM action is known for it`);
  return requests(input, scene);
}
