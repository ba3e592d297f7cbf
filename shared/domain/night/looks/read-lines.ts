import type { MemoryEvidence } from '../../../contracts/evidence.ts';
import type { LineReading, Look, ReadLines } from '../../../contracts/look.ts';
import type { EvidenceWindow } from '../evidence/window.ts';

/** Lines reach Logs Insights within minutes; of a bad day, within hours. */
const OVERLAP_MS = 2 * 3_600_000;
/** More say nothing more: a reading is forgotten once all of it is older than the look-back. */
const MOST_READINGS = 4;

/** The lines of a function that no night has read, and what earlier ones read in those before. */
export interface UnreadLines {
  readonly startMs: number;
  readonly before: {
    readonly reports: number;
    readonly invocations: number;
    readonly maxMemoryUsedMb?: number;
    readonly coldStartShare?: number | undefined;
    readonly initDurationMs?: number | undefined;
  };
}

/**
 * From where on a function's lines are read, since a line says tomorrow what it said today. Begins a little before the
 * last reading ended, for lines that arrived late. Undefined where all of the look-back has to be read: what is remembered does
 * not cover it from its first period on, or the function runs so rarely that a run more or less counts.
 */
export function unreadLines(
  { lastModified }: { lastModified: string },
  look: Look | undefined,
  window: EvidenceWindow,
): UnreadLines | undefined {
  const readings = withinWindow(look?.lines?.readings ?? [], window);
  if (look === undefined || look.rare !== undefined || readings.length === 0) return undefined;
  const { from, to, reports, invocations, maxMemoryUsedMb } = readings.reduce(joined);
  if (Date.parse(from) > window.startMs + window.periodSeconds * 1_000) return undefined;
  const { coldStartShare, initDurationMs } = look.lines!;
  return {
    startMs: Math.max(window.startMs, wholePeriod(Math.min(Date.parse(to), window.endMs) - OVERLAP_MS, window)),
    before: {
      reports,
      invocations,
      ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
      // INIT takes another time at another size.
      ...(look.lastModified === lastModified && { coldStartShare, initDurationMs }),
    },
  };
}

/** What the lines of earlier nights and tonight's say together. */
export function joinedEvidence(tonight: MemoryEvidence, { startMs, before }: UnreadLines): MemoryEvidence {
  const reports = tonight.reportCount ?? 0;
  const maxMemoryUsedMb = most(before.maxMemoryUsedMb, tonight.maxMemoryUsedMb);
  return {
    source: 'ReportLines',
    ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
    reportCount: before.reports + reports,
    newLines: {
      from: new Date(startMs).toISOString(),
      reports,
      ...(tonight.maxMemoryUsedMb !== undefined && { maxMemoryUsedMb: tonight.maxMemoryUsedMb }),
      invocationsBefore: before.invocations,
    },
    ...coldStarts(tonight, before),
  };
}

/** Shares weigh by their lines, durations by their cold starts. */
function coldStarts(tonight: MemoryEvidence, before: UnreadLines['before']) {
  const parts = [
    { ...before, starts: before.reports * (before.coldStartShare ?? 0) },
    {
      ...tonight,
      reports: tonight.reportCount ?? 0,
      starts: (tonight.reportCount ?? 0) * (tonight.coldStartShare ?? 0),
    },
  ].filter(({ coldStartShare }) => coldStartShare !== undefined);
  const reports = parts.reduce((sum, part) => sum + part.reports, 0);
  if (reports === 0) return {};
  const starts = parts.reduce((sum, part) => sum + part.starts, 0);
  const initMs = parts.reduce((sum, part) => sum + part.starts * (part.initDurationMs ?? 0), 0);
  return {
    coldStartShare: Math.round((starts / reports) * 1e4) / 1e4,
    ...(initMs > 0 && { initDurationMs: Math.round((initMs / starts) * 10) / 10 }),
  };
}

/** All that has been read of a function's lines, tonight's reading included. */
export function withReading(
  former: ReadLines | undefined,
  tonight: LineReading,
  { coldStartShare, initDurationMs }: Pick<MemoryEvidence, 'coldStartShare' | 'initDurationMs'>,
  window: EvidenceWindow,
): ReadLines {
  const readings = [...withinWindow(former?.readings ?? [], window), tonight];
  while (readings.length > MOST_READINGS) joinShortest(readings);
  return {
    readings,
    ...(coldStartShare !== undefined && { coldStartShare }),
    ...(initDurationMs !== undefined && { initDurationMs }),
  };
}

/** The shorter a reading, the sooner it is forgotten again. */
function joinShortest(readings: LineReading[]): void {
  const spans = readings.slice(1).map(({ to }, index) => Date.parse(to) - Date.parse(readings[index]!.from));
  const at = spans.indexOf(Math.min(...spans));
  readings.splice(at, 2, joined(readings[at]!, readings[at + 1]!));
}

function joined(first: LineReading, second: LineReading): LineReading {
  const maxMemoryUsedMb = most(first.maxMemoryUsedMb, second.maxMemoryUsedMb);
  return {
    from: first.from,
    to: second.to,
    reports: first.reports + second.reports,
    invocations: first.invocations + second.invocations,
    ...(maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
  };
}

export const withinWindow = (readings: readonly LineReading[], { startMs }: EvidenceWindow): LineReading[] =>
  readings.filter(({ to }) => Date.parse(to) > startMs);

const wholePeriod = (ms: number, { startMs, periodSeconds }: EvidenceWindow): number => {
  const periodMs = periodSeconds * 1_000;
  return startMs + Math.floor((ms - startMs) / periodMs) * periodMs;
};

const most = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
