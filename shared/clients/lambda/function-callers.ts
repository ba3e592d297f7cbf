import {
  GetPolicyCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionCallers } from '../../domain/eligibility/caller-limit.ts';
import { InvalidConfigurationError } from '../../errors.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

export interface FunctionCallerCatalog {
  /**
   * Who calls a function, or one of its aliases, and waits for it. Two calls of the control plane's 15 a second (more
   * with hundreds of event sources), and two of each queue.
   */
  readCallers(functionName: string, aliasName?: string): Promise<FunctionCallers>;
}

const QUEUE_ARN = /^arn:[^:]+:sqs:[^:]*:(\d+):(.+)$/;
const API_GATEWAY = 'apigateway.amazonaws.com';
/** What SQS calls a queue that is gone; the second is the former protocol's name. */
const GONE = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];

export function createFunctionCallers(): FunctionCallerCatalog {
  const lambda = createClient(LambdaClient);
  const sqs = createClient(SQSClient);
  return {
    readCallers: async (functionName, aliasName) => {
      const qualified = aliasName === undefined ? functionName : `${functionName}:${aliasName}`;
      const queueArns = (await listSourceArns(lambda, qualified)).filter((arn) => QUEUE_ARN.test(arn));
      const queues = await Promise.all(
        queueArns.map(async (arn) => ({
          name: QUEUE_ARN.exec(arn)![2]!,
          visibilityTimeoutSeconds: await readVisibility(sqs, arn),
        })),
      );
      return { queues, isCalledByApiGateway: await mayApiGatewayCall(lambda, functionName, aliasName) };
    },
  };
}

async function listSourceArns(lambda: LambdaClient, FunctionName: string): Promise<string[]> {
  const arns: string[] = [];
  let Marker: string | undefined;
  do {
    const command = new ListEventSourceMappingsCommand({ FunctionName, ...(Marker && { Marker }) });
    const page = await callAws('lambda:ListEventSourceMappings', () => lambda.send(command));
    arns.push(...(page.EventSourceMappings ?? []).flatMap(({ EventSourceArn: arn }) => (arn ? [arn] : [])));
    Marker = page.NextMarker;
  } while (Marker);
  return arns;
}

/** Undefined where the queue is gone or another account's, which only its own policy could open to us. */
async function readVisibility(sqs: SQSClient, arn: string): Promise<number | undefined> {
  const [, QueueOwnerAWSAccountId, QueueName] = QUEUE_ARN.exec(arn)!;
  try {
    const { QueueUrl } = await callAws('sqs:GetQueueUrl', () =>
      sqs.send(new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId })),
    );
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] });
    const { Attributes } = await callAws('sqs:GetQueueAttributes', () => sqs.send(command));
    const seconds = Attributes?.['VisibilityTimeout'];
    return seconds === undefined ? undefined : Number(seconds);
  } catch (error) {
    if (error instanceof InvalidConfigurationError || isNamed(error, GONE)) return undefined;
    throw error;
  }
}

/** Whether the function's own policy lets API Gateway invoke it; without a policy nobody but its account's roles may. */
async function mayApiGatewayCall(lambda: LambdaClient, FunctionName: string, Qualifier?: string): Promise<boolean> {
  try {
    const command = new GetPolicyCommand({ FunctionName, ...(Qualifier && { Qualifier }) });
    const { Policy } = await callAws('lambda:GetPolicy', () => lambda.send(command));
    return Policy?.includes(API_GATEWAY) ?? false;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}
