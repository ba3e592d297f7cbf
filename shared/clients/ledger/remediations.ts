import type { FunctionRecord } from '../../contracts/ledger.ts';
import type { ActionKind, RemediationRecord, RemediationResource } from '../../contracts/remediation.ts';
import { budgetKey, cooldownKey, functionKey, remediationKey, ttlSeconds } from './keys.ts';
import { asRecord, type Item, type LedgerTable } from './table.ts';

/** Records of remediations outlive the investigation of a quarter's incidents. */
const RETENTION_MS = 180 * 86_400_000;

export interface CooldownRequest {
  resource: RemediationResource;
  /** `Notify` is the rest between two mails about the same thing. */
  action: ActionKind | 'Notify';
  remediationId: string;
  nowMs: number;
  coolDownMs: number;
}

export interface BudgetRequest {
  action: ActionKind;
  remediationId: string;
  /** UTC date. */
  date: string;
  maximumPerDay: number;
}

export interface FunctionRest {
  functionName: string;
  functionArn: string;
  /** Size before Rightsizer first changed it, for a function that the ledger does not know yet. */
  baselineMemorySizeMb: number;
  lastWritten: NonNullable<FunctionRecord['lastWritten']>;
  coolDownUntil: string;
}

/** What remediation remembers; every claim is one conditional write, so that of two executions one wins. */
export interface RemediationLedger {
  /** Writes the record unless it stands; answers the one that stands, which may be an earlier try's or another execution's. */
  beginRemediation(record: RemediationRecord): Promise<RemediationRecord>;
  getRemediation(remediationId: string): Promise<RemediationRecord | undefined>;
  updateRemediation(remediationId: string, changes: Partial<RemediationRecord>): Promise<void>;
  /** Gives a question to the execution that acts on its approval, once: answers false when it is not open, or another's. */
  takeUpQuestion(remediationId: string, executionArn: string): Promise<boolean>;
  /** Ends a question that nobody has acted on; one that somebody has stays as it is. */
  rejectQuestion(remediationId: string, reason: string): Promise<void>;
  /** Starts the rest of a resource after an action; undefined when it may be taken, else until when it still rests. */
  startCoolDown(request: CooldownRequest): Promise<{ until: string; remediationId: string } | undefined>;
  /** Takes one of a day's places for an action; false when all are taken. A holder's second call takes none. */
  takeFromBudget(request: BudgetRequest): Promise<boolean>;
  /** Gives back the place of an action that was refused in the end. */
  returnToBudget(request: Omit<BudgetRequest, 'maximumPerDay'>): Promise<void>;
  /** Keeps the night away from a function until a time, and remembers what we left; whatever else is open on it. */
  restFunction(rest: FunctionRest): Promise<void>;
}

export function createRemediationLedger(table: LedgerTable): RemediationLedger {
  return {
    beginRemediation: async (record) => {
      const ttl = ttlSeconds(new Date(Date.parse(record.startedAt) + RETENTION_MS).toISOString());
      const standing = await table.put(
        { ...remediationKey(record.remediationId), ...record, ttl },
        { expression: 'attribute_not_exists(pk)' },
      );
      return standing === undefined ? record : asRecord<RemediationRecord>(standing);
    },
    getRemediation: async (remediationId) =>
      (await table.get(remediationKey(remediationId))) as RemediationRecord | undefined,
    updateRemediation: async (remediationId, changes) => {
      await table.update(remediationKey(remediationId), {
        set: changes as Item,
        condition: { expression: 'attribute_exists(pk)' },
      });
    },
    takeUpQuestion: async (remediationId, executionArn) => {
      const { written } = await table.update(remediationKey(remediationId), {
        set: { status: 'acting', executionArn },
        condition: {
          expression: '#status = :asked OR (#status = :acting AND executionArn = :mine)',
          names: { '#status': 'status' },
          values: { ':asked': 'asked', ':acting': 'acting', ':mine': executionArn },
        },
      });
      return written;
    },
    rejectQuestion: async (remediationId, reason) => {
      await table.update(remediationKey(remediationId), {
        set: { status: 'refused', reason },
        condition: {
          expression: '#status = :asked',
          names: { '#status': 'status' },
          values: { ':asked': 'asked' },
        },
      });
    },
    startCoolDown: (request) => startCoolDown(table, request),
    takeFromBudget: (request) => takeFromBudget(table, request),
    returnToBudget: (request) => returnToBudget(table, request),
    restFunction: (rest) => restFunction(table, rest),
  };
}

async function startCoolDown(
  table: LedgerTable,
  { resource, action, remediationId, nowMs, coolDownMs }: CooldownRequest,
): Promise<{ until: string; remediationId: string } | undefined> {
  const untilMs = nowMs + coolDownMs;
  const standing = await table.put(
    {
      ...cooldownKey(resource.kind, resource.name, action),
      remediationId,
      untilMs,
      ttl: ttlSeconds(new Date(untilMs).toISOString()),
    },
    {
      expression: 'attribute_not_exists(pk) OR untilMs <= :now OR remediationId = :mine',
      values: { ':now': nowMs, ':mine': remediationId },
    },
  );
  if (standing === undefined) return undefined;
  return {
    until: new Date(Number(standing['untilMs'])).toISOString(),
    remediationId: String(standing['remediationId']),
  };
}

/** A day's budget is so many numbered places: taking one twice is impossible, and counting needs no arithmetic. */
async function takeFromBudget(
  table: LedgerTable,
  { action, remediationId, date, maximumPerDay }: BudgetRequest,
): Promise<boolean> {
  const ttl = ttlSeconds(new Date(Date.parse(date) + 2 * 86_400_000).toISOString());
  for (let place = 0; place < maximumPerDay; place += 1) {
    const standing = await table.put(
      { ...budgetKey(date, action, place), remediationId, ttl },
      {
        expression: 'attribute_not_exists(remediationId) OR remediationId = :mine',
        values: { ':mine': remediationId },
      },
    );
    if (standing === undefined) return true;
  }
  return false;
}

async function returnToBudget(
  table: LedgerTable,
  { action, remediationId, date }: Omit<BudgetRequest, 'maximumPerDay'>,
): Promise<void> {
  const places = await table.query({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :action)',
    ExpressionAttributeValues: { ':pk': budgetKey(date, action, 0).pk, ':action': `${action}#` },
    ConsistentRead: true,
  });
  for (const place of places.filter((each) => each['remediationId'] === remediationId)) {
    await table.update(
      { pk: String(place['pk']), sk: String(place['sk']) },
      {
        remove: ['remediationId'],
        condition: { expression: 'remediationId = :mine', values: { ':mine': remediationId } },
      },
    );
  }
}

async function restFunction(
  table: LedgerTable,
  { functionName, functionArn, baselineMemorySizeMb, lastWritten, coolDownUntil }: FunctionRest,
): Promise<void> {
  const key = functionKey(functionName);
  const fresh = { functionName, functionArn, baselineMemorySizeMb, observations: [], lastWritten, coolDownUntil };
  const standing = await table.put({ ...key, ...fresh }, { expression: 'attribute_not_exists(pk)' });
  if (standing === undefined) return;
  await table.update(key, { set: { lastWritten, coolDownUntil }, condition: { expression: 'attribute_exists(pk)' } });
}
