import { runAutoScaling } from '../../../shared/auto-scaling/configure-auto-scaling.ts';
import type { AutoScalingDependencies } from '../../../shared/auto-scaling/scaling-pass.ts';
import type { Invocation } from '../../../shared/configuration-rounds/invocation.ts';
import { type SettingsDependencies, workSettingsRound } from '../../../shared/configuration-rounds/settings-round.ts';
import {
  type AutoScalingSettings,
  type ConfigureAutoScalingOutput,
  parseConfigureAutoScalingEvent,
} from '../../../shared/contracts/auto-scaling.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';

export interface ConfigureAutoScalingTask extends AutoScalingDependencies, SettingsDependencies {
  settings: AutoScalingSettings;
  ownStackName: string;
}

/**
 * One round of scaling what its owners tagged, of putting it all back, or (`plan`) of only saying what it would do.
 *
 * @throws InvalidInputError naming every problem of the input
 */
export async function configureAutoScalingTask(
  event: unknown,
  { settings, ownStackName, turns, lists, ...dependencies }: ConfigureAutoScalingTask,
  invocation: Invocation,
): Promise<ConfigureAutoScalingOutput> {
  const { action, execution, soFar } = parseConfigureAutoScalingEvent(event);
  const request = { settings, ownStackName, dryRun: action === 'plan', undo: action === 'undo' };
  const asked = { execution, soFar: soFar ?? undefined, isReadOnly: action === 'plan' };
  const { answer } = await workSettingsRound(asked, { turns, lists, invocation }, (round) =>
    runAutoScaling(request, dependencies, round),
  );
  return { schemaVersion: SCHEMA_VERSION, action, ...answer };
}
