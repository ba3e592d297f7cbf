import { type Clock, clock as processClock } from '../clock.ts';
import type { SourceName, StageSources, UnavailableSource } from '../contracts/source.ts';
import { RightsizerError, TransientError } from '../errors.ts';

export type SourceAnswer<Value> = { available: true; value: Value } | { available: false; reason: string };

/** Waits before asking a source again that had passing trouble; the SDK has tried five times by then. */
const WAITS_MS = [5_000, 20_000];
/** So many failures in a row, and the source is not asked again in this task: an outage must not cost hours. */
const FAILURES_IN_A_ROW = 3;
const REASON_MAX_CHARS = 300;

/** Why a source did not answer, in words for a report. */
export function sourceReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, REASON_MAX_CHARS);
  const named = error.name === 'Error' || error instanceof RightsizerError || error.message.includes(error.name);
  return `${named ? '' : `${error.name}: `}${error.message || error.name}`.slice(0, REASON_MAX_CHARS);
}

/**
 * What fails after so long was waited for in vain: five attempts at an answer that never comes take 75 s. A throttled
 * one, or a connection that nobody accepts, says so in less.
 */
const IN_VAIN_MS = 60_000;

/** What was thrown for an answer that never came. */
class InVainError extends TransientError {}

/**
 * Asks up to three times where the trouble passes; any other is the source's last word.
 *
 * @param isPatient false: who keeps the others waiting for long is not asked again. @default true
 */
export async function askAgain<Value>(
  ask: () => Promise<Value>,
  { clock, isPatient = true }: { clock: Clock; isPatient?: boolean },
): Promise<Value> {
  for (const waitMs of WAITS_MS) {
    const sinceMs = clock.now();
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof TransientError)) throw error;
      if (!isPatient && clock.now() - sinceMs >= IN_VAIN_MS) throw new InVainError(error.message, { cause: error });
      await clock.sleep(waitMs);
    }
  }
  return ask();
}

/**
 * The sources of evidence as one task meets them. Whatever asking one ends in is an answer, never an exception: what is
 * unavailable is remembered with its reason, for the functions concerned and for the night's summary.
 */
export class EvidenceSources {
  private readonly reasons = new Map<SourceName, string>();
  private readonly answers = new Set<SourceName>();
  private readonly failures = new Map<SourceName, number>();
  private readonly patience: { clock: Clock; isPatient: boolean };
  private readonly onFailure: (source: SourceName, error: unknown) => void;
  /** Why nothing more is asked here. */
  private silence: string | undefined;

  /** @param isPatient false: nothing more is asked in this task of who once kept it waiting in vain. @default true */
  constructor(
    onFailure: (source: SourceName, error: unknown) => void = () => {},
    { clock = processClock, isPatient = true }: { clock?: Clock; isPatient?: boolean } = {},
  ) {
    this.onFailure = onFailure;
    this.patience = { clock, isPatient };
  }

  async ask<Value>(source: SourceName, ask: () => Promise<Value>): Promise<SourceAnswer<Value>> {
    if ((this.failures.get(source) ?? 0) >= FAILURES_IN_A_ROW) {
      return { available: false, reason: this.reasons.get(source)! };
    }
    if (this.silence !== undefined) return this.miss(source, this.silence);
    try {
      const value = await askAgain(ask, this.patience);
      this.heard(source);
      return { available: true, value };
    } catch (error) {
      this.onFailure(source, error);
      const reason = sourceReason(error);
      if (error instanceof InVainError) this.silence = reason;
      return this.miss(source, reason);
    }
  }

  /** Notes that a source was there, for whoever found out by asking it differently. */
  heard(source: SourceName): void {
    this.failures.delete(source);
    this.answers.add(source);
  }

  /** Notes that a source was not there, for whoever found out by asking it differently. */
  miss(source: SourceName, reason: string): { available: false; reason: string } {
    this.failures.set(source, (this.failures.get(source) ?? 0) + 1);
    if (!this.reasons.has(source)) this.reasons.set(source, reason);
    return { available: false, reason };
  }

  /** Both lists as a stage's output tells them, as far as there is something to tell. */
  get told(): StageSources {
    const { unavailable, answers } = this;
    return {
      ...(unavailable && { unavailableSources: unavailable }),
      ...(answers.size > 0 && { answeredSources: [...answers] }),
    };
  }

  /** Every source that failed at least once, with the first reason; undefined where none did. */
  get unavailable(): UnavailableSource[] | undefined {
    if (this.reasons.size === 0) return undefined;
    return [...this.reasons].map(([source, reason]) => ({ source, reason }));
  }
}
