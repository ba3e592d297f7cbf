import type { AlarmSettings } from '../../shared/contracts/alarms.ts';
import { ACTION_KINDS } from '../../shared/contracts/remediation.ts';
import type { RemediationSettings } from '../../shared/contracts/remediation-settings.ts';
import { DEFAULT_POLICIES } from '../../shared/domain/remediation/policy.ts';
import type { StageConfiguration } from './fields.ts';

/** What ConfigureAlarms and Remediation go by; alarms of the stage are told by its name. */
export const alarmSettingsOf = ({ stackName, runbookUrl, alarms }: StageConfiguration): AlarmSettings => ({
  stackName,
  runbookUrl,
  ...alarms,
});

/** What Remediation may do. Memory and the pace of changes are bounded as the night's are. */
export function remediationSettingsOf({
  remediation,
  policy,
  controlPlaneShare,
}: StageConfiguration): RemediationSettings {
  const policies = ACTION_KINDS.map((kind) => [kind, { ...DEFAULT_POLICIES[kind], ...remediation.policies[kind] }]);
  return {
    ...remediation,
    policies: Object.fromEntries(policies) as RemediationSettings['policies'],
    maximumMemorySizeMb: policy.maximumMemorySizeMb,
    controlPlaneShare,
  };
}
