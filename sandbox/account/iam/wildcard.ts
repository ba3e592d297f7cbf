/** Whether a text is what a pattern stands for. */
export type Matcher = (text: string) => boolean;

/**
 * Compiles IAM's patterns: `*` stands for any characters, those that separate an ARN's parts among them, and `?` for
 * one. Most patterns are whole texts or have their only `*` at the end, and are called thousands of times a night.
 */
export function wildcard(pattern: string): Matcher {
  const first = pattern.search(/[*?]/);
  if (first === -1) return (text) => text === pattern;
  const start = pattern.slice(0, first);
  if (first === pattern.length - 1 && pattern.endsWith('*')) return (text) => text.startsWith(start);
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const compiled = new RegExp(`^${expression}$`, 's');
  return (text) => compiled.test(text);
}

/** Whether any of the patterns stands for the text. */
export function anyOf(patterns: readonly string[]): Matcher {
  const matchers = patterns.map(wildcard);
  return (text) => matchers.some((matches) => matches(text));
}

const ARN_PARTS = 6;

/** An ARN's pattern, whose six parts are compared each by itself: a `*` in one of them ends at its colon. */
export function arnPattern(pattern: string): Matcher {
  const parts = partsOf(pattern).map(wildcard);
  return (text) => {
    const actual = partsOf(text);
    return actual.length === ARN_PARTS && parts.length === ARN_PARTS && parts.every((part, at) => part(actual[at]!));
  };
}

/** The sixth part is the resource, which may hold colons itself. */
function partsOf(arn: string): string[] {
  const all = arn.split(':');
  return all.length < ARN_PARTS ? all : [...all.slice(0, ARN_PARTS - 1), all.slice(ARN_PARTS - 1).join(':')];
}
