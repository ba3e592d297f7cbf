import type { FunctionRecord } from '../../contracts/ledger.ts';
import { abandonedSince } from '../../domain/night/eligibility/abandoned-proposal.ts';
import { functionKey } from './keys.ts';
import type { FunctionLedger } from './ledger.ts';
import { asRecord, type Item, type LedgerTable } from './table.ts';

const opened = (runId: string) => ({
  expression: '#open.runId = :runId',
  names: { '#open': 'open' },
  values: { ':runId': runId },
});

export function createFunctionLedger(table: LedgerTable): FunctionLedger {
  return {
    getFunctions: async (functionNames) => {
      const items = await table.batchGet(functionNames.map(functionKey));
      return new Map(items.map((item) => [String(item['functionName']), asFunction(item)]));
    },
    claim: async ({ functionName, functionArn, baselineMemorySizeMb, runId, at }) => {
      const first = await table.put(
        {
          ...functionKey(functionName),
          functionName,
          functionArn,
          baselineMemorySizeMb,
          observations: [],
          open: { kind: 'proposal', runId, since: at },
        },
        { expression: 'attribute_not_exists(pk)' },
      );
      if (first === undefined) return true;
      const again = await table.update(functionKey(functionName), {
        set: { functionArn, open: { kind: 'proposal', runId, since: at } },
        condition: {
          expression:
            'attribute_not_exists(#open) OR (#open.kind = :proposal AND (#open.runId = :runId OR #open.since <= :abandoned))',
          names: { '#open': 'open' },
          values: { ':runId': runId, ':proposal': 'proposal', ':abandoned': abandonedSince(at) },
        },
      });
      return again.written;
    },
    setOpen: async (functionName, runId, kind, at) => {
      const { written } = await table.update(functionKey(functionName), {
        set: { open: { kind, runId, since: at } },
        condition: opened(runId),
      });
      return written;
    },
    close: async (functionName, runId, learned) => {
      const { written } = await table.update(functionKey(functionName), {
        set: learned as Item,
        remove: ['open', ...(learned.standingConsent === undefined ? ['standingConsent'] : [])],
        condition: opened(runId),
      });
      return written;
    },
    markRevertedByDeploy: async (functionName, at) => {
      await table.update(functionKey(functionName), {
        set: { revertedByDeployAt: at },
        remove: ['lastWritten'],
        condition: { expression: 'attribute_exists(pk)' },
      });
    },
  };
}

const asFunction = (item: Item): FunctionRecord => asRecord<FunctionRecord>(item);
