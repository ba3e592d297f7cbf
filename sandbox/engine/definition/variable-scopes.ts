import { assignedNames } from './parse-assign.ts';
import type { Problems } from './problems.ts';
import { isRecoverable, type StateProgram, type StatesProgram } from './program.ts';

function namesAssignedBy(state: StateProgram): string[] {
  const names = [...assignedNames(state.assign)];
  if (isRecoverable(state)) for (const catcher of state.catch) names.push(...assignedNames(catcher.assign));
  if (state.type === 'Choice') for (const rule of state.choices) names.push(...assignedNames(rule.assign));
  return names;
}

function innerPrograms(state: StateProgram): readonly StatesProgram[] {
  if (state.type === 'Parallel') return state.branches;
  return state.type === 'Map' ? [state.processor] : [];
}

/**
 * Reports variables assigned in an inner scope under a name an outer scope assigns too (Step Functions, "Variable
 * scope": "A variable assigned in an inner scope cannot have the same name as one assigned in an outer scope").
 */
export function checkVariableScopes(
  program: StatesProgram,
  problems: Problems,
  path = '$',
  outer: ReadonlySet<string> = new Set(),
): void {
  const own = new Set(outer);
  for (const state of program.states.values()) {
    for (const name of namesAssignedBy(state)) {
      own.add(name);
      if (outer.has(name))
        problems.add(`${path}.States.${state.name}`, `assigns $${name}, which an outer scope assigns too`);
    }
  }
  for (const state of program.states.values()) {
    for (const inner of innerPrograms(state)) checkVariableScopes(inner, problems, `${path}.States.${state.name}`, own);
  }
}
