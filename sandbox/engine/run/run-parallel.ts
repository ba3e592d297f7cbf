import type { ParallelState } from '../definition/program.ts';
import type { JsonValue } from '../json.ts';
import { evaluateTemplate } from '../query/template.ts';
import { finishState } from './finish-state.ts';
import { Finished, Region } from './region.ts';
import { runConcurrently } from './run-concurrently.ts';
import { runRegion } from './run-region.ts';
import type { Transition, Visit } from './visit.ts';

async function runBranches(visit: Visit, state: ParallelState, input: JsonValue): Promise<JsonValue[]> {
  const { region, services, execution } = visit;
  region.children ??= state.branches.map(() => new Region(region));
  const { children } = region;
  await runConcurrently(services.clock, visit.scope, {
    count: children.length,
    limit: children.length,
    start: async (index, scope) => {
      const branch = children[index];
      if (!(branch instanceof Region)) return;
      const output = await runRegion({ services, execution, scope }, state.branches[index]!, branch, input);
      children[index] = new Finished(output);
      region.lastEventId = branch.lastEventId;
    },
  });
  return children.map((child) => (child as Finished).output);
}

export async function runParallel(visit: Visit, state: ParallelState): Promise<Transition> {
  const view = visit.view();
  const input =
    state.arguments === undefined ? visit.input : visit.checkSize(await evaluateTemplate(state.arguments, view));
  visit.record('ParallelStateStarted');
  let result: JsonValue;
  try {
    result = await runBranches(visit, state, input);
  } catch (error) {
    visit.scope.throwIfCancelled();
    visit.record('ParallelStateFailed');
    throw error;
  }
  visit.checkSize(result);
  visit.record('ParallelStateSucceeded');
  return finishState(visit, state, visit.view({ result }), result);
}
