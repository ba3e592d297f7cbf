import validate from 'asl-validator';
import { synthesize, text } from './template.ts';

interface AslState {
  Type: string;
  Comment?: string;
  Resource?: string;
  Arguments?: { FunctionName?: string };
  TimeoutSeconds?: number | string;
  HeartbeatSeconds?: number | string;
  Retry?: { ErrorEquals: string[]; MaxAttempts: number; BackoffRate: number; MaxDelaySeconds?: number }[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  ItemProcessor?: AslMachine;
  ItemSelector?: unknown;
}

interface AslMachine {
  Comment?: string;
  StartAt: string;
  States: Record<string, AslState>;
  QueryLanguage?: string;
  TimeoutSeconds?: number;
  ProcessorConfig?: { Mode: string; ExecutionType?: string };
}

const template = synthesize();
const machines = template.ofType('AWS::StepFunctions::StateMachine').map(([logicalId, { Properties: properties }]) => ({
  logicalId,
  properties,
  definition: JSON.parse(withArns(properties.DefinitionString)) as AslMachine,
}));
const states = machines.flatMap(({ definition }) => statesIn(definition));
const tasks = states.filter(({ state }) => state.Type === 'Task');

/** References as ARNs, which is all that validators look at. */
function withArns(definition: unknown): string {
  return text(definition).replace(/<([\w:.]+)>/g, (_, reference: string) =>
    reference === 'AWS::Partition' ? 'aws' : `arn:aws:lambda:eu-central-1:123456789012:function:${reference}`,
  );
}

function statesIn(
  machine: AslMachine,
  express = machine.ProcessorConfig?.ExecutionType === 'EXPRESS',
): { name: string; state: AslState; express: boolean }[] {
  return Object.entries(machine.States).flatMap(([name, state]) => {
    const inner = state.ItemProcessor;
    const isExpress = express || inner?.ProcessorConfig?.ExecutionType === 'EXPRESS';
    return [{ name, state, express }, ...(inner === undefined ? [] : statesIn(inner, isExpress))];
  });
}

describe.each(machines)('$logicalId', ({ definition, properties }) => {
  it('is accepted by asl-validator', () => {
    expect(validate(definition).errors).toEqual([]);
    expect(validate(definition).isValid).toBe(true);
  });

  it('is written in JSONata', () => {
    expect(definition.QueryLanguage).toBe('JSONata');
  });

  it('says in the console what it is for, how to start it, and what each of its states does', () => {
    const all = statesIn(definition);
    expect(definition.Comment).toMatch(/^Rightsizer's .{20,}\{"action": "|Start it with \{\}/);
    // Words of its own: a comment that says the state's name again helps nobody.
    const wordless = all.filter(({ state }) => (state.Comment ?? '').split(' ').length < 5);
    expect(wordless.map(({ name }) => name)).toEqual([]);
  });

  it('ends by itself', () => {
    expect(definition.TimeoutSeconds).toBeGreaterThan(0);
  });

  it('is traced, and logs errors without the data that holds task tokens', () => {
    expect(properties.TracingConfiguration).toEqual({ Enabled: true });
    expect(properties.LoggingConfiguration).toMatchObject({ IncludeExecutionData: false, Level: 'ERROR' });
  });
});

it('has Task states', () => {
  expect(tasks.length).toBeGreaterThanOrEqual(16);
});

describe.each(tasks)('Task state $name', ({ state, express }) => {
  it('says what it is for', () => {
    expect(state.Comment?.length).toBeGreaterThan(10);
  });

  it('has a timeout', () => {
    expect(state.TimeoutSeconds).toBeDefined();
  });

  it('retries with growing, bounded delays and catches what is left', () => {
    expect(state.Retry?.length).toBeGreaterThan(0);
    for (const retry of state.Retry ?? []) {
      expect(retry.MaxAttempts).toBeGreaterThan(0);
      expect(retry.BackoffRate).toBeGreaterThan(1);
      expect(retry.MaxDelaySeconds).toBeGreaterThan(0);
    }
    expect(state.Catch?.some(({ ErrorEquals: errors }) => errors.includes('States.ALL'))).toBe(true);
  });

  it('waits for no callback in an Express child, which has none', () => {
    expect(express && state.Resource?.endsWith('.waitForTaskToken')).toBe(false);
  });

  it('invokes a published version that ends before the state gives up on it', () => {
    const version = /function:(\w+)$/.exec(functionOf(state))?.[1] ?? '';
    const published = template.resources[version];
    expect(published?.Type).toBe('AWS::Lambda::Version');
    const { Timeout: timeout } = template.resources[published?.Properties.FunctionName.Ref]!.Properties;
    if (typeof state.TimeoutSeconds === 'number') expect(timeout).toBeLessThanOrEqual(state.TimeoutSeconds);
    if (typeof state.HeartbeatSeconds === 'number' && typeof state.TimeoutSeconds === 'number') {
      expect(state.HeartbeatSeconds).toBeLessThan(state.TimeoutSeconds);
    }
  });
});

function functionOf({ Resource: resource, Arguments: args }: AslState): string {
  return resource?.startsWith('arn:aws:states:::') ? (args?.FunctionName ?? '') : (resource ?? '');
}

it.each(['ConfigureAlarms', 'ConfigureAutoScaling', 'ApplyColdStartMitigation'])(
  'a round of %s is waited for until Lambda itself ends it, which is tried again where a timeout of the state is not',
  (name) => {
    const [round] = tasks.filter((each) => each.name === name);
    const task = name.replaceAll(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
    const { Timeout: seconds } = template.task(task as Parameters<typeof template.task>[0]).resource.Properties;
    expect(round?.state.TimeoutSeconds).toBeGreaterThan(seconds);
    const retried = round?.state.Retry?.flatMap(({ ErrorEquals }) => ErrorEquals);
    expect(retried).toContain('Sandbox.Timedout');
    expect(retried).not.toContain('States.Timeout');
  },
);
