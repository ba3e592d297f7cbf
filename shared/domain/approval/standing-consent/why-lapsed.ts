import type { FunctionConfiguration } from '../../../contracts/assessment.ts';
import type { StandingConsent } from '../../../contracts/ledger.ts';

/** A function as it stands now: what an earlier approval was given for, or no longer. */
export interface ConsentSubject {
  codeSha256: string;
  current: FunctionConfiguration;
}

/** Why an earlier approval covers nothing of the function any more; undefined while it stands. */
export function whyLapsed(
  { codeSha256, current }: ConsentSubject,
  consent: StandingConsent,
  nowMs: number,
): string | undefined {
  const { left, until } = consent;
  if (Date.parse(until) <= nowMs) return 'the earlier approval is over';
  if (codeSha256 !== consent.codeSha256) return 'the code was deployed anew since the earlier approval';
  const isAsLeft = current.memorySizeMb === left.memorySizeMb && current.timeoutSeconds === left.timeoutSeconds;
  return isAsLeft ? undefined : 'somebody changed the configuration since the earlier approval';
}
