import {
  type ColdStartDependencies,
  runColdStartMitigation,
} from '../../../shared/cold-start-mitigation/apply-cold-start-mitigation.ts';
import {
  type ApplyColdStartMitigationOutput,
  type ColdStartSettings,
  parseApplyColdStartMitigationInput,
} from '../../../shared/contracts/cold-start.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';

export interface ApplyColdStartMitigationTask extends ColdStartDependencies {
  settings: ColdStartSettings;
  ownStackName: string;
}

/**
 * Gives every function with a class its cold-start strategy, takes them all back, or (`plan`) only says what it would do.
 *
 * @throws InvalidInputError naming every problem of the input
 */
export async function applyColdStartMitigationTask(
  event: unknown,
  { settings: configured, ownStackName, ...dependencies }: ApplyColdStartMitigationTask,
): Promise<ApplyColdStartMitigationOutput> {
  const {
    action,
    mode = configured.mode,
    wantedP99Ms = configured.wantedP99Ms,
  } = parseApplyColdStartMitigationInput(event);
  const settings = { ...configured, mode, wantedP99Ms };
  const request = { settings, ownStackName, dryRun: action === 'plan', undo: action === 'undo' };
  const report = await runColdStartMitigation(request, dependencies);
  return { schemaVersion: SCHEMA_VERSION, action, mode, ...report };
}
