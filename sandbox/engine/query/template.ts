import { ErrorName, StateError } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { type Expression, evaluateDirectly, evaluateFor } from './expression.ts';
import type { View } from './view.ts';

/** A JSON value in which strings of the form `{% … %}` are expressions. */
export type Template =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'expression'; readonly field: string; readonly expression: Expression }
  | { readonly kind: 'array'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Template])[] };

function evaluateExpression(template: Template & { kind: 'expression' }, view: View): JsonValue | Promise<JsonValue> {
  const value = evaluateDirectly(template.expression, view);
  return value === undefined ? evaluateFor(template.field, template.expression, view) : value;
}

async function evaluateObject(entries: readonly (readonly [string, Template])[], view: View): Promise<JsonObject> {
  const result: Record<string, JsonValue> = {};
  for (const [key, template] of entries) {
    const value = evaluateTemplate(template, view);
    result[key] = value instanceof Promise ? await value : value;
  }
  return result;
}

async function evaluateArray(items: readonly Template[], view: View): Promise<readonly JsonValue[]> {
  const result: JsonValue[] = [];
  for (const template of items) result.push(await evaluateTemplate(template, view));
  return result;
}

/** The template's value; a promise only if something in it needs JSONata. Throws or rejects with a `StateError`. */
export function evaluateTemplate(template: Template, view: View): JsonValue | Promise<JsonValue> {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return evaluateExpression(template, view);
    case 'array':
      return evaluateArray(template.items, view);
    case 'object':
      return evaluateObject(template.entries, view);
  }
}

function unexpectedType(template: Template, expected: string, value: JsonValue): StateError {
  const source = template.kind === 'expression' ? template.expression.source : JSON.stringify(value);
  const field = template.kind === 'expression' ? template.field : '';
  const got = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const cause =
    `The JSONata expression '${source}' specified for the field '${field}' returned an unexpected result type. ` +
    `Expected '${expected}', but was '${got}' for value: ${JSON.stringify(value)}`;
  return new StateError(ErrorName.queryEvaluationError, cause, { location: field });
}

/** Evaluates a field that must be a whole number within bounds. */
export async function evaluateInteger(
  template: Template,
  view: View,
  bounds: { readonly min: number; readonly max: number },
): Promise<number> {
  const value = await evaluateTemplate(template, view);
  if (typeof value !== 'number' || !Number.isInteger(value)) throw unexpectedType(template, 'integer', value);
  return withinBounds(template, value, bounds);
}

/** Evaluates a field that must be a number within bounds. */
export async function evaluateNumber(
  template: Template,
  view: View,
  bounds: { readonly min: number; readonly max: number },
): Promise<number> {
  const value = await evaluateTemplate(template, view);
  if (typeof value !== 'number') throw unexpectedType(template, 'number', value);
  return withinBounds(template, value, bounds);
}

function withinBounds(template: Template, value: number, bounds: { min: number; max: number }): number {
  if (value >= bounds.min && value <= bounds.max) return value;
  const field = template.kind === 'expression' ? template.field : '';
  const cause = `The value ${value} of the field '${field}' is out of range: it must be from ${bounds.min} to ${bounds.max}`;
  throw new StateError(ErrorName.queryEvaluationError, cause, { location: field });
}

export async function evaluateString(template: Template, view: View): Promise<string> {
  const value = await evaluateTemplate(template, view);
  if (typeof value !== 'string') throw unexpectedType(template, 'string', value);
  return value;
}

export async function evaluateBoolean(template: Template, view: View): Promise<boolean> {
  const value = await evaluateTemplate(template, view);
  if (typeof value !== 'boolean') throw unexpectedType(template, 'boolean', value);
  return value;
}

export async function evaluateArrayField(template: Template, view: View): Promise<readonly JsonValue[]> {
  const value = await evaluateTemplate(template, view);
  if (!Array.isArray(value)) throw unexpectedType(template, 'array', value);
  return value;
}
