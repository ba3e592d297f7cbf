import type { Assessment } from '../../../contracts/assessment.ts';
import type { StandingConsent } from '../../../contracts/ledger.ts';
import { personNeeded } from '../auto-approval/hard-limits.ts';
import { whyLapsed } from './why-lapsed.ts';

export type ConsentVerdict =
  | { covered: true; consent: StandingConsent }
  /** Why people are asked again. */
  | { covered: false; reason: string };

/**
 * Whether an earlier approval covers a step: the same code at the configuration which the last covered step left and proved,
 * within the sizes, timeouts and days that were said when it was asked for, and nothing that always needs a person.
 */
export function decideByConsent(
  assessment: Assessment,
  consent: StandingConsent | undefined,
  nowMs: number,
): ConsentVerdict {
  if (consent === undefined) return { covered: false, reason: 'no earlier approval covers it' };
  const reason = whyLapsed(assessment, consent, nowMs) ?? whyBeyond(assessment, consent) ?? personNeeded(assessment);
  return reason === undefined ? { covered: true, consent } : { covered: false, reason };
}

function whyBeyond({ current, recommended, target }: Assessment, consent: StandingConsent): string | undefined {
  const { memorySizeMb, timeoutSeconds } = recommended;
  const { mostTimeoutSeconds } = consent;
  if (timeoutSeconds !== current.timeoutSeconds && mostTimeoutSeconds === undefined)
    return 'the earlier approval is about memory only';
  if (timeoutSeconds < current.timeoutSeconds) return 'an approval covers raising a timeout, never lowering it';
  if (timeoutSeconds > (mostTimeoutSeconds ?? timeoutSeconds))
    return 'it leads beyond the timeout of the earlier approval';
  if (target?.aliasName !== consent.aliasName) return 'its traffic takes another way than at the earlier approval';
  const isWithin = memorySizeMb >= consent.leastMemorySizeMb && memorySizeMb <= consent.mostMemorySizeMb;
  return isWithin ? undefined : 'it leads beyond the sizes of the earlier approval';
}
