import { InvalidDefinitionError } from '../errors.ts';
import type { ExpressionCompiler } from '../query/expression.ts';
import { FieldReader } from './field-reader.ts';
import { MAX_SECONDS } from './parse-errors.ts';
import { type MachineContext, parseStates } from './parse-states.ts';
import { Problems } from './problems.ts';
import type { MachineProgram, MachineType } from './program.ts';
import { checkVariableScopes } from './variable-scopes.ts';

/** Largest definition Step Functions stores, in bytes. */
const MAX_DEFINITION_BYTES = 1_048_576;

function parseJson(definition: string | object, problems: Problems): unknown {
  if (typeof definition !== 'string') return definition;
  if (Buffer.byteLength(definition) > MAX_DEFINITION_BYTES) problems.add('$', 'is larger than 1 MiB');
  try {
    return JSON.parse(definition);
  } catch (error) {
    problems.add('$', `is no valid JSON: ${(error as Error).message}`);
    return {};
  }
}

/**
 * Reads and checks a definition; throws one `InvalidDefinitionError` that names every problem. Whatever this engine
 * does not implement is a problem: nothing is ignored.
 */
export function parseMachine(
  name: string,
  definition: string | object,
  machineType: MachineType,
  compiler: ExpressionCompiler,
): MachineProgram {
  const problems = new Problems();
  const root = new FieldReader(parseJson(definition, problems), '$', { problems, compiler });
  const context: MachineContext = {
    problems,
    compiler,
    machineType,
    jsonataByDefault: root.oneOf('QueryLanguage', ['JSONata', 'JSONPath']) === 'JSONata',
    stateNames: new Set(),
  };
  root.oneOf('Version', ['1.0']);
  const timeoutSeconds = root.number('TimeoutSeconds', { min: 1, max: MAX_SECONDS, integer: true });
  const program = parseStates(root, context);
  root.finish();
  checkVariableScopes(program, problems);
  if (problems.lines.length > 0) throw new InvalidDefinitionError(name, problems.lines);
  return { ...program, timeoutSeconds };
}
