/** Field of a secret that the console or a rotation function keeps as key and value. */
const SECRET_FIELD = 'clientSecret';

/** The client's secret in what a secret holds: plain text, or JSON with `clientSecret`; undefined where there is none. */
export function clientSecretIn(text: string): string | undefined {
  const value = parsed(text);
  if (typeof value !== 'object' || value === null) return text.trim() || undefined;
  const secret = Object.hasOwn(value, SECRET_FIELD) ? (value as Record<string, unknown>)[SECRET_FIELD] : undefined;
  return typeof secret === 'string' && secret !== '' ? secret : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
