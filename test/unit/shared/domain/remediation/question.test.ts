import type { RemediationAction, RemediationRecord } from '../../../../../shared/contracts/remediation.ts';
import {
  approvalExecutionName,
  isApprovalExecution,
  questionProposal,
  questionRun,
} from '../../../../../shared/domain/remediation/question.ts';
import { ALARM_NAME, AT, classified, raiseMemory } from '../../../../support/remediation.ts';

const record = (action: RemediationAction = raiseMemory): RemediationRecord =>
  ({
    remediationId: 'event-1',
    executionArn: 'arn:execution',
    startedAt: AT,
    status: 'asked',
    action,
    classified: classified({ action }),
  }) as RemediationRecord;

it('is a run of its own with one proposal, open for a day', () => {
  expect(questionRun(record())).toEqual({
    runId: 'remediation-event-1',
    runDate: '2026-11-23',
    trigger: 'alarm',
    executionArn: 'arn:execution',
    startedAt: AT,
    approvalExpiresAt: '2026-11-24T10:00:00.000Z',
    status: 'succeeded',
    proposalCount: 1,
  });
});

it('proposes what it would do, and claims to have measured nothing', () => {
  const { functionName, functionArn, before, after } = raiseMemory;
  expect(questionProposal(record())).toEqual({
    runId: 'remediation-event-1',
    functionName,
    functionArn,
    status: 'pending',
    createdAt: AT,
    expiresAt: '2026-11-24T10:00:00.000Z',
    remediation: { remediationId: 'event-1', action: raiseMemory, alarmName: ALARM_NAME, cause: 'OutOfMemory' },
    assessment: {
      functionName,
      functionArn,
      architecture: 'x86_64',
      codeSha256: '',
      owner: { tool: 'unknown' },
      tags: {},
      finding: 'NotOptimized',
      findingReasons: ['OutOfMemory'],
      reason: 'killed for want of memory',
      risk: 'Medium',
      current: before,
      recommended: after,
      baselineMemorySizeMb: before.memorySizeMb,
      ephemeralStorageMb: 0,
      memory: { source: 'None' },
      candidates: [],
      advice: [],
    },
    savings: {
      costUsdPerMonthBefore: 0,
      costUsdPerMonthAfter: 0,
      requestsUsdPerMonth: 0,
      savingsUsdPerMonth: 0,
      savingsUsdPerYear: 0,
      pricesAsOf: '',
      priceSource: 'Fallback',
    },
  });
});

it('names a table where a function would stand, and no sizes where none change', () => {
  const raised = questionProposal(
    record({ kind: 'RaiseTableMaximum', tableName: 'sessions', dimension: 'read', before: 10, after: 15 }),
  );
  const unchanged = { memorySizeMb: 0, timeoutSeconds: 0 };
  expect(raised).toMatchObject({
    functionName: 'sessions',
    functionArn: '',
    assessment: { current: unchanged, recommended: unchanged },
  });
  const longer = { memorySizeMb: 1_024, timeoutSeconds: 45 };
  const { assessment } = questionProposal(record({ ...raiseMemory, kind: 'RaiseTimeout', after: longer }));
  expect(assessment).toMatchObject({ current: raiseMemory.before, recommended: longer });
});

it('is carried out under one name, which tells such executions from those of alarms', () => {
  expect(approvalExecutionName('event-1')).toBe('approve-event-1');
  expect(isApprovalExecution('approve-event-1')).toBe(true);
  expect(isApprovalExecution('alarm-that-ends-in-approve-')).toBe(false);
});
