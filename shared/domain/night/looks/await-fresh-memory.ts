import type { ProposableOutcome } from '../../approval/select-proposals.ts';

/**
 * Less memory is proposed only by what logs say tonight: an older maximum may have been passed since. The next night reads
 * the logs of such a function anew, and can ask.
 */
export const awaitsFreshMemory = ({ assessment: { memory, recommended, current } }: ProposableOutcome): boolean =>
  memory.readOn !== undefined && recommended.memorySizeMb < current.memorySizeMb;

export function awaitingFreshMemory(outcome: ProposableOutcome): ProposableOutcome {
  const reason = `its logs were last read on ${outcome.assessment.memory.readOn}; the next night reads them anew before less memory is proposed`;
  return { ...outcome, kind: 'LeftOut', reason, readAnew: true };
}
