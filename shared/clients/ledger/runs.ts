import type { RunRecord, SourcesAwayRecord } from '../../contracts/ledger.ts';
import { leaseKey, linkKey, questionKey, runKey, sourcesAwayKey, ttlSeconds } from './keys.ts';
import type { Lease, RunLedger } from './ledger.ts';
import { asRecord, type Item, type LedgerTable } from './table.ts';

/** Leases outlive their night by this much, for a late second delivery by the scheduler to find. */
const LEASE_RETENTION_DAYS = 14;
const DAY_MS = 86_400_000;

export function createRunLedger(table: LedgerTable): RunLedger {
  return {
    acquireLease: async (lease) => {
      const standing = await table.put(leaseItem(lease), {
        expression: 'attribute_not_exists(pk) OR executionArn = :mine',
        values: { ':mine': lease.executionArn },
      });
      return standing ? { acquired: false, holder: asRecord<Lease>(standing) } : { acquired: true };
    },
    takeOverLease: async (lease, from) => {
      const standing = await table.put(leaseItem(lease), {
        expression: 'executionArn = :from',
        values: { ':from': from },
      });
      return standing === undefined;
    },
    putRun: async (run) => {
      await table.put({ ...runKey(run.runId), ...run });
    },
    getRun: async (runId) => (await table.get(runKey(runId))) as RunRecord | undefined,
    updateRun: async (runId, changes) => {
      await table.update(runKey(runId), { set: changes as Item, condition: { expression: 'attribute_exists(pk)' } });
    },
    getSourcesAway: async () => {
      const item = await table.get(sourcesAwayKey());
      return item && asRecord<SourcesAwayRecord>(item);
    },
    putSourcesAway: async (record) => {
      await table.put({ ...sourcesAwayKey(), ...record });
    },
    putQuestion: async (runId, expiresAt) => {
      await table.put({ ...questionKey(runId), ttl: ttlSeconds(expiresAt) });
    },
    listQuestions: async () => {
      const found = await table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': questionKey('').pk },
      });
      return found.map(({ sk }) => String(sk));
    },
    putLink: async (linkHash, runId, deleteAfter) => {
      await table.put({ ...linkKey(linkHash), runId, ttl: ttlSeconds(deleteAfter) });
    },
    findRunIdByLink: async (linkHash) => (await table.get(linkKey(linkHash)))?.['runId'] as string | undefined,
  };
}

function leaseItem(lease: Lease) {
  const deleteAfter = new Date(Date.parse(lease.takenAt) + LEASE_RETENTION_DAYS * DAY_MS).toISOString();
  return { ...leaseKey(lease.leaseId), ...lease, ttl: ttlSeconds(deleteAfter) };
}
