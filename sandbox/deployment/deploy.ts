import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { createClient, registerClientPlugin } from '../../shared/clients/sdk.ts';
import { useClock } from '../../shared/clock.ts';
import type { SandboxAccount } from '../account/sandbox-account.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { type ExecutionDescription, StepFunctionsEngine, type TaskRequest } from '../engine/index.ts';
import { Access } from './access.ts';
import { AheadOfTurn } from './ahead-of-turn.ts';
import { enterEnvironment } from './environment.ts';
import { identifyResources } from './identities.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';
import { connectStreams } from './stream-consumers.ts';
import { TaskHandlers } from './task-handlers.ts';
import { type DeployedResource, type PseudoParameters, resourcesOfType, type Template } from './template.ts';

const TASK_METADATA = 'rightsizer:task';

export interface DeployOptions {
  template: Template;
  stackName: string;
  account: SandboxAccount;
  clock: VirtualClock;
  seed: number;
  /** @default 'https://rightsizer.execute-api.us-east-1.amazonaws.com' */
  apiEndpoint?: string;
  /** Threads that run pure tasks ahead of their turn; the night is the same with any number. @default 0 */
  threads?: number;
}

/** Tasks that need nothing but their event: no AWS, no clock, no randomness. */
const PURE_TASKS = ['analyze'];

/** A stack that runs in the embedded account. */
export interface Deployment {
  engine: StepFunctionsEngine;
  handlers: TaskHandlers;
  /** Executions that are over, by ARN. */
  ended: ReadonlyMap<string, ExecutionDescription>;
  stateMachineArn: string;
  tableName: string;
  bucketName: string;
  digestTopicArn: string;
  schedule: { cron: string; timeZone: string; input: string };
  apiEndpoint: string;
  /** An output of the stack. */
  output(name: string): string;
  /** Invokes a task outside the state machine, as API Gateway or a stream does. */
  invoke(task: string, event: unknown): Promise<unknown>;
  /**
   * Deploys the stack's next generation over this one: functions that changed get another version, state machines
   * another definition. Handlers keep the environment of the first, since all of them run in one process.
   */
  update(template: Template): void;
  /** Published versions that the template names, as `task:version`. */
  versions(): string[];
  /** Takes the account out of the SDK clients and puts the process's own clock back. */
  dispose(): void;
}

interface Stage extends DeployOptions {
  apiEndpoint: string;
  pseudo: PseudoParameters;
  resources: Map<string, DeployedResource>;
  /** Task by the function's name. */
  taskOf: Map<string, string>;
  /** What the stack's roles allow; another with every generation of the stack. */
  access: Access;
}

/** Makes every resource of a synthesized template that does something in the account, and wires the rest. */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const apiEndpoint = options.apiEndpoint ?? `https://rightsizer.execute-api.${options.account.region}.amazonaws.com`;
  const stage = openStage(options, apiEndpoint);
  const stopPlugin = registerClientPlugin(options.account.plugin());
  const restoreClock = useClock(options.clock);
  createFunctions(stage);
  await options.clock.complete(async () => {
    await createTables(stage);
    await createTopics(stage);
  });
  for (const [id] of resourcesOfType(stage.template, 'AWS::S3::Bucket'))
    options.account.s3.createBucket(refOf(stage, id));
  const handlers = new TaskHandlers();
  handlers.actAs = (task, work) => stage.access.asTask(task, work);
  if (options.threads) handlers.ahead = new AheadOfTurn(options.threads, PURE_TASKS);
  const ended = new Map<string, ExecutionDescription>();
  const engine = createEngine(stage, handlers, ended);
  connectStreams({ ...stage, handlers, resolve: (value) => resolve(stage, value) });
  return {
    engine,
    handlers,
    ended,
    apiEndpoint,
    ...outputsOf(stage),
    schedule: scheduleOf(stage),
    output: (name) => String(resolve(stage, stage.template.Outputs?.[name]?.Value ?? '')),
    invoke: (task, event) => handlers.invoke(task, event, `arn:aws:lambda:::function:${task}`),
    update: (next) => updateStack(stage, next, engine),
    versions: () =>
      resourcesOfType(stage.template, 'AWS::Lambda::Version').map(([id]) => {
        const { ref, attributes } = stage.resources.get(id)!;
        return `${taskAt(stage, ref)}:${attributes['Version']}`;
      }),
    dispose: () => {
      handlers.ahead?.dispose();
      stopPlugin();
      restoreClock();
    },
  };
}

