import type { FieldReader } from './field-reader.ts';
import { isRecoverable, type StateProgram } from './program.ts';

/** Every state name a state may go to. */
function targets(state: StateProgram): string[] {
  const next = state.next === undefined ? [] : [state.next];
  if (isRecoverable(state)) return [...next, ...state.catch.map((catcher) => catcher.next)];
  if (state.type !== 'Choice') return next;
  return [...state.choices.map((rule) => rule.next), ...(state.default === undefined ? [] : [state.default])];
}

/** Whether some path from the start comes to an end. */
function canEnd(startAt: string, states: ReadonlyMap<string, StateProgram>): boolean {
  const queue = [startAt];
  const seen = new Set(queue);
  for (const name of queue) {
    const state = states.get(name);
    if (!state || (state.type !== 'Choice' && state.next === undefined)) return true;
    for (const target of targets(state)) {
      if (!seen.has(target)) queue.push(target);
      seen.add(target);
    }
  }
  return false;
}

/** Reports targets that do not exist, states that nothing leads to, and a graph without an end. */
export function checkTransitions(
  fields: FieldReader,
  startAt: string,
  states: ReadonlyMap<string, StateProgram>,
  names: readonly string[],
): void {
  const exists = new Set(names);
  const reached = new Set<string>([startAt]);
  if (!canEnd(startAt, states)) fields.problem('States', 'never come to an end: a terminal state is missing');
  if (!exists.has(startAt)) fields.problem('StartAt', `names a state that does not exist: ${startAt}`);
  for (const state of states.values()) {
    for (const target of targets(state)) {
      reached.add(target);
      if (!exists.has(target))
        fields.problem(`States.${state.name}`, `leads to a state that does not exist: ${target}`);
    }
  }
  for (const name of names) {
    if (!reached.has(name)) fields.problem(`States.${name}`, 'is not reachable');
  }
}
