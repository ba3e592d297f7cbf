import type { StateProgram, StatesProgram } from '../definition/program.ts';
import { isRecoverable } from '../definition/program.ts';
import type { JsonValue } from '../json.ts';
import { runDistributedMap } from '../map/run-distributed-map.ts';
import { runInlineMap } from '../map/run-inline-map.ts';
import { Cancelled, type CancelScope } from './cancel-scope.ts';
import type { Execution } from './execution.ts';
import { attempt, recover } from './recover.ts';
import type { Region } from './region.ts';
import { runParallel } from './run-parallel.ts';
import { runChoice, runFail, runPass, runSucceed, runWait } from './run-simple-states.ts';
import { runTask } from './run-task.ts';
import type { Services } from './services.ts';
import { type Transition, Visit } from './visit.ts';

/** Where a region runs. */
export interface RunPlace {
  readonly services: Services;
  readonly execution: Execution;
  readonly scope: CancelScope;
}

/** States that record their own being given up (Step Functions has an event type for exactly these). */
const ABORTED_EVENTS = new Set<StateProgram['type']>(['Task', 'Wait', 'Parallel', 'Map']);

function perform(visit: Visit): Promise<Transition> {
  const { state } = visit;
  switch (state.type) {
    case 'Task':
      return runTask(visit, state);
    case 'Parallel':
      return runParallel(visit, state);
    case 'Map':
      return state.distributed ? runDistributedMap(visit, state, state.distributed) : runInlineMap(visit, state);
    case 'Pass':
      return runPass(visit, state);
    case 'Wait':
      return runWait(visit, state);
    case 'Choice':
      return runChoice(visit, state);
    case 'Succeed':
      return runSucceed(visit, state);
    case 'Fail':
      return runFail(visit, state);
  }
}

async function performSafely(visit: Visit): Promise<Transition> {
  const { state } = visit;
  try {
    return await (isRecoverable(state)
      ? recover(visit, state, () => perform(visit))
      : attempt(visit, () => perform(visit)));
  } catch (error) {
    const gaveWay = error instanceof Cancelled && error.reason.kind === 'sibling-failed';
    if (gaveWay && ABORTED_EVENTS.has(state.type)) visit.record(`${state.type}StateAborted`);
    throw error;
  }
}

async function visitState(place: RunPlace, region: Region, state: StateProgram, input: JsonValue): Promise<Transition> {
  place.scope.throwIfCancelled();
  const visit = new Visit({ ...place, region, state, input });
  place.services.stats.countTransition(place.execution.machine.type === 'EXPRESS');
  visit.record(`${state.type}StateEntered`, 'stateEnteredEventDetails', { name: state.name, input });
  visit.enteredEventId = region.lastEventId;
  const transition = await performSafely(visit);
  visit.record(`${state.type}StateExited`, 'stateExitedEventDetails', {
    name: state.name,
    output: transition.output,
    assignedVariables: transition.assigned,
  });
  return transition;
}

/**
 * Runs a `States` field from the region's position (or its start) to an end, and returns the output. Rejects with the
 * `StateError` that no Catch took, or with `Cancelled`.
 */
export async function runRegion(
  place: RunPlace,
  program: StatesProgram,
  region: Region,
  input: JsonValue,
): Promise<JsonValue> {
  region.position ??= { state: program.startAt, input };
  for (;;) {
    const { position } = region;
    const state = program.states.get(position.state);
    if (!state) throw new Error(`checked definition misses the state ${position.state}`);
    const { next, output } = await visitState(place, region, state, position.input);
    if (next === undefined) return output;
    region.moveTo({ state: next, input: output });
  }
}
