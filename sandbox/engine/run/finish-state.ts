import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { evaluateTemplate, type Template } from '../query/template.ts';
import type { View } from '../query/view.ts';
import type { Transition, Visit } from './visit.ts';

/** The fields by which a state, a choice rule or a catcher decides what it leaves behind. */
export interface Leaving {
  readonly assign: Template | undefined;
  readonly output: Template | undefined;
  readonly next: string | undefined;
}

/**
 * Evaluates Assign and Output, both with the variables as they were on entry, then assigns. Without an Output field the
 * given default is the output.
 */
export async function finishState(
  visit: Visit,
  leaving: Leaving,
  view: View,
  byDefault: JsonValue,
): Promise<Transition> {
  const assigned =
    leaving.assign === undefined ? undefined : visit.checkSize(await evaluateTemplate(leaving.assign, view));
  const output = leaving.output === undefined ? byDefault : await evaluateTemplate(leaving.output, view);
  visit.checkSize(output);
  if (!isObject(assigned)) return { next: leaving.next, output };
  for (const [name, value] of Object.entries(assigned)) visit.region.variables.set(name, value as JsonValue);
  return { next: leaving.next, output, assigned: assigned as JsonObject };
}
