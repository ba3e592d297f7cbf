import { registerClientPlugin } from '../../shared/clients/sdk.ts';
import { useClock } from '../../shared/clock.ts';
import type { ExecutionDescription, StepFunctionsEngine } from '../engine/index.ts';
import { AheadOfTurn } from './ahead-of-turn.ts';
import { createEngine, taskAt, updateDefinitions } from './create-engine.ts';
import { createResources, enterFunctionEnvironments } from './create-resources.ts';
import { type DeployOptions, enterGeneration, openStage, resolve, type Stage } from './stage.ts';
import { connectStreams } from './stream-consumers.ts';
import { type InvocationTimes, TaskHandlers } from './task-handlers.ts';
import { resourcesOfType, type Template } from './template.ts';

/** Tasks that need nothing but their event: no AWS, no clock, no randomness. */
const PURE_TASKS = ['analyze'];

/** Lambda's own where a template says nothing. */
const LAMBDA_TIMEOUT_SECONDS = 3;

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
   * another definition. Handlers keep the environment of the first, since all of them run in one process; those that
   * were not called yet can be given the new one.
   */
  update(template: Template, options?: { newEnvironment: boolean }): void;
  /** Published versions that the template names, as `task:version`. */
  versions(): string[];
  /** Takes the account out of the SDK clients and puts the process's own clock back. */
  dispose(): void;
}

/** Makes every resource of a synthesized template that does something in the account, and wires the rest. */
export async function deploy(options: DeployOptions): Promise<Deployment> {
  const apiEndpoint = options.apiEndpoint ?? `https://rightsizer.execute-api.${options.account.region}.amazonaws.com`;
  const stage = openStage(options, apiEndpoint);
  const stopPlugin = registerClientPlugin(options.account.plugin());
  const restoreClock = useClock(options.clock);
  await createResources(stage);
  const handlers = new TaskHandlers(timesOf(stage));
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
    update: (next, { newEnvironment } = { newEnvironment: false }) => {
      enterGeneration(stage, next);
      if (newEnvironment) enterFunctionEnvironments(stage);
      updateDefinitions(stage, engine);
    },
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

/** How long functions may run, as the template that stands now says. */
function timesOf(stage: Stage): InvocationTimes {
  let read: Template | undefined;
  const timeouts = new Map<string, number>();
  return {
    now: () => stage.clock.now(),
    timeoutMs: (task) => {
      if (read !== stage.template) {
        read = stage.template;
        for (const [id, { Properties }] of resourcesOfType(read, 'AWS::Lambda::Function')) {
          const its = stage.taskOf.get(stage.resources.get(id)!.ref);
          if (its !== undefined) timeouts.set(its, Number(Properties?.['Timeout'] ?? LAMBDA_TIMEOUT_SECONDS) * 1_000);
        }
      }
      return timeouts.get(task) ?? LAMBDA_TIMEOUT_SECONDS * 1_000;
    },
  };
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
