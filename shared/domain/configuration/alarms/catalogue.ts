import type {
  AlarmDefinition,
  AlarmId,
  AlarmSettings,
  AlarmTarget,
  AlarmThresholds,
} from '../../../contracts/alarms.ts';
import { alarmName, runbookAnchor } from './alarm-names.ts';
import type { AlarmRow } from './alarm-row.ts';
import { APPLICATION_ROWS } from './application-rows.ts';
import { LAMBDA_ROWS } from './lambda-rows.ts';
import { PIPELINE_ROWS } from './pipeline-rows.ts';

/** Every alarm Rightsizer knows how to make; CDK, the nightly reconcile and the remediation read this one table. */
export const ALARM_CATALOGUE: readonly AlarmRow[] = [...LAMBDA_ROWS, ...APPLICATION_ROWS, ...PIPELINE_ROWS];

/** The brief's thresholds, and where it has none those of slic-watch 3 (timeout share, throttled tables). */
export const DEFAULT_THRESHOLDS: AlarmThresholds = {
  responseTimeMs: 3_000,
  timeoutShare: 0.95,
  errorRatePercent: 5,
  fleetErrorsPerPeriod: 10,
  throttlesPerMinute: 10,
  iteratorAgeMs: 60_000,
  memoryPercent: 90,
  tableThrottlesPerMinute: 10,
  queueDepth: 100,
  cacheHitPercent: 40,
  costPerUserPerMonth: 15,
  concurrentUsers: 1_000,
};

/** CloudWatch keeps at most 1,024 characters of a description. */
const DESCRIPTION_MAX_CHARS = 1_024;

export function catalogueRow(id: AlarmId): AlarmRow {
  const found = ALARM_CATALOGUE.find((each) => each.id === id);
  if (found === undefined) throw new RangeError(`the catalogue has no alarm ${id}`);
  return found;
}

/** The alarm of a row on one target; undefined where the row does not watch such a target, or has nothing to measure on it. */
export function defineAlarm(id: AlarmId, target: AlarmTarget, settings: AlarmSettings): AlarmDefinition | undefined {
  const row = catalogueRow(id);
  if (!row.watches.includes(target.kind)) return undefined;
  const signal = row.signal(target, settings);
  if (signal === undefined) return undefined;
  const { evaluation, severity } = row;
  return {
    alarmId: id,
    name: alarmName(settings.stackName, severity, id, target),
    description:
      `${signal.says} Judged over ${evaluation.reason}. Runbook: ${settings.runbookUrl}#${runbookAnchor(id)}`.slice(
        0,
        DESCRIPTION_MAX_CHARS,
      ),
    severity,
    target,
    queries: signal.queries,
    threshold: signal.threshold,
    comparison: signal.comparison,
    evaluationPeriods: evaluation.evaluationPeriods,
    datapointsToAlarm: evaluation.datapointsToAlarm,
    treatMissingData: evaluation.treatMissingData,
    billedMetrics: target.kind === 'fleet' ? target.functionCount : metricsIn(signal.queries),
  };
}

/** Every alarm the catalogue has for a target. */
export const alarmsFor = (target: AlarmTarget, settings: AlarmSettings): AlarmDefinition[] =>
  ALARM_CATALOGUE.flatMap(({ id }) => defineAlarm(id, target, settings) ?? []);

const metricsIn = (queries: AlarmDefinition['queries']): number => queries.filter((each) => 'metric' in each).length;
