import type {
  BucketGrid,
  FunctionLogs,
  FunctionTelemetry,
  MetricColumns,
  TrafficFilter,
} from '../account/telemetry.ts';
import { memoryNeedMb } from './atom.ts';
import { behaviourAt, type FleetFunction } from './fleet-function.ts';
import { FleetColumns } from './metric-columns.ts';
import { FleetLogs } from './report-rows.ts';
import { walkAtoms } from './walk-atoms.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/**
 * Columns kept, some 20 KB each: more functions than the requests beside each other page through (8 batches of 50), or
 * every page would compute them anew.
 */
const MOST_RECENT = 500;

/** Answers for the functions of a fleet, as of the time `now` tells. */
export class FleetTelemetry implements FunctionTelemetry {
  /** Metrics and log lines of the last minutes have not arrived yet. */
  lateMinutes = 0;
  private readonly functions: ReadonlyMap<string, FleetFunction>;
  private readonly now: () => number;
  /** The columns asked for last, by function: nine metrics of one function share one computation. Oldest first. */
  private readonly recent = new Map<FleetFunction, { key: string; columns: FleetColumns }>();

  constructor(functions: ReadonlyMap<string, FleetFunction>, now: () => number) {
    this.functions = functions;
    this.now = now;
  }

  metrics(functionName: string, filter: TrafficFilter, grid: BucketGrid): MetricColumns | undefined {
    const fn = this.functions.get(functionName);
    if (!fn) return undefined;
    const endMs = this.publishedUntilMs();
    const { startMs, periodMs, count } = grid;
    const visibleEndMs = Math.min(endMs, startMs + count * periodMs);
    const key = `${filter.resource}|${filter.executedVersion}|${startMs}|${periodMs}|${count}|${visibleEndMs}|${fn.timeline.revision}`;
    const recent = this.recent.get(fn);
    if (recent?.key === key) return recent.columns;
    const columns = new FleetColumns(fn, filter, grid, endMs);
    this.recent.delete(fn);
    this.recent.set(fn, { key, columns });
    if (this.recent.size > MOST_RECENT) this.recent.delete(this.recent.keys().next().value!);
    return columns;
  }

  insightsMemoryMb(functionName: string, grid: BucketGrid): Float64Array | undefined {
    const fn = this.functions.get(functionName);
    if (!fn?.lambdaInsights) return undefined;
    const endMs = this.publishedUntilMs();
    const used = new Float64Array(grid.count).fill(Number.NaN);
    for (let bucket = 0; bucket < grid.count; bucket++) {
      const from = grid.startMs + bucket * grid.periodMs;
      walkAtoms(fn, from, Math.min(from + grid.periodMs, endMs), (atom, hourMs) => {
        if (atom.invocationsInWindow === 0) return;
        const usedMb = Math.min(atom.part.memorySizeMb, memoryNeedMb(fn, atom.regime, hourMs));
        used[bucket] = Math.max(Number.isNaN(used[bucket]!) ? 0 : used[bucket]!, Math.round(usedMb));
      });
    }
    return used;
  }

  logs(functionName: string, startMs: number, endMs: number): FunctionLogs | undefined {
    const fn = this.functions.get(functionName);
    if (!fn) return undefined;
    const { retentionDays } = fn.logging;
    const keptSinceMs = retentionDays === undefined ? -Infinity : this.now() - retentionDays * DAY_MS;
    return new FleetLogs(fn, Math.max(startMs, keptSinceMs), Math.min(endMs, this.publishedUntilMs()));
  }

  expectedDurationMs(functionName: string, memorySizeMb: number): number | undefined {
    const fn = this.functions.get(functionName);
    return fn && behaviourAt(fn, memorySizeMb).meanMs * (fn.timeline.at(this.now())?.durationFactor ?? 1);
  }

  private publishedUntilMs(): number {
    return this.now() - this.lateMinutes * MINUTE_MS;
  }
}
