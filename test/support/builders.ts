import type { Assessment, Savings } from '../../shared/contracts/assessment.ts';
import type { ChangeRecord, FunctionRecord, ProposalRecord } from '../../shared/contracts/ledger.ts';
import type { AssessedOutcome } from '../../shared/contracts/outcome.ts';
import type { RunContext } from '../../shared/contracts/run.ts';
import type { RunSettings } from '../../shared/contracts/settings.ts';
import type { LiveFunction } from '../../shared/domain/night/change/live-function.ts';

/** Complete records with plausible values; tests override what they are about. */

export const FUNCTION_NAME = 'orders-api';
export const functionArn = (name = FUNCTION_NAME): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
export const NIGHT = '2026-11-23T02:00:00.000Z';

export function settings(overrides: Partial<RunSettings> = {}): RunSettings {
  return {
    policy: {
      strategy: 'cost',
      balancedWeight: 0.5,
      maxSlowdown: 0.1,
      lookbackDays: 14,
      minimumInvocations: 50,
      memoryHeadroom: 0.2,
      minimumSavingsUsdPerMonth: 0.1,
      minimumMemorySizeMb: 128,
      maximumMemorySizeMb: 10_240,
      maximumProposals: 1000,
      consentDays: 14,
    },
    scheduleCron: '0 2 * * ? *',
    timeZone: 'UTC',
    approvalWindowHours: 20,
    verificationWindowHours: 6,
    watchNights: 7,
    coolDownDays: 14,
    controlPlaneShare: 0.34,
    rateLimitShare: 0.5,
    logScanBudgetBytes: 50e9,
    retentionDays: 90,
    approvalMode: 'ask',
    autoApprovalRules: [],
    ownedFunctions: 'apply',
    ...overrides,
  };
}

export function runContext(overrides: Partial<RunContext> = {}): RunContext {
  return {
    schemaVersion: 1,
    runId: 'scheduled-2026-11-23',
    trigger: 'schedule',
    runDate: '2026-11-23',
    executionArn: 'arn:aws:states:us-east-1:123456789012:execution:nightly:one',
    startedAt: NIGHT,
    nextStartAt: '2026-11-24T02:00:00.000Z',
    approvalExpiresAt: '2026-11-23T22:00:00.000Z',
    verifyDeadlineAt: '2026-11-24T01:30:00.000Z',
    verificationWindowSeconds: 6 * 3600,
    approvalTimeoutSeconds: 20 * 3600,
    dryRun: false,
    approvalMode: 'ask',
    scope: {},
    policy: settings().policy,
    artifacts: { bucket: 'run-bucket', prefix: 'runs/scheduled-2026-11-23' },
    ...overrides,
  };
}

export function changeTaskInput(run = runContext(), functionName = FUNCTION_NAME) {
  return { run, runId: run.runId, functionName, functionArn: functionArn(functionName) };
}

/** Functions of different names share neither code nor stack, so that each is a question of its own. */
export function assessment(overrides: Partial<Assessment> = {}): Assessment {
  const { functionName = FUNCTION_NAME } = overrides;
  const isUsual = functionName === FUNCTION_NAME;
  return {
    functionName,
    functionArn: functionArn(functionName),
    architecture: 'arm64',
    codeSha256: isUsual ? 'code-1' : `code-of-${functionName}`,
    owner: { tool: 'cdk', stackName: isUsual ? 'orders' : `stack-of-${functionName}` },
    tags: { team: 'orders' },
    finding: 'NotOptimized',
    findingReasons: ['MemoryOverprovisioned'],
    reason: 'uses 210 of 1024 MB and is as fast at 512 MB',
    risk: 'Low',
    current: { memorySizeMb: 1024, timeoutSeconds: 30 },
    recommended: { memorySizeMb: 512, timeoutSeconds: 30 },
    baselineMemorySizeMb: 1024,
    ephemeralStorageMb: 512,
    metrics: {
      from: '2026-11-09T02:00:00.000Z',
      to: '2026-11-23T02:00:00.000Z',
      invocations: 140_000,
      errors: 10,
      throttles: 0,
      invocationsPerMonth: 300_000,
      meanDurationMs: 120,
      p95DurationMs: 260,
      p99DurationMs: 400,
      maxDurationMs: 900,
    },
    memory: { source: 'ReportLines', maxMemoryUsedMb: 210, coverage: 1 },
    candidates: [],
    advice: [],
    ...overrides,
  };
}

