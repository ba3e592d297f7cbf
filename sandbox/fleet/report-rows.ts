import type { FunctionLogs, ReportRow } from '../account/telemetry.ts';
import { type Atom, memoryNeedMb } from './atom.ts';
import type { FleetFunction } from './fleet-function.ts';
import { mix, probit, uniform } from './noise.ts';
import type { TrafficPart } from './timeline.ts';
import { HOUR_MS } from './traffic.ts';
import { walkAtoms } from './walk-atoms.ts';

// Local, because a test runner's sandbox makes every look-up of a global costly.
const { ceil, floor, max, min, round } = Math;

/** What one part of the traffic wrote within the window. */
interface PartReport {
  readonly part: TrafficPart;
  readonly shape: Atom['shape'];
  invocations: number;
  errors: number;
  durationSumMs: number;
  durationMaxMs: number;
  maxMemoryUsedMb: number;
}

/** A distribution stands for its lines by this many rows of equal count. */
const ROWS_PER_DISTRIBUTION = 24;
/** START, END and REPORT, and the function's own. */
const LINES_PER_INVOCATION = 5;
const REPORT_BYTES = { Text: 210, JSON: 380 } as const;
/** What an environment that has served few invocations shows of the function's peak. */
const YOUNG_ENVIRONMENT_SHARE = 0.9;

function collect(fn: FleetFunction, startMs: number, endMs: number): PartReport[] {
  const reports: PartReport[] = [];
  walkAtoms(fn, startMs, endMs, (atom, hourMs) => {
    const count = atom.invocationsInWindow;
    if (count === 0) return;
    let report = reports.find((candidate) => candidate.part === atom.part);
    if (!report) {
      report = {
        part: atom.part,
        shape: atom.shape,
        invocations: 0,
        errors: 0,
        durationSumMs: 0,
        durationMaxMs: 0,
        maxMemoryUsedMb: 0,
      };
      reports.push(report);
    }
    report.invocations += count;
    report.errors += atom.errorsInWindow;
    report.durationSumMs += atom.durationSumInWindowMs;
    report.durationMaxMs = max(report.durationMaxMs, atom.durationMaxInWindowMs);
    report.maxMemoryUsedMb = max(report.maxMemoryUsedMb, seenMemoryMb(atom, hourMs, count));
  });
  return reports;
}

/** The environments' high-water mark, cut at their size: sticky, hence close to the peak once enough has run. */
function seenMemoryMb(atom: Atom, hourMs: number, count: number): number {
  const reached = uniform(mix(atom.hash, 11)) ** (1 / count);
  const share = YOUNG_ENVIRONMENT_SHARE + (1 - YOUNG_ENVIRONMENT_SHARE) * reached;
  return min(atom.part.memorySizeMb, round(memoryNeedMb(atom.fn, atom.regime, hourMs) * share));
}

/** Splits a count over rows so that the counts add up. */
function shareOut(count: number, rows: number, index: number): number {
  return floor((count * (index + 1)) / rows) - floor((count * index) / rows);
}

/**
 * Rows for one part: the longest duration as a line of its own, the rest at evenly spaced quantiles scaled to the exact
 * sum. The first rows are the cold starts, the last ones (the slowest) the failures.
 */
function rowsOf(fn: FleetFunction, report: PartReport): ReportRow[] {
  const rest = report.invocations - 1;
  const rows = min(rest, ROWS_PER_DISTRIBUTION);
  const counts = Array.from({ length: rows }, (_, index) => shareOut(rest, rows, index));
  const ratios = counts.map((_, index) => report.shape.ratioAt(probit((index + 0.5) / rows)));
  const durationsMs = scaledTo(ratios, counts, report.durationSumMs - report.durationMaxMs, report.durationMaxMs);
  const durations = durationsMs.map((durationMs, index): [number, number] => [durationMs, counts[index]!]);
  durations.push([report.durationMaxMs, 1]);
  return splitByFate(fn, report, durations);
}

/** Enough rounds for what the limit cuts off to be spread over the rest. */
const SCALING_ROUNDS = 12;

/** Ratios scaled so that the durations add up to `sumMs`, none beyond `mostMs`. */
function scaledTo(ratios: readonly number[], counts: readonly number[], sumMs: number, mostMs: number): number[] {
  let scale =
    sumMs /
    max(
      1,
      counts.reduce((sum, count) => sum + count, 0),
    );
  for (let round = 0; round < SCALING_ROUNDS && ratios.length > 0; round++) {
    const got = ratios.reduce((sum, ratio, index) => sum + min(ratio * scale, mostMs) * counts[index]!, 0);
    scale *= sumMs / got;
  }
  return ratios.map((ratio) => min(ratio * scale, mostMs));
}

