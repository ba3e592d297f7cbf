import type { RemediationAction } from '../../../shared/contracts/remediation.ts';
import { raiseProvisioned, raiseReserved } from './change-concurrency.ts';
import { changeFunction, rollBack } from './change-function.ts';
import { changeMaximum, changeUnits } from './change-table.ts';
import { done, type Performed, type RemediateDependencies } from './dependencies.ts';

/** Each action by its own rules; all of them first look whether the resource still is what classification saw. */
export async function perform(
  action: RemediationAction,
  remediationId: string,
  dependencies: RemediateDependencies,
): Promise<Performed> {
  switch (action.kind) {
    case 'RaiseMemory':
    case 'RaiseTimeout':
      return changeFunction(action, remediationId, dependencies);
    case 'RollBackChange':
      return rollBack(action, remediationId, dependencies);
    case 'RaiseReservedConcurrency':
      return raiseReserved(action, dependencies);
    case 'RaiseProvisionedConcurrency':
      return raiseProvisioned(action, dependencies);
    case 'RaiseTableCapacity':
      return changeUnits(action, dependencies);
    case 'RaiseTableMaximum':
      return changeMaximum(action, dependencies);
    case 'OptimizeOnDemand': {
      const name = await dependencies.runs.start(`remediation-${remediationId}`, [action.functionName]);
      return done(`run ${name} assesses ${action.functionName}; what it proposes waits for approval`);
    }
  }
}
