import type { OperatingCost } from '../../../contracts/change.ts';
import { estimateNightUsage } from '../../pricing/estimate-night-usage.ts';
import { nightBill } from '../../pricing/night-bill.ts';
import { PRICES_AS_OF } from '../../pricing/service-prices.ts';
import { metricsSent } from './run-metrics.ts';
import { countNight, type NightResults } from './summarize.ts';

/** Lines below a hundredth of a cent tell nobody anything. */
const SMALLEST_LINE_USD = 0.0001;

/** What the night itself cost, by its own counts and dated list prices; alarms and the dashboard stand apart. */
export function operatingCost(night: NightResults, scannedBytes: number): OperatingCost {
  const counts = countNight(night);
  const { applied } = counts;
  const usage = estimateNightUsage({
    assessed: night.assessed.length,
    applied,
    notApplied: night.changed.length - applied,
    settled: night.settled.length,
    scannedBytes,
    ownMetrics: metricsSent(counts),
  });
  const { lines, usdPerNight } = nightBill(usage);
  const shown = lines.filter(({ usd }) => usd >= SMALLEST_LINE_USD).map(({ item, usd }) => [item, rounded(usd)]);
  return { usdPerNight: rounded(usdPerNight), largestLinesUsd: Object.fromEntries(shown), pricesAsOf: PRICES_AS_OF };
}

const rounded = (usd: number): number => Math.round(usd * 1e6) / 1e6;
