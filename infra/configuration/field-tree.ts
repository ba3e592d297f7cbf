import type * as v from 'valibot';
import { fieldDocuments } from './field.ts';
import { stageFields } from './fields.ts';

interface ObjectSchema {
  readonly entries: Readonly<Record<string, v.GenericSchema>>;
}

/** A field of the configuration: `policy.strategy`, with its schema. */
export interface Field {
  path: string;
  schema: v.GenericSchema;
}

/** Every field, groups opened, in the order of documentation. */
export function allFields(): Field[] {
  return fieldsOf(stageFields, '');
}

export const fieldAt = (path: string): v.GenericSchema | undefined =>
  allFields().find((field) => field.path === path)?.schema;

/**
 * What is allowed at a path in words: a field's values, or a group's names (`''` is the whole configuration). A path
 * into a field's value (`emails.0`) is the field's; undefined where there is neither.
 */
export function allowedAt(path: string): string | undefined {
  const schema = fieldAt(path);
  if (schema !== undefined) return fieldDocuments.get(schema)?.allowed;
  const names = namesIn(path);
  if (names.length > 0) return names.join(', ');
  return path.includes('.') ? allowedAt(path.slice(0, path.lastIndexOf('.'))) : undefined;
}

function namesIn(group: string): string[] {
  const prefix = group === '' ? '' : `${group}.`;
  const paths = allFields()
    .map((field) => field.path)
    .filter((path) => path.startsWith(prefix));
  return [...new Set(paths.map((path) => path.slice(prefix.length).split('.')[0]!))];
}

function fieldsOf(object: ObjectSchema, prefix: string): Field[] {
  return Object.entries(object.entries).flatMap(([name, schema]) => {
    const path = `${prefix}${name}`;
    return fieldDocuments.has(schema) ? [{ path, schema }] : fieldsOf(groupOf(schema, path), `${path}.`);
  });
}

/** A group is an object behind its default (`v.optional`). */
function groupOf(schema: v.GenericSchema, path: string): ObjectSchema {
  const { wrapped } = schema as v.GenericSchema & { wrapped?: ObjectSchema };
  if (wrapped?.entries === undefined) throw new Error(`configuration field ${path} has no documentation`);
  return wrapped;
}
