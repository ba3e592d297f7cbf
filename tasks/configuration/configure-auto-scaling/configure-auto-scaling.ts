import { type AutoScalingDependencies, runAutoScaling } from '../../../shared/auto-scaling/configure-auto-scaling.ts';
import {
  type AutoScalingSettings,
  type ConfigureAutoScalingOutput,
  parseConfigureAutoScalingInput,
} from '../../../shared/contracts/auto-scaling.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';

export interface ConfigureAutoScalingTask extends AutoScalingDependencies {
  settings: AutoScalingSettings;
  ownStackName: string;
}

/**
 * Scales what its owners tagged, puts it all back, or (`plan`) only says what it would do.
 *
 * @throws InvalidInputError naming every problem of the input
 */
export async function configureAutoScalingTask(
  event: unknown,
  { settings, ownStackName, ...dependencies }: ConfigureAutoScalingTask,
): Promise<ConfigureAutoScalingOutput> {
  const { action } = parseConfigureAutoScalingInput(event);
  const request = { settings, ownStackName, dryRun: action === 'plan', undo: action === 'undo' };
  const report = await runAutoScaling(request, dependencies);
  return { schemaVersion: SCHEMA_VERSION, action, ...report };
}