export function savings(overrides: Partial<Savings> = {}): Savings {
  return {
    costUsdPerMonthBefore: 0.54,
    costUsdPerMonthAfter: 0.3,
    requestsUsdPerMonth: 0.06,
    savingsUsdPerMonth: 0.24,
    savingsUsdPerYear: 2.88,
    pricesAsOf: '2026-09-19',
    priceSource: 'Fallback',
    ...overrides,
  };
}

export function assessedOutcome(overrides: Partial<AssessedOutcome> = {}): AssessedOutcome {
  const functionName = overrides.functionName ?? FUNCTION_NAME;
  return {
    schemaVersion: 1,
    functionName,
    functionArn: functionArn(functionName),
    kind: 'Proposable',
    reason: 'uses 210 of 1024 MB',
    assessment: assessment({ functionName }),
    savings: savings(),
    ...overrides,
  };
}

export function proposal(overrides: Partial<ProposalRecord> = {}): ProposalRecord {
  const functionName = overrides.functionName ?? FUNCTION_NAME;
  return {
    runId: 'scheduled-2026-11-23',
    functionName,
    functionArn: functionArn(functionName),
    status: 'pending',
    assessment: assessment({ functionName }),
    savings: savings(),
    createdAt: NIGHT,
    expiresAt: '2026-11-23T22:00:00.000Z',
    ...overrides,
  };
}

export const APPROVED = {
  decision: 'approved',
  by: { kind: 'link-holder', name: 'Ada' },
  at: '2026-11-23T08:00:00.000Z',
} as const;

export function change(overrides: Partial<ChangeRecord> = {}): ChangeRecord {
  return {
    runId: 'scheduled-2026-11-23',
    functionName: FUNCTION_NAME,
    functionArn: functionArn(),
    status: 'applied',
    before: { memorySizeMb: 1024, timeoutSeconds: 30, codeSha256: 'code-1' },
    after: { memorySizeMb: 512, timeoutSeconds: 30 },
    decision: APPROVED,
    assessment: assessment(),
    savings: savings(),
    startedAt: '2026-11-23T08:00:10.000Z',
    appliedAt: '2026-11-23T08:00:15.000Z',
    verifyAt: '2026-11-23T14:00:15.000Z',
    verifications: [],
    ...overrides,
  };
}

export function functionRecord(overrides: Partial<FunctionRecord> = {}): FunctionRecord {
  return {
    functionName: FUNCTION_NAME,
    functionArn: functionArn(),
    baselineMemorySizeMb: 1024,
    observations: [],
    ...overrides,
  };
}

export function liveFunction(overrides: Partial<LiveFunction> = {}): LiveFunction {
  return {
    memorySizeMb: 1024,
    timeoutSeconds: 30,
    codeSha256: 'code-1',
    revisionId: 'revision-1',
    state: 'Active',
    lastUpdateStatus: 'Successful',
    ...overrides,
  };
}

/** What the model expects at a size: fast enough, unless said otherwise. */
export const candidate = (memorySizeMb: number, meetsGuard = true) => ({
  memorySizeMb,
  meanDurationMs: 100,
  meanDurationLowerMs: 90,
  meanDurationUpperMs: 110,
  p95DurationMs: 200,
  p95DurationLowerMs: 180,
  p95DurationUpperMs: 220,
  costUsdPerMillion: 1,
  relativeCost: 1,
  relativeDuration: 1,
  meetsGuard,
  observed: false,
});
