import type { RemediationAction } from '../../../../../shared/contracts/remediation.ts';
import { actionInWords } from '../../../../../shared/domain/remediation/action-words.ts';
import { raiseMemory } from '../../../../support/remediation.ts';

const table = { tableName: 'sessions' };
const fn = { functionName: 'orders' };

it.each<[RemediationAction, string]>([
  [{ kind: 'RollBackChange', ...fn, runId: 'r1' }, 'take the change of run r1 back'],
  [{ kind: 'RollBackChange', ...fn, runId: 'r1', restoreMemorySizeMb: 3_008 }, 'take all changes back, to 3,008 MB'],
  [{ kind: 'RaiseReservedConcurrency', ...fn, before: 1_000, after: 1_500 }, 'reserved concurrency 1,000 → 1,500'],
  [
    { kind: 'RaiseProvisionedConcurrency', ...fn, qualifier: 'live', before: 8, after: 10 },
    'provisioned concurrency of live 8 → 10',
  ],
  [
    {
      kind: 'RaiseTableCapacity',
      ...table,
      before: { readUnits: 100, writeUnits: 40 },
      after: { readUnits: 150, writeUnits: 60 },
    },
    'read units 100 → 150, write units 40 → 60',
  ],
  [
    { kind: 'RaiseTableMaximum', ...table, dimension: 'write', before: 2_000, after: 3_000 },
    'most write units 2,000 → 3,000',
  ],
  [{ kind: 'OptimizeOnDemand', ...fn }, 'assess it now; what that proposes is asked about by itself'],
])('says %j in words', (action, words) => {
  expect(actionInWords(action)).toBe(words);
});

it('says a raised memory or timeout as proposals do', () => {
  expect(actionInWords(raiseMemory)).toMatch(/1,024 .*1,536 MB/);
  const raiseTimeout = { ...raiseMemory, kind: 'RaiseTimeout', after: { memorySizeMb: 1_024, timeoutSeconds: 45 } };
  expect(actionInWords(raiseTimeout as RemediationAction)).toMatch(/30 .*45 s/);
});
