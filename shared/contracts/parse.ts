import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { InvalidInputError } from '../errors.ts';

/** Longest value quoted back in a problem, so that one bad field can't fill a mail. */
const QUOTED_VALUE_MAX_CHARS = 80;

z.config(en());

/**
 * Parses `value` by `schema`, or throws one InvalidInputError that names every problem with its path, what was given
 * and what is allowed.
 */
export function parseContract<Schema extends z.ZodMiniType>(
  what: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    what,
    parsed.error.issues.map((issue) => describeIssue(issue, value)),
  );
}

function describeIssue(issue: z.core.$ZodIssue, root: unknown): string {
  const path = issue.path.length === 0 ? '(whole input)' : issue.path.map(String).join('.');
  return `${path}: ${issue.message}, given ${quote(valueAt(root, issue.path))}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], root);
}

function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = textOf(value);
  return text.length > QUOTED_VALUE_MAX_CHARS ? `${text.slice(0, QUOTED_VALUE_MAX_CHARS)}…` : text;
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Nested deeper than the stack goes, or holding itself; the problem is told all the same.
    return `something that has no text (${typeof value})`;
  }
}
