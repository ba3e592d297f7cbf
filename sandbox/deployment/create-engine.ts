import { type ExecutionDescription, StepFunctionsEngine, type TaskRequest } from '../engine/index.ts';
import { refOf, resolve, type Stage } from './stage.ts';
import type { TaskHandlers } from './task-handlers.ts';
import { resourcesOfType } from './template.ts';

/** An engine with every state machine of the template, whose Task states run the real handlers. */
export function createEngine(
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
        stage.access.requireObject(executionArn, 'GetObject', bucket, key);
        return account.s3.read(bucket, key);
      },
      put: async (bucket, key, body, executionArn) => {
        stage.access.requireObject(executionArn, 'PutObject', bucket, key);
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
  // The engine imports no SDK, so its answers are typed more loosely than the account's interface.
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

/** The task behind a function's ARN. */
export function taskAt(stage: Stage, functionArn: string): string {
  const name = LAMBDA_ARN.exec(functionArn)?.[1];
  const task = name && stage.taskOf.get(name);
  if (!task) throw new Error(`the embedded deployment has no task behind ${functionArn}`);
  return task;
}

/** Gives the state machines the definitions of the generation that stands now. */
export function updateDefinitions(stage: Stage, engine: StepFunctionsEngine): void {
  for (const [id, { Properties }] of resourcesOfType(stage.template, 'AWS::StepFunctions::StateMachine')) {
    const { DefinitionString: definition } = resolve(stage, Properties) as { DefinitionString: string };
    engine.updateStateMachine({ stateMachineArn: refOf(stage, id), definition });
  }
}
