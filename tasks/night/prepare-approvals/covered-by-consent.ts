import type { FunctionLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { StandingConsent } from '../../../shared/contracts/ledger.ts';
import type { AssessedOutcome } from '../../../shared/contracts/outcome.ts';
import { isProposable } from '../../../shared/domain/approval/select-proposals.ts';
import { decideByConsent } from '../../../shared/domain/approval/standing-consent/decide-by-consent.ts';

export interface CoveredByConsent {
  ledger: Pick<FunctionLedger, 'getFunctions'>;
  now(): number;
}

/** The consents, by function, that cover what is proposed tonight. */
export async function coveredByConsent(
  outcomes: readonly AssessedOutcome[],
  { ledger, now }: CoveredByConsent,
): Promise<Map<string, StandingConsent>> {
  const proposable = outcomes.filter(isProposable);
  if (proposable.length === 0) return new Map();
  const records = await ledger.getFunctions(proposable.map(({ functionName }) => functionName));
  return new Map(
    proposable.flatMap(({ functionName, assessment }) => {
      const verdict = decideByConsent(assessment, records.get(functionName)?.standingConsent, now());
      return verdict.covered ? [[functionName, verdict.consent] as const] : [];
    }),
  );
}
