/** An EventBridge event, as rules and transformers see it. */
export type BusEvent = Readonly<Record<string, unknown>>;

export interface InputTransformer {
  InputPathsMap?: Readonly<Record<string, string>>;
  InputTemplate: string;
}

/**
 * What EventBridge makes of an event by an input transformer with a JSON template: a variable in place of a value
 * becomes that value as JSON; one inside a string is put in as it is, with nothing escaped, which may break the JSON.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transformInput(
  { InputPathsMap: paths = {}, InputTemplate: template }: InputTransformer,
  event: BusEvent,
) {
  let insideString = false;
  const text = template.replace(/\\.|"|<([\w-]+)>/g, (token, variable?: string) => {
    if (token === '"') insideString = !insideString;
    if (variable === undefined) return token;
    const path = paths[variable];
    if (path === undefined) throw new Error(`the template names <${variable}>, which has no path`);
    const value = valueAt(event, path);
    if (value === undefined) throw new Error(`the event has nothing at ${path}`);
    return insideString && typeof value === 'string' ? value : JSON.stringify(value);
  });
  return JSON.parse(text) as Record<string, unknown>;
}

function valueAt(event: BusEvent, path: string): unknown {
  if (!/^\$(\.[\w-]+)+$/.test(path)) throw new Error(`${path} is not a path in dot notation`);
  return path
    .split('.')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], event);
}

/** Whether a rule's pattern takes the event: lists of literal values or `{ exists }`, at any depth. */
export function matchesPattern(event: unknown, pattern: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    const value = (event as Record<string, unknown> | undefined)?.[key];
    return Array.isArray(wanted)
      ? wanted.some((each) => meets(value, each))
      : matchesPattern(value, wanted as Readonly<Record<string, unknown>>);
  });
}

function meets(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  return (wanted as { exists: boolean }).exists === (value !== undefined);
}
