import type { JsonValue } from '../json.ts';

/** JSONata marks its own arrays with these; a marked array would behave differently when queried again. */
const ARRAY_MARKS = ['sequence', 'keepSingleton', 'cons', 'outerWrapper', 'tupleStream'] as const;

/** Thrown for a result that JSON cannot carry. */
export class UnserializableError extends Error {
  constructor(what: string) {
    super(`the result holds ${what}, which JSON cannot represent`);
    this.name = 'UnserializableError';
  }
}

function isMarked(value: unknown[]): boolean {
  return ARRAY_MARKS.some((mark) => mark in value);
}

function sealArray(value: unknown[]): unknown[] {
  let copy: unknown[] | undefined = isMarked(value) ? Array.from(value) : undefined;
  for (let index = 0; index < value.length; index++) {
    const sealed = seal(value[index]) ?? null;
    if (sealed === value[index]) continue;
    copy ??= Array.from(value);
    copy[index] = sealed;
  }
  return copy ?? value;
}

function sealObject(value: Record<string, unknown>): Record<string, unknown> {
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) throw new UnserializableError('a function');
  let copy: Record<string, unknown> | undefined;
  for (const key in value) {
    const sealed = seal(value[key]);
    if (sealed === value[key] && sealed !== undefined) continue;
    copy ??= { ...value };
    if (sealed === undefined) delete copy[key];
    else copy[key] = sealed;
  }
  return copy ?? value;
}

function sealNumber(value: number): number {
  if (!Number.isFinite(value)) throw new UnserializableError(`the number ${value}`);
  return value;
}

/**
 * A JSONata result as plain JSON: what writing it out and reading it back would give, but sharing every part that is
 * plain already. Returns undefined for an undefined result.
 */
export function seal(value: unknown): JsonValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      return sealNumber(value);
    case 'object':
      if (value === null) return null;
      return (Array.isArray(value) ? sealArray(value) : sealObject(value as Record<string, unknown>)) as JsonValue;
    default:
      throw new UnserializableError(`a ${typeof value}`);
  }
}
