/** Whether a text is like a pattern in which `*` stands for any characters and `?` for any one. */
export function likeness(pattern: string): (text: string) => boolean {
  if (pattern === '*') return () => true;
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
  return (text) => expression.test(text);
}
