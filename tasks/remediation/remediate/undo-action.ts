import type { RemediationAction } from '../../../shared/contracts/remediation.ts';
import { raiseProvisioned, raiseReserved } from './change-concurrency.ts';
import { writeInTurn } from './change-function.ts';
import { changeMaximum, changeUnits } from './change-table.ts';
import { type Performed, type RemediateDependencies, refused } from './dependencies.ts';

/** Puts back what an action changed, by the action's own rules with its ends exchanged: only over what it left. */
export async function undo(
  action: RemediationAction,
  remediationId: string,
  dependencies: RemediateDependencies,
): Promise<Performed> {
  switch (action.kind) {
    case 'RaiseMemory':
    case 'RaiseTimeout':
      return writeInTurn(
        action,
        { before: action.after, after: action.before },
        `remediation-${remediationId}`,
        dependencies,
      );
    case 'RaiseReservedConcurrency':
      return raiseReserved({ ...action, before: action.after, after: action.before }, dependencies);
    case 'RaiseProvisionedConcurrency':
      return raiseProvisioned({ ...action, before: action.after, after: action.before }, dependencies);
    case 'RaiseTableCapacity':
      return changeUnits({ ...action, before: action.after, after: action.before }, dependencies);
    case 'RaiseTableMaximum':
      return changeMaximum({ ...action, before: action.after, after: action.before }, dependencies);
    case 'RollBackChange':
      return refused('a rollback is undone by approving the change anew; a later run proposes it from fresh evidence');
    case 'OptimizeOnDemand':
      return refused('a run changes nothing by itself; reject its proposals, or let them expire');
  }
}
