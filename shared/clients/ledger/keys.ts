import type { Lane } from '../../domain/turns.ts';

/** Keys of the ledger's single table; the only place that spells them. */
export interface Key {
  pk: string;
  sk: string;
}

export const leaseKey = (leaseId: string): Key => ({ pk: `LEASE#${leaseId}`, sk: 'LEASE' });
export const runKey = (runId: string): Key => ({ pk: `RUN#${runId}`, sk: 'RUN' });
export const sourcesAwayKey = (): Key => ({ pk: 'SOURCES', sk: 'AWAY' });
/** Lets people find a remediation's question, which is a run that has nothing in the run bucket. */
export const questionKey = (runId: string): Key => ({ pk: 'QUESTIONS', sk: runId });
export const linkKey = (linkHash: string): Key => ({ pk: `LINK#${linkHash}`, sk: 'LINK' });
export const proposalKey = (runId: string, functionName: string): Key => ({
  pk: `RUN#${runId}`,
  sk: `${PROPOSAL_PREFIX}${functionName}`,
});
export const tokenKey = (runId: string, functionName: string): Key => ({
  pk: `RUN#${runId}`,
  sk: `${TOKEN_PREFIX}${functionName}`,
});
export const functionKey = (functionName: string): Key => ({ pk: `FUNCTION#${functionName}`, sk: 'STATE' });
export const changeKey = (functionName: string, runId: string): Key => ({
  pk: `FUNCTION#${functionName}`,
  sk: `${CHANGE_PREFIX}${runId}`,
});
/** When a lane's next turn begins. */
export const laneKey = (lane: Lane): Key => ({ pk: `TURNS#LANE#${lane}`, sk: 'LANE' });
/** The turn that one change was given. */
export const turnKey = (holder: string): Key => ({ pk: `TURNS#OF#${holder}`, sk: 'TURN' });

export const remediationKey = (remediationId: string): Key => ({
  pk: `REMEDIATION#${remediationId}`,
  sk: 'REMEDIATION',
});
export const cooldownKey = (kind: string, name: string, action: string): Key => ({
  pk: `RESOURCE#${kind}#${name}`,
  sk: `COOLDOWN#${action}`,
});
export const budgetKey = (date: string, action: string, place: number): Key => ({
  pk: `BUDGET#${date}`,
  sk: `${action}#${place}`,
});

export const PROPOSAL_PREFIX = 'PROPOSAL#';
export const TOKEN_PREFIX = 'TOKEN#';
export const CHANGE_PREFIX = 'CHANGE#';

/** Beginnings of the partition keys of everything that a ledger holds. */
export const RECORD_PARTITIONS = [
  'LEASE#',
  'RUN#',
  'SOURCES',
  'QUESTIONS',
  'LINK#',
  'FUNCTION#',
  'TURNS#',
  'REMEDIATION#',
  'RESOURCE#',
  'BUDGET#',
  'SETTINGS#',
] as const;

/** Value of the sparse index's partition key while a change is not settled. */
export const OPEN_PARTITION = 'OPEN';

/** DynamoDB's TTL attribute wants whole epoch seconds. */
export const ttlSeconds = (iso: string): number => Math.floor(Date.parse(iso) / 1000);
