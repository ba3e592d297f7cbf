import type { RunContext, RunPolicy } from '../../shared/contracts/run.ts';

const HOUR_MS = 3_600_000;
const isoAt = (ms: number): string => new Date(ms).toISOString();

/** A run that only ever looks: the pipeline's tasks want one, and a dry run writes nothing. */
export function assessmentRun(startedAtMs: number, policy: RunPolicy): RunContext {
  const endsAt = isoAt(startedAtMs + HOUR_MS);
  return {
    schemaVersion: 1,
    runId: `manual-assess-${isoAt(startedAtMs).slice(0, 10)}`,
    trigger: 'manual',
    runDate: isoAt(startedAtMs).slice(0, 10),
    executionArn: 'assess',
    startedAt: isoAt(startedAtMs),
    nextStartAt: endsAt,
    approvalExpiresAt: endsAt,
    verifyDeadlineAt: endsAt,
    verificationWindowSeconds: 0,
    approvalTimeoutSeconds: 0,
    dryRun: true,
    approvalMode: 'ask',
    scope: {},
    policy,
    artifacts: { bucket: 'assess', prefix: 'assess' },
  };
}
