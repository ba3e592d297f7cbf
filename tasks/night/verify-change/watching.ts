import type { VerifyChangeOutput } from '../../../shared/contracts/change.ts';
import type { ChangeRecord } from '../../../shared/contracts/ledger.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { watchDays } from '../../../shared/domain/night/verification/rare-change.ts';
import { withPlace } from '../../../shared/domain/organization/place.ts';

const DAY_MS = 86_400_000;

export interface Watching {
  /** Nights an inconclusive change is watched before it is kept as unverified; longer where its function rests for days. */
  watchNights: number;
  now(): number;
}

/** Whether an inconclusive change has been watched for long enough. */
export function isFinal(change: ChangeRecord, sinceMs: number, { now, watchNights }: Watching): boolean {
  return now() - sinceMs >= watchDays(change.assessment.rhythm, watchNights) * DAY_MS;
}

/**
 * Nobody looks after its account and region any more. Who takes them out by mistake has as many nights to put them back
 * as a change is watched; then it ends, or it would be reported as failed every night for ever.
 */
export function leftBehind(change: ChangeRecord, watching: Watching): VerifyChangeOutput {
  const place = withPlace('its account and region', change.functionName);
  const reason = `${place} are no longer in the configuration, so that what became of the change can be neither seen nor undone from here`;
  const final = isFinal(change, Date.parse(change.appliedAt ?? change.startedAt), watching);
  return { ...over(reason), final, ...(change.status === 'AwaitingDeployment' && { awaitsDeployment: true }) };
}

/** What is live is no longer ours to judge. */
export const over = (reason: string): VerifyChangeOutput => ({
  schemaVersion: SCHEMA_VERSION,
  verdict: 'inconclusive',
  reason,
  final: true,
  action: 'record',
});

/** A rollback began and did not end: RollBackChange finds out what of it is left to do, if anything. */
export const finishUndoing: VerifyChangeOutput = {
  schemaVersion: SCHEMA_VERSION,
  verdict: 'inconclusive',
  reason: 'its rollback broke off before it was known to be done',
  final: false,
  action: 'rollBack',
};
