import {
  GetPolicyCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FunctionCallers } from '../../domain/night/eligibility/caller-limit.ts';
import { InvalidConfigurationError } from '../../errors.ts';
import { callAws, isNamed, listOf } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { type Pace, UNPACED } from '../pace.ts';

export interface FunctionCallerCatalog {
  /**
   * Who calls a function, or one of its aliases, and waits for it: nobody, where the function is gone. Two calls of the
   * control plane's 15 a second (more with hundreds of event sources), and two of each queue.
   */
  readCallers(functionName: string, aliasName?: string): Promise<FunctionCallers>;
}

const QUEUE_ARN = /^arn:[^:]+:sqs:[^:]*:(\d+):(.+)$/;
const API_GATEWAY = 'apigateway.amazonaws.com';
/** What SQS calls a queue that is gone; the second is the former protocol's name. */
const GONE = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];

/** @param pace waits before each call of the control plane; a single look-up need not */
export function createFunctionCallers(pace: Pace = UNPACED, clients: PlaceClients = HERE): FunctionCallerCatalog {
  return {
    readCallers: async (functionName, aliasName) => {
      const lambda = clients.of(LambdaClient, functionName);
      const sqs = clients.of(SQSClient, functionName);
      const qualified = aliasName === undefined ? functionName : `${functionName}:${aliasName}`;
      const queueArns = (await listSourceArns(lambda, qualified, pace)).filter((arn) => QUEUE_ARN.test(arn));
      const queues = await Promise.all(
        queueArns.map(async (arn) => ({
          name: QUEUE_ARN.exec(arn)![2]!,
          visibilityTimeoutSeconds: await readVisibility(sqs, arn),
        })),
      );
      await pace();
      return { queues, isCalledByApiGateway: await mayApiGatewayCall(lambda, functionName, aliasName) };
    },
  };
}

async function listSourceArns(lambda: LambdaClient, FunctionName: string, pace: Pace): Promise<string[]> {
  const arns: string[] = [];
  let Marker: string | undefined;
  do {
    await pace();
    const command = new ListEventSourceMappingsCommand({ FunctionName, ...(Marker && { Marker }) });
    const page = await unlessGone(callAws('lambda:ListEventSourceMappings', () => lambda.send(command)));
    const mappings = page && listOf('lambda:ListEventSourceMappings', page.EventSourceMappings);
    arns.push(...(mappings ?? []).flatMap(({ EventSourceArn: arn }) => (arn ? [arn] : [])));
    Marker = page?.NextMarker;
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
  const command = new GetPolicyCommand({ FunctionName, ...(Qualifier && { Qualifier }) });
  const answer = await unlessGone(callAws('lambda:GetPolicy', () => lambda.send(command)));
  return answer?.Policy?.includes(API_GATEWAY) ?? false;
}

/** Undefined where there is no policy, or no function any more: deleted meanwhile, it must not stop those after it. */
async function unlessGone<Output>(call: Promise<Output>): Promise<Output | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
