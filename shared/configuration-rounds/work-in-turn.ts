import type { ConfigurationTurns } from '../clients/settings-ledger/configuration-turns.ts';
import type { Continuation } from '../contracts/continuation.ts';
import { TransientError } from '../errors.ts';

/** One round of an execution. */
export interface Work<Answer> {
  /** Which execution asks. */
  holder: string;
  /** Plans write nothing, and wait for nobody. */
  isReadOnly: boolean;
  work(): Promise<Answer>;
  /** What is answered where another execution is at work: what was done so far, and that one. */
  waitFor(holder: string): Answer;
}

/**
 * Works where no other execution of the same workflow does: two would share AWS's rate between them, and each would
 * take for its owner's what the other writes.
 */
export async function workInTurn<Answer extends { continuation: Continuation }>(
  turns: ConfigurationTurns,
  { holder, isReadOnly, work, waitFor }: Work<Answer>,
): Promise<Answer> {
  if (isReadOnly) return work();
  const turn = await turns.take(holder);
  if (!turn.taken) return waitFor(turn.holder);
  try {
    const answer = await work();
    if (answer.continuation.next !== 'goOn') await endQuietly(turns, holder);
    return answer;
  } catch (error) {
    // What is tried again goes on with its turn; what is not should make nobody wait.
    if (!(error instanceof TransientError)) await endQuietly(turns, holder);
    throw error;
  }
}

/** A turn that could not be ended ends by itself; the round's work would be lost with an error. */
async function endQuietly(turns: ConfigurationTurns, holder: string): Promise<void> {
  await turns.end(holder).catch(() => undefined);
}
