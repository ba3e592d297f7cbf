import type { Next } from '../../../contracts/continuation.ts';

/**
 * How an execution goes on after a round. A round that got nowhere would be followed by another like it until the
 * execution's time is over, so it ends the execution.
 *
 * @param remaining what is left to look at or to write
 */
export function nextRound({ remaining, hasAdvanced }: { remaining: number; hasAdvanced: boolean }): Next {
  if (remaining === 0) return 'done';
  return hasAdvanced ? 'goOn' : 'stuck';
}

/** What was done so far, for the cause of an execution that fails. */
export function sayProgress(counts: Readonly<Record<string, number>>, rounds: number, remaining: number): string {
  const done = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  return `after ${rounds} ${rounds === 1 ? 'round' : 'rounds'}: ${done.join(', ')}; ${remaining} remain`;
}
