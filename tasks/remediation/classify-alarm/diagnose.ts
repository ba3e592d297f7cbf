import type { AlarmMetrics, Ranking } from '../../../shared/clients/alarm-evidence/alarm-metrics.ts';
import type { Watchables } from '../../../shared/clients/cloudwatch-alarms/watchables.ts';
import type { TableCapacity } from '../../../shared/clients/dynamodb-capacity/table-capacity.ts';
import type { AlarmSignal } from '../../../shared/contracts/alarm-event.ts';
import type { AlarmId, AlarmSettings } from '../../../shared/contracts/alarms.ts';
import type { RemediationSettings } from '../../../shared/contracts/remediation-settings.ts';
import type { ReadName } from '../../../shared/domain/configuration/alarms/alarm-names.ts';
import { catalogueRow } from '../../../shared/domain/configuration/alarms/catalogue.ts';
import { queueNameOf } from '../../../shared/domain/configuration/alarms/select-watched.ts';
import { diagnoseFunction } from '../../../shared/domain/remediation/diagnose-function.ts';
import { diagnoseQueue } from '../../../shared/domain/remediation/diagnose-queue.ts';
import { diagnoseTable } from '../../../shared/domain/remediation/diagnose-table.ts';
import { type Diagnosis, notify } from '../../../shared/domain/remediation/diagnosis.ts';
import { type EvidenceDependencies, readFunctionEvidence } from './function-evidence.ts';

export interface DiagnoseDependencies extends EvidenceDependencies {
  alarmSettings: AlarmSettings;
  settings: RemediationSettings;
  metrics: AlarmMetrics;
  tables: TableCapacity;
  watchables: Watchables;
}

const DAY_MS = 86_400_000;
/** What an account's sum is ranked by, to name the function behind it; cost goes by time, which memory multiplies. */
const RANKED_BY: Partial<Record<AlarmId, Ranking>> = {
  HighErrorRate: 'Errors',
  LambdaThrottling: 'Throttles',
  DeadLetterErrors: 'DeadLetterErrors',
};

/** Looks at the resource that an alarm of ours blames, and at what we did to it. */
export async function diagnose(
  signal: AlarmSignal,
  name: ReadName,
  dependencies: DiagnoseDependencies,
): Promise<Diagnosis> {
  const { resource } = name;
  if (name.kind === 'table' && resource !== undefined) return tableDiagnosis(name.id, resource, dependencies);
  if (name.kind === 'queue' && resource !== undefined) return queueDiagnosis(name.id, resource, dependencies);
  const functionName = await findFunction(signal, name, dependencies);
  if (functionName === undefined) {
    const subject = { kind: name.kind === 'application' ? 'application' : 'account', name: resource ?? '*' } as const;
    return notify(subject, 'Announcement', `${signal.alarmName} names no single function to look at`);
  }
  return functionDiagnosis(name.id, functionName, dependencies);
}

async function findFunction(
  { contributor }: AlarmSignal,
  { id, kind, resource }: ReadName,
  { metrics, now }: DiagnoseDependencies,
): Promise<string | undefined> {
  if (kind === 'function') return resource;
  if (kind === 'fleet') return contributor?.['FunctionName'];
  if (id === 'HighCostPerUser')
    return (await metrics.rankFunctions('Duration', { fromMs: now() - DAY_MS, toMs: now() }))[0];
  const ranking = RANKED_BY[id];
  if (kind !== 'account' || ranking === undefined) return undefined;
  return (await metrics.rankFunctions(ranking, evaluatedSpan(id, now())))[0];
}

async function functionDiagnosis(
  alarmId: AlarmId,
  functionName: string,
  dependencies: DiagnoseDependencies,
): Promise<Diagnosis> {
  const { settings, alarmSettings, now } = dependencies;
  const evidence = await readFunctionEvidence(functionName, evaluatedSpan(alarmId, now()), dependencies);
  return diagnoseFunction({ alarmId, evidence, settings, thresholds: alarmSettings.thresholds, nowMs: now() });
}

async function queueDiagnosis(
  alarmId: AlarmId,
  queueName: string,
  dependencies: DiagnoseDependencies,
): Promise<Diagnosis> {
  const { watchables, settings, alarmSettings, now } = dependencies;
  const sources = await watchables.listEventSources();
  const reader = sources.find((each) => queueNameOf(each.eventSourceArn) === queueName)?.functionName;
  const consumer =
    reader === undefined ? undefined : await readFunctionEvidence(reader, evaluatedSpan(alarmId, now()), dependencies);
  return diagnoseQueue({ queueName, consumer, settings, thresholds: alarmSettings.thresholds });
}

async function tableDiagnosis(
  alarmId: AlarmId,
  tableName: string,
  { tables, metrics, settings, now }: DiagnoseDependencies,
): Promise<Diagnosis> {
  const [live, figures] = await Promise.all([
    tables.read(tableName),
    metrics.readTable(tableName, evaluatedSpan(alarmId, now())),
  ]);
  return diagnoseTable({ tableName, live, ...figures }, settings);
}

/** The stretch the alarm itself looked at, in whole minutes; the last one is still filling up. */
function evaluatedSpan(id: AlarmId, nowMs: number): { fromMs: number; toMs: number } {
  const { periodSeconds, evaluationPeriods } = catalogueRow(id).evaluation;
  const toMs = Math.floor(nowMs / 60_000) * 60_000;
  return { fromMs: toMs - periodSeconds * evaluationPeriods * 1_000, toMs };
}
