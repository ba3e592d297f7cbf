import { runColdStartMitigation } from '../../../shared/cold-start-mitigation/apply-cold-start-mitigation.ts';
import type { ColdStartDependencies } from '../../../shared/cold-start-mitigation/mitigation-pass.ts';
import type { Invocation } from '../../../shared/configuration-rounds/invocation.ts';
import { type SettingsDependencies, workSettingsRound } from '../../../shared/configuration-rounds/settings-round.ts';
import {
  type ApplyColdStartMitigationOutput,
  type ColdStartSettings,
  parseApplyColdStartMitigationEvent,
} from '../../../shared/contracts/cold-start.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';

export interface ApplyColdStartMitigationTask extends ColdStartDependencies, SettingsDependencies {
  settings: ColdStartSettings;
  ownStackName: string;
}

/**
 * One round of giving every function with a class its cold-start strategy, of taking them all back, or (`plan`) of only
 * saying what it would do.
 *
 * @throws InvalidInputError naming every problem of the input
 */
export async function applyColdStartMitigationTask(
  event: unknown,
  { settings: configured, ownStackName, turns, lists, ...dependencies }: ApplyColdStartMitigationTask,
  invocation: Invocation,
): Promise<ApplyColdStartMitigationOutput> {
  const {
    action,
    mode = configured.mode,
    wantedP99Ms = configured.wantedP99Ms,
    execution,
    soFar,
  } = parseApplyColdStartMitigationEvent(event);
  const settings = { ...configured, mode, wantedP99Ms };
  const request = { settings, ownStackName, dryRun: action === 'plan', undo: action === 'undo' };
  const before = soFar ?? undefined;
  const asked = { execution, soFar: before, isReadOnly: action === 'plan' };
  const { answer, worked } = await workSettingsRound(asked, { turns, lists, invocation }, (round) =>
    runColdStartMitigation(request, dependencies, { ...round, ...(before && { advisedSoFar: before }) }),
  );
  const { advice, advised } = worked ?? before ?? { advice: [], advised: 0 };
  return { schemaVersion: SCHEMA_VERSION, action, mode, ...answer, advice, advised };
}
