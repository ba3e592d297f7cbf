import * as v from 'valibot';
import { InvalidInputError, PROBLEMS_MAX } from '../errors.ts';

/** Longest value quoted back in a problem, so that one bad field can't fill a mail. */
const QUOTED_VALUE_MAX_CHARS = 80;

/** How valibot begins what it says of a field that is required and not there. */
const MISSING = 'Invalid key: ';

/** A problem of an input: where it is (nowhere: the whole of it), and what would be allowed there. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Parses `value` by `schema`, or throws one InvalidInputError that names every problem with its path, what was given
 * and what is allowed.
 */
export function parseContract<Schema extends v.GenericSchema>(
  what: string,
  schema: Schema,
  value: unknown,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const { issues } = parsed;
  // Each quotes what was given, which for a field that nobody knows is all of the input.
  const told = problemsOf(issues.slice(0, PROBLEMS_MAX)).map((problem) => inWords(problem, value));
  throw new InvalidInputError(what, told, issues.length - told.length);
}

/** The problems that valibot found; a name that is not allowed is one of the object it was given in. */
export function problemsOf(issues: readonly v.BaseIssue<unknown>[]): Problem[] {
  return issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => key as PropertyKey);
    if (issue.type === 'raw_check') return { path: path.slice(0, -1), message: issue.message };
    const message = messageOf(issue);
    return isOfName(issue)
      ? { path: path.slice(0, -1), message: `key "${issue.input}": ${message}` }
      : { path, message };
  });
}

/** A record's key that its schema refuses; a field that is missing is named in the same way. */
const isOfName = ({ path, message }: v.BaseIssue<unknown>): boolean =>
  path?.at(-1)?.origin === 'key' && !message.startsWith(MISSING);

/** Valibot's words without what was given, which is quoted beside it; a message of ours as it is. */
function messageOf({ type, message, expected, received }: v.BaseIssue<unknown>): string {
  if (message.startsWith(MISSING)) return 'required';
  if (!message.startsWith('Invalid ') || !message.includes(`eceived ${received}`)) return message;
  if (expected === null) return message.slice(0, message.indexOf(':'));
  return `expected ${type.endsWith('_length') ? 'length ' : ''}${expected}`;
}

function inWords({ path, message }: Problem, root: unknown): string {
  const place = path.length === 0 ? '(whole input)' : path.map(String).join('.');
  return `${place}: ${message}, given ${quote(valueAt(root, path))}`;
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
  // To JSON, infinity is null.
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Nested deeper than the stack goes, or holding itself; the problem is told all the same.
    return `something that has no text (${typeof value})`;
  }
}
