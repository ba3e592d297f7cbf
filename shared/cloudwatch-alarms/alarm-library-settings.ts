import type { AlarmSettings, AlarmThresholds } from '../contracts/alarms.ts';
import { METRIC_ALARMS_MAX } from '../domain/configuration/alarms/alarm-cost.ts';
import { DEFAULT_THRESHOLDS } from '../domain/configuration/alarms/catalogue.ts';

/** What the public functions take besides what they watch; everything has a default. */
export interface AlarmLibrarySettings {
  /** Begins every alarm's name; letters, digits and hyphens. @default 'Application' */
  name?: string;
  /** Where alarm descriptions point to. @default 'docs/runbook.md' */
  runbookUrl?: string;
  thresholds?: Partial<AlarmThresholds>;
  /** What `costPerUserPerMonth` counts, and in which currency. @default a student, in INR */
  costUnit?: { user: string; currency: string };
  /** Namespace of the metrics that shared/cloudwatch-metrics writes. @default 'Rightsizer/Application' */
  applicationNamespace?: string;
}

const NAME = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

/** @throws RangeError for a name that would not stay apart from other names */
export function alarmSettings(given: AlarmLibrarySettings): AlarmSettings {
  const name = given.name ?? 'Application';
  if (!NAME.test(name)) {
    throw new RangeError(`alarm name prefix must match ${NAME.source}, got ${JSON.stringify(name)}`);
  }
  return {
    stackName: name,
    runbookUrl: given.runbookUrl ?? 'docs/runbook.md',
    thresholds: { ...DEFAULT_THRESHOLDS, ...given.thresholds },
    costUnit: given.costUnit ?? { user: 'student', currency: 'INR' },
    services: [],
    applicationNamespace: given.applicationNamespace ?? 'Rightsizer/Application',
    fleetBudgetUsdPerMonth: 0,
    maximumMetricAlarms: METRIC_ALARMS_MAX,
  };
}
