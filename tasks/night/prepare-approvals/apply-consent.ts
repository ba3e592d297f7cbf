import type { ProposalRecord, StandingConsent } from '../../../shared/contracts/ledger.ts';
import { type DecideUnasked, decideUnasked } from './decide-unasked.ts';

/** Approves what an earlier approval by a person covers, in that person's name. */
export const applyConsent = (
  proposals: readonly ProposalRecord[],
  covered: ReadonlyMap<string, StandingConsent>,
  dependencies: DecideUnasked,
): Promise<ProposalRecord[]> =>
  decideUnasked(
    proposals,
    ({ functionName }) => {
      const consent = covered.get(functionName);
      return consent && { by: { kind: 'consent', name: consent.by.name }, note: noteOf(consent) };
    },
    dependencies,
  );

const noteOf = ({ runId, leastMemorySizeMb, mostMemorySizeMb, until }: StandingConsent): string =>
  `covered by the approval in run ${runId}: steps from ${leastMemorySizeMb} to ${mostMemorySizeMb} MB until ${until.slice(0, 10)}`;
