import { ApplicationAutoScalingServiceException } from '@aws-sdk/client-application-auto-scaling';
import { CloudFormationServiceException } from '@aws-sdk/client-cloudformation';
import { CloudWatchServiceException } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsServiceException } from '@aws-sdk/client-cloudwatch-logs';
import { ComputeOptimizerServiceException } from '@aws-sdk/client-compute-optimizer';
import { CostExplorerServiceException } from '@aws-sdk/client-cost-explorer';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { EventBridgeServiceException } from '@aws-sdk/client-eventbridge';
import { LambdaServiceException } from '@aws-sdk/client-lambda';
import { PricingServiceException } from '@aws-sdk/client-pricing';
import { ResourceGroupsTaggingAPIServiceException } from '@aws-sdk/client-resource-groups-tagging-api';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { SchedulerServiceException } from '@aws-sdk/client-scheduler';
import { SecretsManagerServiceException } from '@aws-sdk/client-secrets-manager';
import { SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { SFNServiceException } from '@aws-sdk/client-sfn';
import { SNSServiceException } from '@aws-sdk/client-sns';
import { SQSServiceException } from '@aws-sdk/client-sqs';
import { STSServiceException } from '@aws-sdk/client-sts';

interface Options {
  readonly name: string;
  readonly message: string;
  readonly $fault: 'client';
  readonly $metadata: { readonly httpStatusCode: number };
}

type ExceptionClass = new (options: Options) => Error;

const CLASSES: Readonly<Record<string, ExceptionClass>> = {
  ApplicationAutoScaling: ApplicationAutoScalingServiceException,
  CloudFormation: CloudFormationServiceException,
  CloudWatch: CloudWatchServiceException,
  CloudWatchLogs: CloudWatchLogsServiceException,
  ComputeOptimizer: ComputeOptimizerServiceException,
  CostExplorer: CostExplorerServiceException,
  DynamoDB: DynamoDBServiceException,
  EventBridge: EventBridgeServiceException,
  Lambda: LambdaServiceException,
  Pricing: PricingServiceException,
  ResourceGroupsTaggingAPI: ResourceGroupsTaggingAPIServiceException,
  S3: S3ServiceException,
  SESv2: SESv2ServiceException,
  SFN: SFNServiceException,
  SNS: SNSServiceException,
  SQS: SQSServiceException,
  STS: STSServiceException,
  Scheduler: SchedulerServiceException,
  SecretsManager: SecretsManagerServiceException,
};

/** Services that speak XML or once did call a denial otherwise. */
const NAMES: Readonly<Record<string, string>> = {
  CloudFormation: 'AccessDenied',
  CloudWatch: 'AccessDenied',
  S3: 'AccessDenied',
  SNS: 'AuthorizationErrorException',
  SQS: 'AccessDenied',
  STS: 'AccessDenied',
};
/** Services of AWS's JSON protocols answer a denial with 400, all others with 403. */
const ANSWERING_400 = new Set([
  'ApplicationAutoScaling',
  'CloudWatchLogs',
  'ComputeOptimizer',
  'CostExplorer',
  'DynamoDB',
  'EventBridge',
  'Pricing',
  'ResourceGroupsTaggingAPI',
  'SFN',
  'SecretsManager',
]);

/** What a client throws when IAM refuses its call, named as the service names it. */
export function accessDenied(service: string, message: string): Error {
  const Exception = CLASSES[service];
  if (!Exception) return Object.assign(new Error(message), { name: 'AccessDeniedException', $fault: 'client' });
  return new Exception({
    name: NAMES[service] ?? 'AccessDeniedException',
    message,
    $fault: 'client',
    $metadata: { httpStatusCode: ANSWERING_400.has(service) ? 400 : 403 },
  });
}
