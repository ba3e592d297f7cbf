import type { RemediationLedger } from '../../shared/clients/ledger/remediations.ts';
import type { ClassifiedAlarm, RemediationAction, RemediationRecord } from '../../shared/contracts/remediation.ts';
import type { FunctionEvidence } from '../../shared/domain/remediation/evidence.ts';
import { FUNCTION_NAME, functionArn, liveFunction } from './builders.ts';
import type { LedgerContents } from './memory-ledger.ts';

/** Complete records of remediation with plausible values; tests override what they are about. */

export const AT = '2026-11-23T10:00:00.000Z';
export const NOW_MS = Date.parse(AT);
export const ALARM_NAME = `Rightsizer.high.HighErrorRate.function.${FUNCTION_NAME}`;

export function evidence(overrides: Partial<FunctionEvidence> = {}): FunctionEvidence {
  return {
    functionName: FUNCTION_NAME,
    functionArn: functionArn(),
    live: liveFunction(),
    recent: { invocations: 1_000, errors: 0, throttles: 0, p95DurationMs: 300, maxDurationMs: 900 },
    account: { concurrency: 1_000, unreserved: 900 },
    ...overrides,
  };
}

export const raiseMemory: Extract<RemediationAction, { kind: 'RaiseMemory' }> = {
  kind: 'RaiseMemory',
  functionName: FUNCTION_NAME,
  functionArn: functionArn(),
  before: { memorySizeMb: 1_024, timeoutSeconds: 30 },
  after: { memorySizeMb: 1_536, timeoutSeconds: 30 },
};

export function classified(overrides: Partial<ClassifiedAlarm> = {}): ClassifiedAlarm {
  return {
    schemaVersion: 1,
    remediationId: 'event-1',
    verdict: 'act',
    alarm: { name: ALARM_NAME, alarmId: 'HighErrorRate', severity: 'high', at: AT },
    resource: { kind: 'function', name: FUNCTION_NAME },
    cause: 'OutOfMemory',
    reason: 'killed for want of memory',
    action: raiseMemory,
    verifyAfterSeconds: 1_500,
    ...overrides,
  };
}

export interface MemoryRemediations extends RemediationLedger {
  records: Map<string, RemediationRecord>;
  coolDowns: Map<string, { untilMs: number; remediationId: string }>;
  budget: Map<string, Set<string>>;
}

/** The remediation ledger's contract in a few maps; test/unit/shared/clients/ledger tests the real one. */
export function memoryRemediations(contents?: LedgerContents): MemoryRemediations {
  const records = new Map<string, RemediationRecord>();
  const coolDowns: MemoryRemediations['coolDowns'] = new Map();
  const budget: MemoryRemediations['budget'] = new Map();
  const placesOf = (date: string, action: string) => {
    const places = budget.get(`${date}#${action}`) ?? new Set<string>();
    budget.set(`${date}#${action}`, places);
    return places;
  };
  return {
    records,
    coolDowns,
    budget,
    beginRemediation: async (record) => {
      if (!records.has(record.remediationId)) records.set(record.remediationId, record);
      return records.get(record.remediationId)!;
    },
    getRemediation: async (id) => records.get(id),
    updateRemediation: async (id, changes) => {
      const found = records.get(id);
      if (found) records.set(id, { ...found, ...changes });
    },
    takeUpQuestion: async (id, executionArn) => {
      const found = records.get(id);
      const isOurs = found?.status === 'acting' && found.executionArn === executionArn;
      if (found?.status !== 'asked' && !isOurs) return false;
      records.set(id, { ...found!, status: 'acting', executionArn });
      return true;
    },
    rejectQuestion: async (id, reason) => {
      const found = records.get(id);
      if (found?.status === 'asked') records.set(id, { ...found, status: 'refused', reason });
    },
    startCoolDown: async ({ resource, action, remediationId, nowMs, coolDownMs }) => {
      const key = `${resource.kind}#${resource.name}#${action}`;
      const standing = coolDowns.get(key);
      if (standing && standing.untilMs > nowMs && standing.remediationId !== remediationId)
        return { until: new Date(standing.untilMs).toISOString(), remediationId: standing.remediationId };
      coolDowns.set(key, { untilMs: nowMs + coolDownMs, remediationId });
      return undefined;
    },
    takeFromBudget: async ({ action, remediationId, date, maximumPerDay }) => {
      const places = placesOf(date, action);
      if (!places.has(remediationId) && places.size >= maximumPerDay) return false;
      places.add(remediationId);
      return true;
    },
    returnToBudget: async ({ action, remediationId, date }) => void placesOf(date, action).delete(remediationId),
    restFunction: async ({ functionName, functionArn: arn, baselineMemorySizeMb, lastWritten, coolDownUntil }) => {
      const known = contents?.functions.get(functionName);
      contents?.functions.set(functionName, {
        functionName,
        functionArn: arn,
        baselineMemorySizeMb,
        observations: [],
        ...known,
        lastWritten,
        coolDownUntil,
      });
    },
  };
}