function splitByFate(fn: FleetFunction, report: PartReport, durations: [number, number][]): ReportRow[] {
  let cold = min(report.invocations, round(report.invocations * fn.coldStartShare));
  let good = report.invocations - report.errors;
  const rows: ReportRow[] = [];
  for (const [durationMs, count] of durations) {
    let left = count;
    while (left > 0) {
      const isCold = cold > 0;
      const isGood = good > 0;
      const piece = min(left, isCold ? cold : left, isGood ? good : left);
      rows.push(rowOf(fn, report, durationMs, piece, isCold, isGood));
      left -= piece;
      if (isCold) cold -= piece;
      if (isGood) good -= piece;
    }
  }
  return rows;
}

function rowOf(
  fn: FleetFunction,
  report: PartReport,
  durationMs: number,
  count: number,
  isCold: boolean,
  isGood: boolean,
): ReportRow {
  const initDurationMs = isCold ? round2(fn.initDurationMs) : undefined;
  const isTimeout = !isGood && durationMs >= report.part.timeoutS * 1000 - 1;
  return {
    count,
    durationMs: round2(durationMs),
    // INIT is billed since 2025-08-01.
    billedDurationMs: ceil(durationMs + (initDurationMs ?? 0)),
    initDurationMs,
    memorySizeMb: report.part.memorySizeMb,
    maxMemoryUsedMb: report.maxMemoryUsedMb,
    status: isGood ? 'success' : isTimeout ? 'timeout' : 'failure',
  };
}

function round2(value: number): number {
  return round(value * 100) / 100;
}

/**
 * Lines that a function's log group holds of a window that the caller has cut to the retention. Each figure is drawn when it
 * is asked for: who asks for a group's size asks neither for its rows nor for the memory in them.
 */
export class FleetLogs implements FunctionLogs {
  readonly format: FunctionLogs['format'];
  readonly logGroupName: string;
  private readonly fn: FleetFunction;
  private readonly startMs: number;
  private readonly endMs: number;
  private known: readonly ReportRow[] | undefined;
  private invocations: number | undefined;

  constructor(fn: FleetFunction, startMs: number, endMs: number) {
    const { format, logGroup } = fn.logging;
    this.fn = fn;
    this.startMs = startMs;
    this.endMs = endMs;
    this.format = format;
    this.logGroupName = logGroup;
  }

  get lines(): number {
    return this.counted() * LINES_PER_INVOCATION;
  }

  get bytes(): number {
    const { bytesPerInvocation, bytesPerDay } = this.fn.logging;
    if (bytesPerDay !== undefined) return bytesPerDay * ((this.endMs - this.startMs) / (24 * HOUR_MS));
    return this.counted() * (bytesPerInvocation + REPORT_BYTES[this.format]);
  }

  /** Where every invocation leaves a line. */
  get mostMemoryUsedMb(): number | undefined {
    const { fn, startMs, endMs } = this;
    return fn.logging.systemLogLevel === 'WARN' ? undefined : mostMemoryUsedMb(fn, startMs, endMs);
  }

  get rows(): readonly ReportRow[] {
    this.known ??= this.write();
    return this.known;
  }

  private counted(): number {
    this.invocations ??= countInvocations(this.fn, this.startMs, this.endMs);
    return this.invocations;
  }

  private write(): readonly ReportRow[] {
    const all = collect(this.fn, this.startMs, this.endMs).flatMap((report) => rowsOf(this.fn, report));
    return this.fn.logging.systemLogLevel === 'WARN' ? all.filter(({ status }) => status !== 'success') : all;
  }
}

function countInvocations(fn: FleetFunction, startMs: number, endMs: number): number {
  let invocations = 0;
  walkAtoms(fn, startMs, endMs, (atom) => {
    invocations += atom.invocationsInWindow;
  });
  return invocations;
}

function mostMemoryUsedMb(fn: FleetFunction, startMs: number, endMs: number): number {
  let most = 0;
  walkAtoms(fn, startMs, endMs, (atom, hourMs) => {
    const count = atom.invocationsInWindow;
    if (count > 0) most = max(most, seenMemoryMb(atom, hourMs, count));
  });
  return most;
}
