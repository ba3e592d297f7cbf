import type { ChangeRecord } from '../../contracts/ledger.ts';
import type { RemediationSettings } from '../../contracts/remediation-settings.ts';
import type { FunctionEvidence, RecentMetrics } from './evidence.ts';

const HOUR_MS = 3_600_000;
/** Errors count as worse when their share rose by more than a percentage point; the same rule verification goes by. */
const ERROR_SHARE_MARGIN = 0.01;
const SLOWDOWN_MARGIN = 1.2;

/** Our change that is still being watched and still what is live, or undefined. */
export function watchedChange(
  { record, lastChange, live }: Pick<FunctionEvidence, 'record' | 'lastChange' | 'live'>,
  { watchHours }: RemediationSettings,
  nowMs: number,
): ChangeRecord | undefined {
  if (lastChange?.appliedAt === undefined || live === undefined) return undefined;
  if (lastChange.rolledBackAt !== undefined) return undefined;
  const isOpen = record?.open?.runId === lastChange.runId && record.open.kind !== 'proposal';
  const isRecent = nowMs - Date.parse(lastChange.appliedAt) <= watchHours * HOUR_MS;
  const isLive =
    live.memorySizeMb === lastChange.after.memorySizeMb && live.timeoutSeconds === lastChange.after.timeoutSeconds;
  const sameCode = live.codeSha256 === lastChange.before.codeSha256;
  return (isOpen || isRecent) && isLive && sameCode ? lastChange : undefined;
}

/**
 * How production got worse since the change, or undefined when it was as bad before: then somebody else is at fault,
 * and taking the change back would help nobody.
 */
export function worseSince(recent: RecentMetrics, before: RecentMetrics | undefined): string | undefined {
  const share = ({ errors, invocations }: RecentMetrics) => (invocations === 0 ? 0 : errors / invocations);
  const isErrorWorse = share(recent) > share(before ?? { ...recent, errors: 0 }) + ERROR_SHARE_MARGIN;
  if (isErrorWorse) {
    return `${percent(share(recent))} of invocations fail, ${before ? percent(share(before)) : 'hardly any'} did before`;
  }
  const { p95DurationMs: p95 } = recent;
  const p95Before = before?.p95DurationMs;
  if (p95 !== undefined && p95Before !== undefined && p95 > p95Before * SLOWDOWN_MARGIN) {
    return `p95 is ${Math.round(p95)} ms, it was ${Math.round(p95Before)} ms before`;
  }
  return undefined;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
