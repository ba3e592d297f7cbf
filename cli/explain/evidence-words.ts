import type { Assessment } from '../../shared/contracts/assessment.ts';
import { count, duration, megabytes } from '../../shared/domain/approval/proposal/wording.ts';

/** What the assessment is based on, a line a fact. */
export function evidenceWords({ metrics, memory, owner }: Assessment): string[] {
  const known = (value: number | undefined) => (value === undefined ? 'unknown' : duration(value));
  return [
    ...(metrics
      ? [
          `${count(metrics.invocations)} invocations from ${metrics.from.slice(0, 10)} to ${metrics.to.slice(0, 10)}, about ${count(metrics.invocationsPerMonth)} a month`,
          `duration: mean ${known(metrics.meanDurationMs)}, p95 ${known(metrics.p95DurationMs)}, longest ${known(metrics.maxDurationMs)}`,
        ]
      : ['CloudWatch had no metrics of it']),
    memory.maxMemoryUsedMb === undefined
      ? `memory used: unknown (${memory.reason ?? memory.source})`
      : `memory used: at most ${megabytes(memory.maxMemoryUsedMb)}, as ${memory.source} says`,
    ...(owner.tool === 'unknown' ? [] : [`owned by ${owner.tool}${owner.stackName ? ` (${owner.stackName})` : ''}`]),
  ];
}
