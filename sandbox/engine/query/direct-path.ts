import { isObject, type JsonValue } from '../json.ts';
import type { View } from './view.ts';

/** Said by a direct path that only JSONata itself can answer (an array on the way, a missing field). */
export const ASK_JSONATA = Symbol('ask JSONata');

export type DirectPath = (view: View) => JsonValue | typeof ASK_JSONATA;

const DIRECT_PATH = /^\$([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)*)$/;
/** Words that JSONata reads as operators or values instead of field names. */
const NOT_FIELD_NAMES = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

function rootReader(name: string, fields: string[]): ((view: View) => JsonValue | undefined) | undefined {
  if (name !== 'states') return (view) => view.lookup(name);
  switch (fields.shift()) {
    case 'input':
      return (view) => view.input;
    case 'result':
      return (view) => view.result;
    case 'errorOutput':
      return (view) => view.errorOutput;
    case 'context':
      return (view) => view.context();
    default:
      return undefined;
  }
}

/**
 * Recognises `$states.input.a.b` and `$variable.a.b` and reads them without JSONata. The answer is the same because a
 * JSONata path over plain objects whose every field exists is plain navigation, and a path that ends in an array
 * returns that array as it is; whatever else it meets on the way it leaves to JSONata.
 */
export function compileDirectPath(source: string): DirectPath | undefined {
  const match = DIRECT_PATH.exec(source);
  if (!match) return undefined;
  const fields = match[2] ? match[2].slice(1).split('.') : [];
  if (fields.some((field) => NOT_FIELD_NAMES.has(field))) return undefined;
  const readRoot = rootReader(match[1]!, fields);
  if (!readRoot) return undefined;
  return (view) => {
    let value: unknown = readRoot(view);
    for (const field of fields) {
      if (!isObject(value) || !Object.hasOwn(value, field)) return ASK_JSONATA;
      value = value[field];
    }
    return value === undefined ? ASK_JSONATA : (value as JsonValue);
  };
}
