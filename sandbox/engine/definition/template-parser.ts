import { isObject, type JsonValue } from '../json.ts';
import { type Expression, jsonataProblem } from '../query/expression.ts';
import type { Template } from '../query/template.ts';
import type { ParseContext } from './field-reader.ts';

const OPEN = '{%';
const CLOSE = '%}';
const JSONPATH_VALUE = /^\$\$?[.[][A-Za-z_'"]/;
const INTRINSIC_VALUE = /^States\.[A-Z]\w*\(/;

/** True for a string that Step Functions evaluates as JSONata. */
export function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(OPEN) && value.endsWith(CLOSE);
}

function checkReferences({ scan }: Expression, path: string, context: ParseContext): void {
  for (const problem of scan.problems) context.problems.add(path, problem);
  if (scan.names.has('eval')) context.problems.add(path, 'uses $eval, which Step Functions does not offer; use $parse');
  if (scan.statesFields.has('errorOutput') && !context.isInCatcher) {
    context.problems.add(
      path,
      "Reference to '$states.errorOutput' is only supported in the Output and Assign of a Catch",
    );
  }
}

function compileExpression(text: string, path: string, context: ParseContext): Expression | undefined {
  const source = text.slice(OPEN.length, -CLOSE.length).trim();
  if (source === '') {
    context.problems.add(path, 'is an empty expression');
    return undefined;
  }
  try {
    const expression = context.compiler.compile(source);
    checkReferences(expression, path, context);
    return expression;
  } catch (error) {
    context.problems.add(path, `is no valid JSONata: ${jsonataProblem(error)}`);
    return undefined;
  }
}

function compileString(text: string, field: string, path: string, context: ParseContext): Template {
  if (isExpression(text)) {
    const expression = compileExpression(text, path, context);
    return expression ? { kind: 'expression', field, expression } : { kind: 'literal', value: null };
  }
  if (text.startsWith(OPEN)) context.problems.add(path, `starts with '${OPEN}' but does not end with '${CLOSE}'`);
  if (JSONPATH_VALUE.test(text))
    context.problems.add(path, `is a JSONPath reference (${text}); only JSONata is supported`);
  if (INTRINSIC_VALUE.test(text))
    context.problems.add(path, `is an intrinsic function (${text}); only JSONata is supported`);
  return { kind: 'literal', value: text };
}

function compileObject(value: Record<string, JsonValue>, field: string, path: string, context: ParseContext): Template {
  const entries = Object.entries(value).map(([key, child]) => {
    if (key.endsWith('.$')) context.problems.add(`${path}.${key}`, 'is a JSONPath key; only JSONata is supported');
    return [key, compileTemplate(child, `${field}/${key}`, `${path}.${key}`, context)] as const;
  });
  return isConstant(entries.map(([, template]) => template)) ? { kind: 'literal', value } : { kind: 'object', entries };
}

function isConstant(templates: readonly Template[]): boolean {
  return templates.every((template) => template.kind === 'literal');
}

/**
 * Compiles a JSON value. `field` is the name Step Functions would use in an error (`Arguments/Payload`), `path` leads
 * to it in the definition.
 */
export function compileTemplate(value: JsonValue, field: string, path: string, context: ParseContext): Template {
  if (typeof value === 'string') return compileString(value, field, path, context);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compileTemplate(item, `${field}[${index}]`, `${path}[${index}]`, context));
    return isConstant(items) ? { kind: 'literal', value } : { kind: 'array', items };
  }
  if (isObject(value)) return compileObject(value as Record<string, JsonValue>, field, path, context);
  return { kind: 'literal', value };
}
