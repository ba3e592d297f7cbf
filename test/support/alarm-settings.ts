import type { AlarmSettings } from '../../shared/contracts/alarms.ts';
import { DEFAULT_THRESHOLDS } from '../../shared/domain/configuration/alarms/catalogue.ts';

/** Complete settings with the default thresholds; tests override what they are about. */
export function alarmSettings(overrides: Partial<AlarmSettings> = {}): AlarmSettings {
  return {
    stackName: 'Rightsizer',
    runbookUrl: 'https://example.com/runbook',
    thresholds: DEFAULT_THRESHOLDS,
    costUnit: { user: 'student', currency: 'INR' },
    services: [],
    applicationNamespace: 'Rightsizer/Application',
    fleetBudgetUsdPerMonth: 20,
    maximumMetricAlarms: 5_000,
    ...overrides,
  };
}
