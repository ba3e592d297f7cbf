import type { MemoryEvidence } from '../../../contracts/evidence.ts';
import type { LineReading, Look, ReadLines } from '../../../contracts/look.ts';
import { type EvidenceWindow, floorTo } from '../evidence/window.ts';
import { coldStartsOf } from '../reports/report-rows.ts';

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
  const periodMs = window.periodSeconds * 1_000;
  if (Date.parse(from) > window.startMs + periodMs) return undefined;
  const { coldStartShare, initDurationMs } = look.lines!;
  return {
    startMs: Math.max(window.startMs, floorTo(Math.min(Date.parse(to), window.endMs) - OVERLAP_MS, periodMs)),
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
  const parts = [{ ...tonight, reports: tonight.reportCount ?? 0 }, before].flatMap(
    ({ reports, coldStartShare, initDurationMs = 0 }) =>
      coldStartShare === undefined ? [] : { reports, coldStarts: reports * coldStartShare, initDurationMs },
  );
  return coldStartsOf(parts);
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

const most = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
