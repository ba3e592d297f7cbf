import type { ProposalRecord, StandingConsent } from '../../../shared/contracts/ledger.ts';
import { furtherSteps } from '../../../shared/domain/approval/proposal/wording.ts';
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

const noteOf = (consent: StandingConsent): string =>
  `covered by the approval in run ${consent.runId}: ${furtherSteps(consent)}`;
