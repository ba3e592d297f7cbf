import type { SettingRecord } from '../../domain/configuration/scaling/managed-setting.ts';
import { asRecord, createLedgerTable } from '../ledger/table.ts';

/** Who configured a setting; each has a partition of the ledger. */
export type SettingOwner = 'auto-scaling' | 'cold-start';

/** What we set on the customer's resources and what stood there before, so that it can be told apart and put back. */
export interface SettingRecords {
  /** By key; those that were undone among them. */
  list(): Promise<Map<string, SettingRecord>>;
  put(record: SettingRecord): Promise<void>;
}

export const settingPartition = (owner: SettingOwner): string => `SETTINGS#${owner}`;

export function createSettingRecords(tableName: string, owner: SettingOwner): SettingRecords {
  const table = createLedgerTable(tableName);
  const pk = settingPartition(owner);
  return {
    list: async () => {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
        ConsistentRead: true,
      });
      return new Map(items.map(({ pk: _pk, sk, ...record }) => [String(sk), asRecord<SettingRecord>(record)]));
    },
    put: async (record) => {
      await table.put({ pk, sk: record.key, ...record });
    },
  };
}

/** Records that last as long as the process: for callers without a ledger, who can then not undo. */
export function forgetfulSettingRecords(): SettingRecords {
  const records = new Map<string, SettingRecord>();
  return {
    list: async () => new Map(records),
    put: async (record) => {
      records.set(record.key, record);
    },
  };
}
