/** A DynamoDB stream record as Lambda gets it, as far as filters look at it. */
export type StreamRecord = Record<string, unknown>;

type Rule = unknown;

/**
 * Lambda's event filtering for the rules the stack uses: equality, `prefix` and nested fields; a list of rules is an
 * alternative. Anything else is refused.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export function matchesFilter(record: unknown, pattern: Record<string, unknown>): boolean {
  return Object.entries(pattern).every(([field, rule]) => {
    const value = (record as Record<string, unknown> | undefined)?.[field];
    if (Array.isArray(rule)) return rule.some((alternative) => matchesRule(value, alternative));
    return matchesFilter(value, rule as Record<string, unknown>);
  });
}

function matchesRule(value: unknown, rule: Rule): boolean {
  if (typeof rule === 'string' || typeof rule === 'number' || rule === null) return value === rule;
  const [name, argument] = Object.entries(rule as Record<string, unknown>)[0] ?? [];
  if (name === 'prefix') return typeof value === 'string' && value.startsWith(String(argument));
  throw new Error(`the embedded deployment does not know the filter rule ${JSON.stringify(rule)}`);
}
