/**
 * Wraps a JSONata expression written over several lines into the one-line `{% … %}` that validators of the language
 * accept. White space is folded everywhere, so string literals must not rely on more than single blanks.
 */
export function jsonata(expression: string): string {
  return `{% ${expression.replace(/\s+/g, ' ').trim()} %}`;
}
