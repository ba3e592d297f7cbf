import type { AssessmentItem, FunctionMetrics, MemoryEvidence } from '../../../../../../shared/contracts/evidence.ts';
import type { FunctionRecord } from '../../../../../../shared/contracts/ledger.ts';
import type { ManifestEntry } from '../../../../../../shared/contracts/manifest.ts';
import type { RunContext, RunPolicy } from '../../../../../../shared/contracts/run.ts';
import type { ListedFunction } from '../../../../../../shared/domain/night/eligibility/listed-function.ts';

export const STARTED_AT = '2026-11-23T02:00:00.000Z';
export const arnOf = (functionName: string): string => `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`;

export const policy = (changes: Partial<RunPolicy> = {}): RunPolicy => ({
  strategy: 'cost',
  balancedWeight: 0.5,
  maxSlowdown: 0.1,
  lookbackDays: 14,
  minimumInvocations: 20,
  memoryHeadroom: 0.1,
  minimumSavingsUsdPerMonth: 1,
  minimumMemorySizeMb: 128,
  maximumMemorySizeMb: 10_240,
  maximumProposals: 1_000,
  consentDays: 14,
  ...changes,
});

export const runContext = (changes: Partial<RunContext> = {}): RunContext => ({
  schemaVersion: 1,
  runId: 'scheduled-2026-11-23',
  trigger: 'schedule',
  runDate: '2026-11-23',
  executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:night:1',
  startedAt: STARTED_AT,
  nextStartAt: '2026-11-24T02:00:00.000Z',
  approvalExpiresAt: '2026-11-23T20:00:00.000Z',
  verifyDeadlineAt: '2026-11-24T01:30:00.000Z',
  verificationWindowSeconds: 14_400,
  approvalTimeoutSeconds: 64_800,
  dryRun: false,
  approvalMode: 'ask',
  scope: {},
  policy: policy(),
  artifacts: { bucket: 'runs', prefix: 'runs/scheduled-2026-11-23' },
  ...changes,
});

export const listedFunction = (changes: Partial<ListedFunction> = {}): ListedFunction => {
  const functionName = changes.functionName ?? 'orders';
  return {
    functionName,
    functionArn: arnOf(functionName),
    runtime: 'nodejs22.x',
    architecture: 'arm64',
    packageType: 'Zip',
    memorySizeMb: 1024,
    timeoutSeconds: 30,
    ephemeralStorageMb: 512,
    lastModified: '2026-01-01T00:00:00.000Z',
    codeSha256: 'q2hlY2tzdW0tb2YtdGhlLWNvZGUtaW4tYmFzZTY0LTQ0',
    logGroupName: `/aws/lambda/${functionName}`,
    logFormat: 'Text',
    managedInstances: false,
    durable: false,
    codeSigned: false,
    ...changes,
  };
};

export const manifestEntry = (changes: Partial<ManifestEntry> = {}): ManifestEntry => {
  const { managedInstances, durable, codeSigned, ...listed } = listedFunction({
    functionName: changes.functionName ?? 'orders',
  });
  return { ...listed, owner: { tool: 'unknown' }, baselineMemorySizeMb: 1024, observations: [], tags: {}, ...changes };
};

export const memoryEvidence = (changes: Partial<MemoryEvidence> = {}): MemoryEvidence => ({
  source: 'ReportLines',
  maxMemoryUsedMb: 200,
  reportCount: 14_000,
  coldStartShare: 0.02,
  initDurationMs: 180,
  ...changes,
});

export const assessmentItem = (changes: Partial<AssessmentItem> = {}): AssessmentItem => ({
  ...manifestEntry(changes),
  memoryEvidence: memoryEvidence(),
  ...changes,
});

export const functionMetrics = (changes: Partial<FunctionMetrics> = {}): FunctionMetrics => ({
  from: '2026-11-09T02:00:00.000Z',
  to: '2026-11-23T02:00:00.000Z',
  invocations: 14_000,
  errors: 0,
  throttles: 0,
  invocationsPerMonth: 30_438,
  invocationsInLookback: 14_000,
  meanDurationMs: 120,
  p50DurationMs: 110,
  p95DurationMs: 210,
  p99DurationMs: 300,
  maxDurationMs: 900,
  maxConcurrentExecutions: 4,
  ...changes,
});

export const functionRecord = (changes: Partial<FunctionRecord> = {}): FunctionRecord => ({
  functionName: 'orders',
  functionArn: arnOf('orders'),
  baselineMemorySizeMb: 1024,
  observations: [],
  ...changes,
});
