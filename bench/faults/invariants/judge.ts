import type { Evidence } from '../world/evidence.ts';
import { askedDespiteOptOut, writesWithoutConsent, writesWithoutRemediation } from './consent.ts';
import { lostDecisions } from './decisions.ts';
import { effectsPerChange, effectsPerRemediation, shiftsPerChange } from './effects.ts';
import { forgottenRollbacks, neighboursSuffer, untoldPlaces, writesAsSomebodyElse } from './places.ts';
import { incompleteReports } from './reports.ts';
import { leakedSecrets } from './secrets.ts';
import { forgottenClaims, ledgerDisagrees, unexplainedSizes } from './sizes.ts';

/** Each a rule that nothing that goes wrong may break; its answers are sentences. */
export const INVARIANTS: readonly ((evidence: Evidence) => string[])[] = [
  writesWithoutConsent,
  writesWithoutRemediation,
  askedDespiteOptOut,
  effectsPerChange,
  shiftsPerChange,
  effectsPerRemediation,
  unexplainedSizes,
  ledgerDisagrees,
  forgottenClaims,
  lostDecisions,
  incompleteReports,
  leakedSecrets,
  missingGrants,
  writesAsSomebodyElse,
  neighboursSuffer,
  untoldPlaces,
  forgottenRollbacks,
];

/** What the injected denials are not: a permission that the product needed and did not have. */
export function missingGrants({ account, abroad }: Evidence): string[] {
  const accounts = [account, ...(abroad?.accounts ?? [])];
  return [...accounts.flatMap(({ iam }) => [...iam.refusals]), ...account.organization.refusals];
}

/** Every broken rule, each sentence once. */
export const judge = (evidence: Evidence): string[] => [...new Set(INVARIANTS.flatMap((rule) => rule(evidence)))];
