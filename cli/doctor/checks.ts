import { checkAlarms, checkQuotas, checkSubscription } from './account-checks.ts';
import { checkConfiguration } from './configuration-check.ts';
import type { Deployment, Finding } from './finding.ts';
import { checkLastNight, checkSchedule, checkSources } from './night-checks.ts';
import { checkPermissions } from './permission-check.ts';

/** In the order in which a person would look. */
export const CHECKS: Readonly<Record<string, (deployment: Deployment) => Promise<Finding>>> = {
  configuration: checkConfiguration,
  permissions: checkPermissions,
  subscription: checkSubscription,
  schedule: checkSchedule,
  'last night': checkLastNight,
  'sources of evidence': checkSources,
  alarms: checkAlarms,
  quotas: checkQuotas,
};
