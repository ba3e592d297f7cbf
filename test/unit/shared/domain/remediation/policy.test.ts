import type { RemediationAction } from '../../../../../shared/contracts/remediation.ts';
import {
  budgetDate,
  changedResource,
  DEFAULT_POLICIES,
  isUndoneInVain,
} from '../../../../../shared/domain/remediation/policy.ts';
import { raiseMemory } from '../../../../support/remediation.ts';

it('asks first only where the answer costs money every month', () => {
  const asking = Object.entries(DEFAULT_POLICIES).filter(([, { mode }]) => mode === 'ask');
  expect(asking.map(([kind]) => kind)).toEqual(['RaiseProvisionedConcurrency']);
  expect(new Set(Object.values(DEFAULT_POLICIES).map(({ mode }) => mode))).toEqual(new Set(['ask', 'automatic']));
});

it.each([
  ['RaiseTimeout', 'TimingOut', true],
  ['RaiseTimeout', 'FunctionErrors', true],
  ['RaiseMemory', 'TimingOut', true],
  ['RaiseMemory', 'OutOfMemory', false],
  ['RaiseReservedConcurrency', 'TimingOut', false],
] as const)('undoes %s for %s in vain: %s', (kind, cause, expected) => {
  expect(isUndoneInVain(kind, cause)).toBe(expected);
});

it('lets what was changed rest: the table, or the function', () => {
  const tableAction: RemediationAction = {
    kind: 'RaiseTableMaximum',
    tableName: 'sessions',
    dimension: 'read',
    before: 10,
    after: 15,
  };
  expect(changedResource(tableAction)).toEqual({ kind: 'table', name: 'sessions' });
  expect(changedResource(raiseMemory)).toEqual({ kind: 'function', name: raiseMemory.functionName });
});

it('counts budgets by the day in UTC', () => {
  expect(budgetDate(Date.parse('2026-11-23T23:59:59.999Z'))).toBe('2026-11-23');
});
