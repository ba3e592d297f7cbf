import type { AliasReader } from '../../../shared/clients/lambda/alias-reader.ts';
import type { AliasRouter } from '../../../shared/clients/lambda/alias-router.ts';
import { restoreAlias } from '../../../shared/clients/lambda/restore-alias.ts';
import type { VersionPublisher } from '../../../shared/clients/lambda/version-publisher.ts';
import { type WriteDependencies, writeConfiguration } from '../../../shared/clients/lambda/write-configuration.ts';
import type { ChangeLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { ChangeTarget } from '../../../shared/contracts/assessment.ts';
import type { ChangeRecord } from '../../../shared/contracts/ledger.ts';
import { FIRST_WEIGHT, shiftState } from '../../../shared/domain/night/change/alias-shift.ts';
import { decideApplication, decideRollback } from '../../../shared/domain/night/change/decide-application.ts';
import type { LiveFunction } from '../../../shared/domain/night/change/live-function.ts';
import { TransientError, UpdateInProgressError } from '../../../shared/errors.ts';

export interface PublishAndShiftDependencies extends WriteDependencies {
  ledger: Pick<ChangeLedger, 'updateChange'>;
  aliases: AliasReader & AliasRouter;
  versions: VersionPublisher;
}

export type AliasChangeRecord = ChangeRecord & { target: ChangeTarget };

export type Shift = { shifted: true; version: string } | { shifted: false; reason: string };

/** A new version takes its first calls at once; in a VPC it may take a minute to be ready for them. */
const POLL_INTERVAL_MS = 1_000;
const LONGEST_PUBLICATION_MS = 120_000;

/**
 * Changes what an alias leads to: writes `$LATEST`, freezes it as a version and gives that a share of the alias's
 * traffic. Each step looks first whether an earlier try has done it. What was begun is put back when it is refused
 * half-way; the published version stays, unused, since versions cost nothing.
 *
 * @throws UpdateInProgressError, TransientError: try again later
 */
export async function publishAndShift(
  change: AliasChangeRecord,
  dependencies: PublishAndShiftDependencies,
): Promise<Shift> {
  const { functionName, target } = change;
  const alias = await dependencies.aliases.read(functionName, target.aliasName);
  const state = shiftState(change, alias);
  if (state.kind === 'shifting' || state.kind === 'finished')
    return { shifted: true, version: change.shift?.version ?? '' };
  if (state.kind !== 'untouched' || alias === undefined) {
    if (state.kind === 'moved') await restoreAlias(functionName, change, dependencies.aliases);
    return refuse(change, 'reason' in state ? state.reason : 'the alias is gone', dependencies);
  }
  const latest = await writeLatest(change, dependencies);
  if ('reason' in latest) return refuse(change, latest.reason, dependencies);
  const version = await publish(change, latest.live, dependencies);
  if (version === undefined) return refuse(change, 'what Lambda published is not what was approved', dependencies);
  await dependencies.aliases.route(functionName, alias, {
    functionVersion: target.functionVersion,
    weights: { [version]: FIRST_WEIGHT },
  });
  return { shifted: true, version };
}

async function writeLatest(
  change: AliasChangeRecord,
  dependencies: PublishAndShiftDependencies,
): Promise<{ live: LiveFunction } | { reason: string }> {
  const live = await dependencies.configurations.read(change.functionName);
  const application = decideApplication(change, live);
  if (application.action === 'wait') throw new UpdateInProgressError(application.reason);
  if (application.action === 'refuse') return { reason: application.reason };
  if (live === undefined) return { reason: 'the function is gone' };
  // Publishing would release code that nobody has released yet.
  if (live.codeSha256 !== change.before.codeSha256) return { reason: 'new code was deployed after the approval' };
  if (application.action === 'none') return { live };
  const result = await writeConfiguration(change.functionName, change.after, live.revisionId, dependencies);
  return result.written ? { live: result.live } : { reason: result.reason };
}

/** The version made of what was approved, ready to be called; undefined where Lambda answers with anything else. */
async function publish(
  change: AliasChangeRecord,
  live: LiveFunction,
  dependencies: PublishAndShiftDependencies,
): Promise<string | undefined> {
  const { functionName, runId, before, after, target } = change;
  const published = await dependencies.versions.publish(functionName, live);
  const isApproved =
    published.codeSha256 === before.codeSha256 &&
    published.memorySizeMb === after.memorySizeMb &&
    published.timeoutSeconds === after.timeoutSeconds &&
    published.version !== target.functionVersion;
  if (!isApproved) return undefined;
  // Before the alias is touched: who finds our share on it must know that it is ours.
  await dependencies.ledger.updateChange(functionName, runId, { shift: { version: published.version } });
  await awaitVersion(functionName, published.version, dependencies);
  return published.version;
}

async function awaitVersion(
  functionName: string,
  version: string,
  { configurations, clock }: PublishAndShiftDependencies,
): Promise<void> {
  const deadlineMs = clock.now() + LONGEST_PUBLICATION_MS;
  while (clock.now() < deadlineMs) {
    if ((await configurations.read(`${functionName}:${version}`))?.state === 'Active') return;
    await clock.sleep(POLL_INTERVAL_MS);
  }
  throw new TransientError(
    `version ${version} of ${functionName} was not active after ${LONGEST_PUBLICATION_MS / 1000} s`,
  );
}

/** Puts `$LATEST` back where an earlier step wrote it, unless somebody has made it his since. */
async function refuse(
  change: AliasChangeRecord,
  reason: string,
  dependencies: PublishAndShiftDependencies,
): Promise<Shift> {
  const { functionName, before } = change;
  const live = await dependencies.configurations.read(functionName);
  const rollback = decideRollback(change, live);
  if (rollback.action === 'wait') throw new UpdateInProgressError(rollback.reason);
  if (rollback.action === 'write' && live?.codeSha256 === before.codeSha256) {
    const { memorySizeMb, timeoutSeconds } = before;
    await writeConfiguration(functionName, { memorySizeMb, timeoutSeconds }, live.revisionId, dependencies);
  }
  return { shifted: false, reason };
}
