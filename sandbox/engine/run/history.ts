import { ErrorName, StateError } from '../errors.ts';
import type { JsonValue } from '../json.ts';

/** Most events of a Standard execution (Step Functions service quotas). */
export const MAX_HISTORY_EVENTS = 25_000;
/** Detail fields that hold JSON, shown as text as in the API. */
const JSON_FIELDS = new Set(['input', 'output', 'parameters']);
/** Detail fields the API would truncate when asked to; this engine never does. */
const TRUNCATABLE_FIELDS = new Set(['input', 'output', 'assignedVariables']);

/** Events that the next one does not point back to (seen in histories recorded on AWS). */
const NOT_CHAINED = new Set(['ExecutionStarted', 'MapRunSucceeded', 'MapStateSucceeded', 'ParallelStateSucceeded']);

/** Details as they happened, payloads not yet turned into text. */
export type EventDetails = Record<string, unknown>;

interface RecordedEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestampMs: number;
  readonly type: string;
  readonly detailsKey: string | undefined;
  readonly details: EventDetails | undefined;
}

/** An event as GetExecutionHistory returns it: `id`, `previousEventId`, `timestamp`, `type` and one details field. */
export type HistoryEvent = {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: Date;
  readonly type: string;
} & Readonly<Record<string, unknown>>;

function formatVariables(variables: Record<string, JsonValue>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, JSON.stringify(value)]));
}

function formatDetail(formatted: EventDetails, key: string, value: unknown): void {
  if (JSON_FIELDS.has(key)) formatted[key] = JSON.stringify(value);
  else if (key === 'assignedVariables') formatted[key] = formatVariables(value as Record<string, JsonValue>);
  else formatted[key] = value;
  if (TRUNCATABLE_FIELDS.has(key)) formatted[`${key}Details`] = { truncated: false };
}

function formatDetails(details: EventDetails): EventDetails {
  const formatted: EventDetails = {};
  for (const [key, value] of Object.entries(details)) if (value !== undefined) formatDetail(formatted, key, value);
  return formatted;
}

/** What an event hangs on: a region remembers the last event of its line. */
export interface EventLine {
  lastEventId: number;
}

/** The event history of one execution. */
export class History {
  private readonly events: RecordedEvent[] = [];
  private readonly kept: boolean;
  private count = 0;

  /** A history that is not kept only numbers its events and has no limit (Express). */
  constructor(kept: boolean) {
    this.kept = kept;
  }

  get length(): number {
    return this.count;
  }

  /** Throws `States.Runtime` when only the execution's own end still fits. */
  add(line: EventLine, timestampMs: number, type: string, detailsKey?: string, details?: EventDetails): void {
    if (this.kept && this.count >= MAX_HISTORY_EVENTS - 1) {
      const cause = `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`;
      throw new StateError(ErrorName.runtime, cause);
    }
    this.push(line, timestampMs, type, detailsKey, details);
  }

  /** The last event; always fits. */
  addFinal(line: EventLine, timestampMs: number, type: string, detailsKey?: string, details?: EventDetails): void {
    this.push(line, timestampMs, type, detailsKey, details);
  }

  private push(line: EventLine, timestampMs: number, type: string, detailsKey?: string, details?: EventDetails): void {
    const id = ++this.count;
    const previousEventId = line.lastEventId;
    if (!NOT_CHAINED.has(type)) line.lastEventId = id;
    if (this.kept) this.events.push({ id, previousEventId, timestampMs, type, detailsKey, details });
  }

  /** The events in order, as the API shows them. */
  list(): HistoryEvent[] {
    return this.events.map(({ id, previousEventId, timestampMs, type, detailsKey, details }) => ({
      id,
      previousEventId,
      timestamp: new Date(timestampMs),
      type,
      ...(detailsKey && details ? { [detailsKey]: formatDetails(details) } : {}),
    }));
  }
}
