import { VirtualClock } from '../../sandbox/clock/virtual-clock.ts';
import { type JsonValue, type ObjectStore, StepFunctionsEngine, TaskError } from '../../sandbox/engine/index.ts';

const MACHINE_ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:Machine';
/** Every case starts at this virtual time. */
export const START = '2026-01-01T00:00:00Z';

/** What a mocked task does, in turn; the last entry repeats. */
export type Step =
  | { readonly returns: JsonValue; readonly afterSeconds?: number }
  | { readonly throws: readonly [name: string, cause: string]; readonly afterSeconds?: number }
  /** Answers with the arguments it got. */
  | { readonly echoes: true; readonly afterSeconds?: number };

export interface ConformanceCase {
  readonly id: string;
  /** Where the expected behaviour is specified or recorded. */
  readonly source: string;
  readonly definition: Record<string, unknown>;
  readonly type?: 'STANDARD' | 'EXPRESS';
  readonly input?: JsonValue;
  /** By function name: the last part of the Resource, or the FunctionName argument. */
  readonly tasks?: Readonly<Record<string, readonly Step[]>>;
  /** Objects to begin with, by `bucket/key`. */
  readonly objects?: Readonly<Record<string, string>>;
  readonly expect: Expectation;
}

export interface Expectation {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly output?: unknown;
  readonly error?: string;
  /** The cause holds this text. */
  readonly cause?: string;
  /** Virtual seconds from start to end. */
  readonly seconds?: number;
  /** How often each mocked task was called. */
  readonly calls?: Readonly<Record<string, number>>;
}

export interface Outcome {
  readonly status: string;
  readonly output?: unknown;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly seconds: number;
  readonly calls: Record<string, number>;
  readonly eventTypes: readonly string[];
  readonly objects: Map<string, string>;
}

/** An object store in a Map, by `bucket/key`. */
export function memoryObjects(initial: Readonly<Record<string, string>> = {}): {
  store: ObjectStore;
  objects: Map<string, string>;
} {
  const objects = new Map(Object.entries(initial));
  const store: ObjectStore = {
    get: async (bucket, key) => {
      const body = objects.get(`${bucket}/${key}`);
      if (body === undefined) throw new Error('NoSuchKey');
      return body;
    },
    put: async (bucket, key, body) => void objects.set(`${bucket}/${key}`, body),
    list: async (bucket, prefix) =>
      [...objects.keys()]
        .filter((name) => name.startsWith(`${bucket}/${prefix}`))
        .map((name) => name.slice(bucket.length + 1)),
  };
  return { store, objects };
}

function taskName(resource: string, args: unknown): string {
  if (!resource.endsWith('lambda:invoke')) return resource.split(':').at(-1)!;
  return (args as { FunctionName: string }).FunctionName;
}

async function perform(clock: VirtualClock, step: Step, args: unknown): Promise<unknown> {
  if (step.afterSeconds) await clock.sleep(step.afterSeconds * 1_000);
  if ('throws' in step) throw new TaskError(...step.throws);
  return 'echoes' in step ? args : step.returns;
}

/** Runs a case to its end and says how it went. */
export async function runCase(testCase: ConformanceCase): Promise<Outcome> {
  const clock = new VirtualClock(Date.parse(START));
  const calls: Record<string, number> = {};
  const { store, objects } = memoryObjects(testCase.objects);
  const engine = new StepFunctionsEngine({
    clock,
    objects: store,
    seed: 7,
    keepExpressHistory: true,
    runTask: async ({ resource, arguments: args }) => {
      const name = taskName(resource, args);
      const steps = testCase.tasks?.[name] ?? [];
      const number = calls[name] ?? 0;
      calls[name] = number + 1;
      const step = steps[Math.min(number, steps.length - 1)];
      if (!step) throw new TaskError('Test.UnexpectedTask', name);
      return perform(clock, step, args);
    },
  });
  engine.createStateMachine({
    arn: MACHINE_ARN,
    name: 'Machine',
    definition: testCase.definition,
    type: testCase.type ?? 'STANDARD',
  });
  const { executionArn } = await engine.startExecution({
    stateMachineArn: MACHINE_ARN,
    name: 'run',
    input: JSON.stringify(testCase.input ?? {}),
  });
  await clock.runUntilIdle();
  const description = await engine.describeExecution({ executionArn });
  const { events } = await engine.getExecutionHistory({ executionArn });
  return {
    status: description.status,
    output: description.output === undefined ? undefined : JSON.parse(description.output),
    error: description.error,
    cause: description.cause,
    seconds: (description.stopDate!.getTime() - description.startDate.getTime()) / 1_000,
    calls,
    eventTypes: events.map(({ type }) => type),
    objects,
  };
}
