import { isObject } from '../json.ts';
import type { Template } from '../query/template.ts';
import type { FieldReader } from './field-reader.ts';

/** Unicode identifiers of at most 80 characters (Step Functions, "Variable name syntax"). */
const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u;

/** Variable names an Assign field sets. */
export function assignedNames(assign: Template | undefined): readonly string[] {
  if (assign?.kind === 'object') return assign.entries.map(([name]) => name);
  return assign?.kind === 'literal' && isObject(assign.value) ? Object.keys(assign.value) : [];
}

/** Reads the `Assign` field: an object from variable names to templates. */
export function parseAssign(fields: FieldReader): Template | undefined {
  if (!fields.has('Assign')) return undefined;
  const value = fields.raw('Assign');
  if (!isObject(value)) {
    fields.problem('Assign', 'must be an object from variable names to values');
    return undefined;
  }
  for (const name of Object.keys(value)) {
    if (name === 'states') fields.problem('Assign.states', 'is reserved');
    else if (!VARIABLE_NAME.test(name)) fields.problem(`Assign.${name}`, 'is no valid variable name');
  }
  return fields.template('Assign');
}
