import type { ActionKind, RemediationAction, RemediationResource } from '../../contracts/remediation.ts';
import type { ActionPolicy, RemediationSettings } from '../../contracts/remediation-settings.ts';

/**
 * Defaults: what can be undone at once and costs little happens by itself; what costs money a month asks first. The
 * rest between two actions of a kind on one resource is longer than an alarm takes to clear, so flapping acts once.
 */
export const DEFAULT_POLICIES: Record<ActionKind, ActionPolicy> = {
  RaiseMemory: { mode: 'automatic', coolDownMinutes: 60, maximumPerDay: 20 },
  RaiseTimeout: { mode: 'automatic', coolDownMinutes: 60, maximumPerDay: 20 },
  RollBackChange: { mode: 'automatic', coolDownMinutes: 60, maximumPerDay: 50 },
  RaiseReservedConcurrency: { mode: 'automatic', coolDownMinutes: 30, maximumPerDay: 20 },
  RaiseProvisionedConcurrency: { mode: 'ask', coolDownMinutes: 60, maximumPerDay: 10 },
  RaiseTableCapacity: { mode: 'automatic', coolDownMinutes: 30, maximumPerDay: 10 },
  RaiseTableMaximum: { mode: 'automatic', coolDownMinutes: 30, maximumPerDay: 10 },
  OptimizeOnDemand: { mode: 'automatic', coolDownMinutes: 1_440, maximumPerDay: 5 },
};

export const DEFAULT_REMEDIATION_SETTINGS: RemediationSettings = {
  policies: DEFAULT_POLICIES,
  memoryStep: 1.5,
  timeoutStep: 1.5,
  concurrencyStep: 1.5,
  provisionedStep: 1.25,
  tableStep: 1.5,
  maximumMemorySizeMb: 10_240,
  maximumTableUnits: 4_000,
  provisionedBudgetUsdPerMonth: 50,
  watchHours: 24,
  nightCoolDownDays: 14,
  controlPlaneShare: 0.3,
};

/**
 * Actions that are taken back when the alarm does not clear: they cost money in every invocation, and have been shown
 * not to help. More room for throttled callers is left: less of it would not help them either. A function killed for
 * want of memory is left as well: it needs more still, and its next alarm asks for it.
 */
export function isUndoneInVain(action: ActionKind, cause: string): boolean {
  return action === 'RaiseTimeout' || (action === 'RaiseMemory' && cause === 'TimingOut');
}

/** What an action changes; it rests afterwards, whichever alarm asked (a queue's and its reader's may both). */
export const changedResource = (action: RemediationAction): RemediationResource =>
  'tableName' in action ? { kind: 'table', name: action.tableName } : { kind: 'function', name: action.functionName };

/** UTC day that budgets count by. */
export const budgetDate = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10);
