import type { RunSettings } from '../../shared/contracts/settings.ts';
import type { StageConfiguration } from './fields.ts';
import { accountNamesOf } from './organization-settings.ts';

/** The part of the configuration that every run goes by. */
export function runSettingsOf(configuration: StageConfiguration): RunSettings {
  const accountNames = accountNamesOf(configuration);
  return {
    policy: configuration.policy,
    scheduleCron: configuration.scheduleCron,
    timeZone: configuration.timeZone,
    approvalWindowHours: configuration.approvalWindowHours,
    verificationWindowHours: configuration.verificationWindowHours,
    watchNights: configuration.watchNights,
    coolDownDays: configuration.coolDownDays,
    controlPlaneShare: configuration.controlPlaneShare,
    rateLimitShare: configuration.rateLimitShare,
    logScanBudgetBytes: configuration.logScanBudgetBytes,
    retentionDays: configuration.retentionDays,
    approvalMode: configuration.approvalMode,
    autoApprovalRules: configuration.autoApprovalRules,
    ownedFunctions: configuration.ownedFunctions,
    ...(accountNames && { accountNames }),
    ...(configuration.readOnly && { readOnly: true }),
  };
}
