import type { MapState } from '../definition/program.ts';
import { ErrorName, StateError } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { evaluateArrayField, evaluateInteger, evaluateTemplate } from '../query/template.ts';
import { Cancelled } from '../run/cancel-scope.ts';
import { finishState } from '../run/finish-state.ts';
import { Finished, Region } from '../run/region.ts';
import { runConcurrently } from '../run/run-concurrently.ts';
import { type RunPlace, runRegion } from '../run/run-region.ts';
import type { Transition, Visit } from '../run/visit.ts';

/** Most iterations an inline Map runs at once (Step Functions documentation of the Map state). */
const MAX_INLINE_CONCURRENCY = 40;

/** The items of a Map that names none in an ItemReader: its `Items`, or its input. */
export async function itemsOf(visit: Visit, state: MapState): Promise<readonly JsonValue[]> {
  if (state.items) return evaluateArrayField(state.items, visit.view());
  if (Array.isArray(visit.input)) return visit.input;
  const cause = `The input of the Map state '${state.name}' must be an array because it has no Items, but was: ${JSON.stringify(visit.input).slice(0, 200)}`;
  throw new StateError(ErrorName.queryEvaluationError, cause, { location: 'Items' });
}

/** `MaxConcurrency`, where 0 and none mean as many as allowed. */
export async function concurrencyOf(visit: Visit, state: MapState, most: number): Promise<number> {
  if (!state.maxConcurrency) return most;
  const asked = await evaluateInteger(state.maxConcurrency, visit.view(), { min: 0, max: Number.MAX_SAFE_INTEGER });
  return asked === 0 ? most : Math.min(asked, most);
}

/** The input of one iteration. */
export async function selectItem(visit: Visit, state: MapState, mapItem: JsonObject): Promise<JsonValue> {
  if (!state.itemSelector) return mapItem['Value'] ?? null;
  return evaluateTemplate(state.itemSelector, visit.view({ mapItem }));
}

async function runIteration(
  visit: Visit,
  state: MapState,
  place: RunPlace,
  iteration: { index: number; item: JsonValue; region: Region },
): Promise<JsonValue> {
  const details = { name: state.name, index: iteration.index };
  const { region } = iteration;
  const record = (type: string) =>
    visit.execution.record(
      region,
      visit.services.clock.now(),
      `MapIteration${type}`,
      `mapIteration${type}EventDetails`,
      details,
    );
  record('Started');
  try {
    const input = region.position?.input ?? visit.checkSize(await selectItem(visit, state, region.mapItem!));
    const output = await runRegion(place, state.processor, region, input);
    record('Succeeded');
    return output;
  } catch (error) {
    if (!(error instanceof Cancelled)) record('Failed');
    else if (error.reason.kind === 'sibling-failed') record('Aborted');
    throw error;
  }
}

async function runIterations(visit: Visit, state: MapState, items: readonly JsonValue[]): Promise<JsonValue[]> {
  const { region, services, execution } = visit;
  region.children ??= items.map(() => undefined);
  const { children } = region;
  await runConcurrently(services.clock, visit.scope, {
    count: items.length,
    limit: await concurrencyOf(visit, state, MAX_INLINE_CONCURRENCY),
    start: async (index, scope) => {
      const known = children[index];
      if (known instanceof Finished) return;
      const item = items[index] as JsonValue;
      const own = known ?? new Region(region, { Index: index, Value: item, Source: 'STATE_DATA' });
      children[index] = own;
      const output = await runIteration(visit, state, { services, execution, scope }, { index, item, region: own });
      children[index] = new Finished(output);
      region.lastEventId = own.lastEventId;
    },
  });
  return children.map((child) => (child as Finished).output);
}

export async function runInlineMap(visit: Visit, state: MapState): Promise<Transition> {
  const items = await itemsOf(visit, state);
  visit.record('MapStateStarted', 'mapStateStartedEventDetails', { length: items.length });
  let result: JsonValue;
  try {
    result = visit.checkSize(await runIterations(visit, state, items));
  } catch (error) {
    visit.scope.throwIfCancelled();
    visit.record('MapStateFailed');
    throw error;
  }
  visit.record('MapStateSucceeded');
  return finishState(visit, state, visit.view({ result }), result);
}
