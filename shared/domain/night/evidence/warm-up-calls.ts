import type { FunctionMetrics } from '../../../contracts/evidence.ts';
import type { WarmUps } from '../../../contracts/manifest.ts';
import { WARM_UP_MS } from '../../configuration/cold-start/warm-up-time.ts';

const DAY_MS = 86_400_000;
/** Below this share of the calls, percentiles are those of the function's own calls as near as they are measured. */
const NEGLIGIBLE_SHARE = 0.005;

/** What both a look-back and a stretch of production have. */
interface Durations {
  invocations: number;
  meanDurationMs?: number | undefined;
  p50DurationMs?: number | undefined;
  p95DurationMs?: number | undefined;
  p99DurationMs?: number | undefined;
}

/**
 * The metrics of a function's own calls: those that keep it warm take a moment of waiting, whatever its memory, and a mean
 * over both says that less memory slows nothing. Percentiles of both cannot be taken apart, and are left out.
 */
export function withoutWarmUps(metrics: FunctionMetrics, warmUps: WarmUps | undefined): FunctionMetrics {
  const { invocations, invocationsPerMonth } = metrics;
  const warmUpCalls = Math.min(invocations, warmUps === undefined ? 0 : callsWithin(metrics, warmUps));
  if (warmUpCalls === 0) return metrics;
  const own = ownCalls(metrics, warmUpCalls);
  return {
    ...own,
    invocationsPerMonth: Math.round((invocationsPerMonth * own.invocations) / invocations),
    warmUpCalls,
  };
}

/** The same of a stretch of so many days, at the rate that the metrics tell of. */
export function withoutWarmUpsAsIn<Stretch extends Durations>(
  { from, to, warmUpCalls = 0 }: Pick<FunctionMetrics, 'from' | 'to' | 'warmUpCalls'>,
  stretch: Stretch,
  days: number,
): Stretch {
  const calls = Math.round((warmUpCalls * days * DAY_MS) / (Date.parse(to) - Date.parse(from)));
  return calls > 0 ? ownCalls(stretch, Math.min(calls, stretch.invocations)) : stretch;
}

/** Without durations where nobody else called it. */
function ownCalls<Both extends Durations>(both: Both, warmUpCalls: number): Both {
  const { invocations, meanDurationMs = 0 } = both;
  const own = invocations - warmUpCalls;
  const ownMs = invocations * meanDurationMs - warmUpCalls * WARM_UP_MS;
  const counts = { ...both, invocations: own };
  delete counts.meanDurationMs;
  if (warmUpCalls >= NEGLIGIBLE_SHARE * invocations) {
    delete counts.p50DurationMs;
    delete counts.p95DurationMs;
    delete counts.p99DurationMs;
  }
  return own > 0 && ownMs > 0 ? { ...counts, meanDurationMs: Math.round((ownMs / own) * 1000) / 1000 } : counts;
}

function callsWithin({ from, to }: FunctionMetrics, { callsPerDay, since }: WarmUps): number {
  const ms = Date.parse(to) - Math.max(Date.parse(from), Date.parse(since));
  return Math.max(0, Math.round((callsPerDay * ms) / DAY_MS));
}
