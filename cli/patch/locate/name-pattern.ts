import type { NamePattern } from '../definition.ts';

/** `exact`: the source spells it; `like`: it fits around the parts that only a deployment knows. */
export type Match = 'exact' | 'like' | undefined;

/** Whether a name is the one that a source describes. */
export function matchName(pattern: NamePattern, name: string): Match {
  if (isLiteral(pattern)) return pattern.join('') === name ? 'exact' : undefined;
  if (!hasText(pattern)) return undefined;
  return fits(pattern, name) ? 'like' : undefined;
}

/** Each placeholder stands for a character or more. By reachable positions: many placeholders cost no more than few. */
function fits(pattern: NamePattern, name: string): boolean {
  let reached = [0];
  for (const part of pattern) {
    const [first = name.length] = reached;
    reached =
      part === null
        ? Array.from({ length: name.length - first }, (_, at) => first + at + 1)
        : reached.filter((at) => name.startsWith(part, at)).map((at) => at + part.length);
  }
  return reached.at(-1) === name.length;
}

export const isLiteral = (pattern: NamePattern): boolean => !pattern.includes(null);

/** False where nothing of the name can be read from the source. */
export const hasText = (pattern: NamePattern): boolean => pattern.some((part) => part !== null && /\w/.test(part));

/** A name with placeholders such as `${…}`, as a pattern. */
export function patternOf(text: string, placeholder: RegExp): NamePattern {
  const parts: (string | null)[] = [];
  let done = 0;
  for (const { index, 0: found } of text.matchAll(placeholder)) {
    parts.push(text.slice(done, index), null);
    done = index + found.length;
  }
  return [...parts, text.slice(done)].filter((part) => part !== '');
}