function openStage(options: DeployOptions, apiEndpoint: string): Stage {
  const { account, stackName, template } = options;
  const pseudo: PseudoParameters = {
    'AWS::Region': account.region,
    'AWS::AccountId': account.accountId,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${account.region}:${account.accountId}:stack/${stackName}/1`,
  };
  const resources = identifyResources(template, { pseudo, apiEndpoint });
  const taskOf = tasksIn(template, resources);
  return {
    ...options,
    apiEndpoint,
    pseudo,
    resources,
    taskOf,
    access: accessOf(account, { template, resources, pseudo, taskOf }),
  };
}

type Named = Pick<Stage, 'template' | 'resources' | 'pseudo' | 'taskOf'>;

const accessOf = ({ iam }: SandboxAccount, { template, resources, pseudo, taskOf }: Named): Access =>
  new Access({ template, iam, taskOf, resolve: (value) => resolveIntrinsics(value, resources, pseudo) });

function tasksIn(template: Template, resources: ReadonlyMap<string, DeployedResource>): Map<string, string> {
  const tasks = resourcesOfType(template, 'AWS::Lambda::Function').flatMap(([id, { Metadata }]) => {
    const task = Metadata?.[TASK_METADATA];
    return typeof task === 'string' ? [[resources.get(id)!.ref, task] as const] : [];
  });
  return new Map(tasks);
}

function updateStack(stage: Stage, template: Template, engine: StepFunctionsEngine): void {
  stage.resources = identifyResources(template, stage, stage.resources);
  stage.template = template;
  stage.access = accessOf(stage.account, stage);
  for (const [id, { Properties }] of resourcesOfType(template, 'AWS::StepFunctions::StateMachine')) {
    const { DefinitionString: definition } = resolve(stage, Properties) as { DefinitionString: string };
    engine.updateStateMachine({ stateMachineArn: refOf(stage, id), definition });
  }
}

const resolve = (stage: Stage, value: unknown): unknown => resolveIntrinsics(value, stage.resources, stage.pseudo);
const refOf = (stage: Stage, logicalId: string): string => stage.resources.get(logicalId)?.ref ?? '';

function createFunctions(stage: Stage): void {
  const environments: Record<string, string>[] = [];
  for (const [id, { Properties }] of resourcesOfType(stage.template, 'AWS::Lambda::Function')) {
    const properties = resolve(stage, Properties) as {
      Runtime: string;
      MemorySize?: number;
      Timeout?: number;
      Architectures?: string[];
      Environment?: { Variables: Record<string, string> };
      Tags?: { Key: string; Value: string }[];
    };
    const name = refOf(stage, id);
    environments.push(properties.Environment?.Variables ?? {});
    stage.account.lambda.createFunction(
      {
        FunctionName: name,
        Runtime: properties.Runtime as 'nodejs24.x',
        MemorySize: properties.MemorySize,
        Timeout: properties.Timeout,
        Architectures: properties.Architectures as ['arm64'] | undefined,
      },
      { tags: { ...tagsOf(properties.Tags), 'aws:cloudformation:stack-name': stage.stackName } },
    );
  }
  enterEnvironment(environments);
}

const tagsOf = (tags: { Key: string; Value: string }[] = []): Record<string, string> =>
  Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));

async function createTables(stage: Stage): Promise<void> {
  const client = createClient(DynamoDBClient);
  for (const [id, { Properties }] of resourcesOfType(stage.template, 'AWS::DynamoDB::Table')) {
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } = resolve(
      stage,
      Properties,
    ) as CreateTableCommandInput;
    const TableName = refOf(stage, id);
    const input = {
      TableName,
      AttributeDefinitions,
      KeySchema,
      BillingMode,
      ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
    };
    await client.send(new CreateTableCommand(input));
  }
}

async function createTopics(stage: Stage): Promise<void> {
  const client = createClient(SNSClient);
  for (const [id] of resourcesOfType(stage.template, 'AWS::SNS::Topic')) {
    await client.send(new CreateTopicCommand({ Name: stage.resources.get(id)?.attributes['TopicName'] }));
  }
  for (const [, { Properties }] of resourcesOfType(stage.template, 'AWS::SNS::Subscription')) {
    const { TopicArn, Protocol, Endpoint } = resolve(stage, Properties) as {
      TopicArn: string;
      Protocol: string;
      Endpoint: string;
    };
    await client.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }));
  }
}

function createEngine(
  stage: Stage,
  handlers: TaskHandlers,
  ended: Map<string, ExecutionDescription>,
): StepFunctionsEngine {
  const { account, clock, seed } = stage;
  const engine = new StepFunctionsEngine({
    clock,
    seed,
    runTask: (request) => runTask(stage, handlers, request),
    onTaskQueued: ({ resource, arguments: event }) => {
      const task = stage.taskOf.get(LAMBDA_ARN.exec(resource)?.[1] ?? '');
      if (task) handlers.ahead?.announce(task, event, resource);
    },
    onStatusChange: (execution) => {
      if (execution.status !== 'RUNNING') ended.set(execution.executionArn, execution);
    },
    objects: {
      get: async (bucket, key, executionArn) => {
        stage.access.requireObject(executionArn, 's3:GetObject', bucket, key);
        return account.s3.read(bucket, key);
      },
      put: async (bucket, key, body, executionArn) => {
        stage.access.requireObject(executionArn, 's3:PutObject', bucket, key);
        account.s3.write(bucket, key, body);
      },
      list: async (bucket, prefix) => account.s3.keys(bucket, prefix),
    },
  });
  for (const [id, { Properties }] of resourcesOfType(stage.template, 'AWS::StepFunctions::StateMachine')) {
    const { DefinitionString, StateMachineType } = resolve(stage, Properties) as {
      DefinitionString: string;
      StateMachineType?: 'STANDARD' | 'EXPRESS';
    };
    const { Arn: arn = '', Name: name = '' } = stage.resources.get(id)?.attributes ?? {};
    engine.createStateMachine({ arn, name, definition: DefinitionString, type: StateMachineType ?? 'STANDARD' });
  }
  account.states.use(engine as unknown as Parameters<typeof account.states.use>[0]);
  return engine;
}

const LAMBDA_ARN = /^arn:aws:lambda:[^:]+:\d+:function:([^:]+)(?::[^:]+)?$/;
const LAMBDA_INVOKE = /^arn:aws:states:::lambda:invoke(\.waitForTaskToken)?$/;

async function runTask(stage: Stage, handlers: TaskHandlers, request: TaskRequest): Promise<unknown> {
  const { executionArn, resource } = request;
  if (LAMBDA_INVOKE.test(resource)) {
    const { FunctionName, Payload } = request.arguments as { FunctionName: string; Payload: unknown };
    stage.access.requireInvoking(executionArn, FunctionName);
    return { StatusCode: 200, Payload: await handlers.run(taskAt(stage, FunctionName), Payload, FunctionName) };
  }
  stage.access.requireInvoking(executionArn, resource);
  return handlers.run(taskAt(stage, resource), request.arguments, resource);
}

function taskAt(stage: Stage, functionArn: string): string {
  const name = LAMBDA_ARN.exec(functionArn)?.[1];
  const task = name && stage.taskOf.get(name);
  if (!task) throw new Error(`the embedded deployment has no task behind ${functionArn}`);
  return task;
}

function outputsOf(stage: Stage) {
  const output = (name: string) => String(resolve(stage, stage.template.Outputs?.[name]?.Value ?? ''));
  return {
    stateMachineArn: output('StateMachineArn'),
    tableName: output('LedgerTableName'),
    bucketName: output('RunBucketName'),
    digestTopicArn: output('DigestTopicArn'),
  };
}

function scheduleOf(stage: Stage): Deployment['schedule'] {
  const [, resource] = resourcesOfType(stage.template, 'AWS::Scheduler::Schedule')[0] ?? [];
  const { ScheduleExpression, ScheduleExpressionTimezone, Target } = resolve(stage, resource?.Properties ?? {}) as {
    ScheduleExpression: string;
    ScheduleExpressionTimezone: string;
    Target: { Input: string };
  };
  return {
    cron: ScheduleExpression.replace(/^cron\(|\)$/g, ''),
    timeZone: ScheduleExpressionTimezone,
    input: Target.Input,
  };
}
