import type { Candidate, Observation } from './types.ts';

/** Below it a function mostly waits, from the other on it mostly computes. */
const WAITS_BELOW = 0.2;
const COMPUTES_FROM = 0.65;

/**
 * What a function's time goes into, and so what memory does to it. CPU time says so where Lambda Insights has it; else the
 * step itself does: of pure computing half the memory takes twice as long, of pure waiting it takes no longer.
 */
export function timeInWords(
  currentMemorySizeMb: number,
  predicted: Candidate,
  latest: Observation | undefined,
): string {
  const isLess = predicted.memorySizeMb < currentMemorySizeMb;
  const share = measuredShare(latest) ?? shareOfStep(currentMemorySizeMb, predicted);
  if (share < WAITS_BELOW)
    return `it mostly waits, so ${isLess ? 'less memory hardly slows it' : 'more memory hardly speeds it up'}`;
  if (share < COMPUTES_FROM)
    return `part of its time is computing, the rest waiting, so ${isLess ? 'less memory slows it a little' : 'more memory speeds it up a little'}`;
  return `it mostly computes, so ${isLess ? 'less memory slows it' : 'more memory speeds it up'}`;
}

function measuredShare({ cpuTimeMs, meanDurationMs = 0 }: Partial<Observation> = {}): number | undefined {
  return cpuTimeMs === undefined || meanDurationMs <= 0 ? undefined : Math.min(1, cpuTimeMs / meanDurationMs);
}

function shareOfStep(currentMemorySizeMb: number, { memorySizeMb, relativeDuration }: Candidate): number {
  return Math.log(relativeDuration) / Math.log(currentMemorySizeMb / memorySizeMb);
}

/** What the last step did, where the function has run at another size before; undefined where it has not. */
export function lastStepInWords(observations: readonly Observation[]): string | undefined {
  const latest = observations.at(-1);
  const before = observations.findLast(({ memorySizeMb }) => memorySizeMb !== latest?.memorySizeMb);
  if (latest === undefined || before === undefined || before.codeSha256 !== latest.codeSha256) return undefined;
  return `at ${before.memorySizeMb} MB it took ${durationText(before.meanDurationMs)}, at ${latest.memorySizeMb} MB ${durationText(latest.meanDurationMs)}`;
}

/** `3.2 ms`, `180 ms`, `12 s`. */
export function durationText(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(0)} s`;
  return ms >= 100 ? `${ms.toFixed(0)} ms` : `${Number(ms.toPrecision(2))} ms`;
}
