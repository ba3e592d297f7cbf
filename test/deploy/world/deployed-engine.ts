import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { VirtualClock } from '../../../sandbox/clock/virtual-clock.ts';
import {
  type ExecutionDescription,
  type ObjectStore,
  StepFunctionsEngine,
  TaskError,
  type TaskRequest,
} from '../../../sandbox/engine/index.ts';
import type { LedClock } from './led-clock.ts';

const LAMBDA_INVOKE = /^arn:aws:states:::lambda:invoke(\.waitForTaskToken)?$/;

/** Tasks run, by the name of the deployed function. */
export type Invocations = Map<string, number>;

export interface EngineSurroundings {
  clock: VirtualClock;
  led: LedClock;
  /** Counted up with every task. */
  invocations: Invocations;
  onEnd(execution: ExecutionDescription): void;
}

/**
 * The state machines as they are deployed, by this repository's engine: the emulator's own leaves out ItemBatcher,
 * ResultWriter and JSONata in ItemReader. Every Task is an Invoke of the deployed function over HTTP.
 */
export async function engineOverDeployed({ clock, led, invocations, onEnd }: EngineSurroundings) {
  const lambda = new LambdaClient({});
  const engine = new StepFunctionsEngine({
    clock,
    onStatusChange: (execution) => {
      if (execution.status !== 'RUNNING') onEnd(execution);
    },
    objects: objectsOf(new S3Client({ forcePathStyle: true })),
    runTask: async (request) => {
      led.leadTo(clock.now());
      return runTask(lambda, request, invocations);
    },
  });
  const states = new SFNClient({});
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  for (const { stateMachineArn = '' } of stateMachines) {
    const {
      name = '',
      definition = '',
      type = 'STANDARD',
    } = await states.send(new DescribeStateMachineCommand({ stateMachineArn }));
    engine.createStateMachine({ arn: stateMachineArn, name, definition, type });
  }
  return { engine, stateMachines: stateMachines.length };
}

async function runTask(lambda: LambdaClient, { resource, arguments: given }: TaskRequest, invocations: Invocations) {
  const isInvoke = LAMBDA_INVOKE.test(resource);
  const { FunctionName, Payload } = isInvoke
    ? (given as { FunctionName: string; Payload: unknown })
    : { FunctionName: resource, Payload: given };
  const name = FunctionName.split(':')[6] ?? FunctionName;
  invocations.set(name, (invocations.get(name) ?? 0) + 1);
  const answer = await invoke(lambda, FunctionName, Payload);
  return isInvoke ? { StatusCode: 200, Payload: answer } : answer;
}

/** @throws TaskError as Step Functions would see it */
export async function invoke(lambda: LambdaClient, FunctionName: string, event: unknown): Promise<unknown> {
  const command = new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), LogType: 'Tail' });
  const { Payload, FunctionError, LogResult = '' } = await lambda.send(command);
  const answer = JSON.parse(Buffer.from(Payload ?? 'null').toString()) as unknown;
  if (FunctionError === undefined) return answer;
  const { errorType = '', errorMessage = '' } = answer as { errorType?: string; errorMessage?: string };
  throw new TaskError(nameInLog(Buffer.from(LogResult, 'base64').toString()) ?? errorType, errorMessage);
}

/** Lambda's runtime answers the error's name; the emulator's says the same of all, but the task logged it. */
function nameInLog(log: string): string | undefined {
  return /"error":\{"name":"([^"]+)"/.exec(log)?.[1];
}

function objectsOf(s3: S3Client): ObjectStore {
  return {
    get: async (Bucket, Key) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    },
    put: async (Bucket, Key, Body) => void (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))),
    list: async (Bucket, Prefix) => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
      return Contents.map(({ Key = '' }) => Key);
    },
  };
}
