import type { RemediationAction } from '../../contracts/remediation.ts';
import { configurationChange, count, megabytes } from '../approval/proposal/wording.ts';

/** What an action changes from what to what, in a few words for a page, a mail or a terminal. */
export function actionInWords(action: RemediationAction): string {
  switch (action.kind) {
    case 'RaiseMemory':
    case 'RaiseTimeout':
      return configurationChange(action.before, action.after);
    case 'RollBackChange':
      return action.restoreMemorySizeMb === undefined
        ? `take the change of run ${action.runId} back`
        : `take all changes back, to ${megabytes(action.restoreMemorySizeMb)}`;
    case 'RaiseReservedConcurrency':
      return `reserved concurrency ${count(action.before)} → ${count(action.after)}`;
    case 'RaiseProvisionedConcurrency':
      return `provisioned concurrency of ${action.qualifier} ${count(action.before)} → ${count(action.after)}`;
    case 'RaiseTableCapacity':
      return `read units ${count(action.before.readUnits)} → ${count(action.after.readUnits)}, write units ${count(action.before.writeUnits)} → ${count(action.after.writeUnits)}`;
    case 'RaiseTableMaximum':
      return `most ${action.dimension} units ${count(action.before)} → ${count(action.after)}`;
    case 'OptimizeOnDemand':
      return 'assess it now; what that proposes is asked about by itself';
  }
}
