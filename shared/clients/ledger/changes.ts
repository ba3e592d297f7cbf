import { OPEN_CHANGES_INDEX } from '../../constants.ts';
import type { ChangeRecord } from '../../contracts/ledger.ts';
import { CHANGE_PREFIX, changeKey, functionKey, OPEN_PARTITION } from './keys.ts';
import type { ChangeLedger } from './ledger.ts';
import { asRecord, type Item, type LedgerTable } from './table.ts';

type Changes = Pick<
  ChangeLedger,
  'beginChange' | 'getChange' | 'updateChange' | 'settleChange' | 'listOpenChanges' | 'listChanges'
>;

export function createChangeLedger(table: LedgerTable): Changes {
  return {
    beginChange: async (change) => {
      const standing = await table.put(
        { ...changeKey(change.functionName, change.runId), ...change, openPartition: OPEN_PARTITION },
        { expression: 'attribute_not_exists(pk)' },
      );
      return standing === undefined ? change : asRecord<ChangeRecord>(standing);
    },
    getChange: async (functionName, runId) =>
      (await table.get(changeKey(functionName, runId))) as ChangeRecord | undefined,
    updateChange: async (functionName, runId, changes) => {
      await table.update(changeKey(functionName, runId), {
        set: changes as Item,
        condition: { expression: 'attribute_exists(pk)' },
      });
    },
    settleChange: async (functionName, runId) => {
      await table.update(changeKey(functionName, runId), {
        remove: ['openPartition'],
        condition: { expression: 'attribute_exists(openPartition)' },
      });
    },
    listOpenChanges: async () => {
      const items = await table.query({
        IndexName: OPEN_CHANGES_INDEX,
        KeyConditionExpression: 'openPartition = :open',
        ExpressionAttributeValues: { ':open': OPEN_PARTITION },
      });
      return items.map(asRecord<ChangeRecord>);
    },
    listChanges: async (functionName) => {
      const items = await table.query({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': functionKey(functionName).pk, ':prefix': CHANGE_PREFIX },
        ConsistentRead: true,
      });
      return items.map(asRecord<ChangeRecord>);
    },
  };
}
