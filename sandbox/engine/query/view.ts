import type { JsonObject, JsonValue } from '../json.ts';

/** What an expression can see: `$states` and the variables in scope. */
export interface View {
  readonly input: JsonValue;
  /** Only after the state's work succeeded. */
  readonly result?: JsonValue;
  /** Only in a Catch. */
  readonly errorOutput?: JsonValue;
  /** The context object, built on demand. */
  context(): JsonObject;
  /** The value of a workflow variable, undefined when it has none. */
  lookup(name: string): JsonValue | undefined;
}

/** `$states` as JSONata sees it; the context object is built only if an expression asks for it. */
export function statesObject(view: View): Record<string, JsonValue> {
  const states: Record<string, JsonValue> = {
    input: view.input,
    get context() {
      return view.context();
    },
  };
  if (view.result !== undefined) states['result'] = view.result;
  if (view.errorOutput !== undefined) states['errorOutput'] = view.errorOutput;
  return states;
}
