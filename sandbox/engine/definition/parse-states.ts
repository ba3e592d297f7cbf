import { isObject } from '../json.ts';
import { FieldReader, type ParseContext } from './field-reader.ts';
import { parseAssign } from './parse-assign.ts';
import { parseDistributed } from './parse-distributed.ts';
import { parseCatch, parseRetry } from './parse-errors.ts';
import { parseChoice, parseFail, parsePass, parseSucceed, parseWait } from './parse-simple-states.ts';
import { parseTask } from './parse-task.ts';
import { parseTransition } from './parse-transition.ts';
import type { MachineType, MapState, ParallelState, StateProgram, StatesProgram } from './program.ts';
import { checkTransitions } from './transitions.ts';

const MAX_STATE_NAME_CHARACTERS = 80;

/** What the enclosing machine decides for the states inside it. */
export interface MachineContext extends ParseContext {
  readonly machineType: MachineType;
  /** Whether states without a `QueryLanguage` of their own are in JSONata. */
  readonly jsonataByDefault: boolean;
  /** Names of all states so far: they are unique in the whole machine. */
  readonly stateNames: Set<string>;
}

function parseParallel(name: string, fields: FieldReader, machine: MachineContext): ParallelState {
  const branches = fields.array('Branches');
  if (branches.length === 0) fields.problem('Branches', 'must be a non-empty array');
  return {
    type: 'Parallel',
    name,
    arguments: fields.template('Arguments'),
    branches: branches.map((branch, index) => {
      const branchFields = new FieldReader(branch, `${fields.path}.Branches[${index}]`, machine);
      const program = parseStates(branchFields, machine);
      branchFields.finish();
      return program;
    }),
    retry: parseRetry(fields),
    catch: parseCatch(fields),
    assign: parseAssign(fields),
    output: fields.template('Output'),
    next: parseTransition(fields),
  };
}

function parseMode(processor: FieldReader, machine: MachineContext): MachineType | undefined {
  if (!processor.has('ProcessorConfig')) return undefined;
  const config = new FieldReader(processor.raw('ProcessorConfig'), `${processor.path}.ProcessorConfig`, machine);
  const mode = config.oneOf('Mode', ['INLINE', 'DISTRIBUTED']) ?? 'INLINE';
  const executionType = config.oneOf('ExecutionType', ['STANDARD', 'EXPRESS']);
  if ((mode === 'DISTRIBUTED') !== config.has('ExecutionType')) {
    config.problem('ExecutionType', 'must be there if, and only if, Mode is DISTRIBUTED');
  }
  if (mode === 'DISTRIBUTED' && machine.machineType === 'EXPRESS') {
    config.problem('Mode', 'DISTRIBUTED is not available in an Express machine');
  }
  config.finish();
  return mode === 'DISTRIBUTED' ? (executionType ?? 'STANDARD') : undefined;
}

function parseMap(name: string, fields: FieldReader, machine: MachineContext): MapState {
  if (!fields.has('ItemProcessor')) fields.problem('ItemProcessor', 'is required');
  const processorFields = new FieldReader(fields.raw('ItemProcessor') ?? {}, `${fields.path}.ItemProcessor`, machine);
  const childType = parseMode(processorFields, machine);
  const processor = parseStates(processorFields, childType ? { ...machine, machineType: childType } : machine);
  processorFields.finish();
  return {
    type: 'Map',
    name,
    items: parseItems(fields),
    itemSelector: fields.template('ItemSelector'),
    maxConcurrency: fields.numberOrExpression('MaxConcurrency', { min: 0, max: 10_000, integer: true }),
    processor,
    distributed: childType ? parseDistributed(name, fields, childType) : undefined,
    retry: parseRetry(fields),
    catch: parseCatch(fields),
    assign: parseAssign(fields),
    output: fields.template('Output'),
    next: parseTransition(fields),
  };
}

function parseItems(fields: FieldReader): MapState['items'] {
  const items = fields.raw('Items');
  if (items !== undefined && typeof items !== 'string' && !Array.isArray(items)) {
    fields.problem('Items', 'must be an array or an expression (an object is not supported)');
  }
  return fields.template('Items');
}

const PARSERS: Record<
  StateProgram['type'],
  (name: string, fields: FieldReader, machine: MachineContext) => StateProgram
> = {
  Task: (name, fields, machine) => parseTask(name, fields, machine.machineType),
  Choice: parseChoice,
  Parallel: parseParallel,
  Pass: parsePass,
  Wait: parseWait,
  Succeed: parseSucceed,
  Fail: parseFail,
  Map: parseMap,
};

function checkQueryLanguage(fields: FieldReader, machine: MachineContext): void {
  const own = fields.oneOf('QueryLanguage', ['JSONata', 'JSONPath']);
  if (own === 'JSONata' || (own === undefined && machine.jsonataByDefault)) return;
  fields.problem('QueryLanguage', 'must be JSONata: JSONPath is not supported');
}

function parseState(name: string, value: unknown, path: string, machine: MachineContext): StateProgram | undefined {
  const fields = new FieldReader(value, path, machine);
  const type = fields.raw('Type');
  if (name.length > MAX_STATE_NAME_CHARACTERS)
    fields.context.problems.add(path, 'has a name longer than 80 characters');
  if (machine.stateNames.has(name))
    fields.context.problems.add(path, 'has a name used by another state of the machine');
  machine.stateNames.add(name);
  if (typeof type !== 'string' || !Object.hasOwn(PARSERS, type)) {
    fields.problem('Type', `is not supported: ${JSON.stringify(type)}`);
    return undefined;
  }
  checkQueryLanguage(fields, machine);
  const state = PARSERS[type as StateProgram['type']](name, fields, machine);
  fields.finish();
  return state;
}

/** Reads `StartAt` and `States` of a machine, branch or processor. */
export function parseStates(fields: FieldReader, machine: MachineContext): StatesProgram {
  const startAt = fields.requiredString('StartAt');
  const definitions = fields.raw('States');
  const states = new Map<string, StateProgram>();
  if (!isObject(definitions) || Object.keys(definitions).length === 0) {
    fields.problem('States', 'must be a non-empty object');
    return { startAt, states };
  }
  for (const [name, value] of Object.entries(definitions)) {
    const state = parseState(name, value, `${fields.path}.States.${name}`, machine);
    if (state) states.set(name, state);
  }
  checkTransitions(fields, startAt, states, Object.keys(definitions));
  return { startAt, states };
}
