import { restoreChange } from '../../../shared/clients/lambda/restore-change.ts';
import { writeConfiguration } from '../../../shared/clients/lambda/write-configuration.ts';
import type { FunctionConfiguration } from '../../../shared/contracts/assessment.ts';
import type { ChangeRecord } from '../../../shared/contracts/ledger.ts';
import type { RemediationAction } from '../../../shared/contracts/remediation.ts';
import { defineAlarm } from '../../../shared/domain/configuration/alarms/catalogue.ts';
import { decideWrite } from '../../../shared/domain/remediation/decide-write.ts';
import { turnLengthMs } from '../../../shared/domain/turns.ts';
import { TransientError, UpdateInProgressError } from '../../../shared/errors.ts';
import { done, type Performed, type RemediateDependencies, refused } from './dependencies.ts';

type ConfigurationAction = Extract<RemediationAction, { kind: 'RaiseMemory' | 'RaiseTimeout' }>;

const DAY_MS = 86_400_000;
/** A minute less than the state's timeout. Its lane is remediation's own, so that there is hardly ever anything to wait for. */
const LONGEST_WAIT_MS = 240_000;

const runIdOf = (remediationId: string): string => `remediation-${remediationId}`;

/**
 * Raises a function's memory or timeout. A change of the night that is open on it is respected: production runs on it
 * to be judged, and only its own rollback may interfere. An open proposal is not in the way; it will be refused as
 * drifted if somebody approves it.
 */
export async function changeFunction(
  action: ConfigurationAction,
  remediationId: string,
  dependencies: RemediateDependencies,
): Promise<Performed> {
  const { functionName, functionArn, before, after } = action;
  const { ledger, clock } = dependencies;
  const runId = runIdOf(remediationId);
  const at = new Date(clock.now()).toISOString();
  const claim = { functionName, functionArn, baselineMemorySizeMb: before.memorySizeMb, runId, at };
  const isClaimed = await ledger.claim(claim);
  if (!isClaimed) {
    const open = (await ledger.getFunctions([functionName])).get(functionName)?.open;
    if (open !== undefined && open.kind !== 'proposal')
      return refused(`a change of run ${open.runId} is being watched on it; it is judged or rolled back first`);
  }
  try {
    return await writeInTurn(action, { before, after }, runId, dependencies);
  } finally {
    // Another try claims it again; what stayed claimed would keep the night away for good.
    if (isClaimed) await ledger.close(functionName, runId, {});
  }
}

/** Puts `after` in place of `before`, and nothing else in place of anything else. */
export async function writeInTurn(
  action: ConfigurationAction,
  { before, after }: { before: FunctionConfiguration; after: FunctionConfiguration },
  runId: string,
  dependencies: RemediateDependencies,
): Promise<Performed> {
  const { functionName } = action;
  await awaitTurn(`${runId}/${after.memorySizeMb} MB, ${after.timeoutSeconds} s`, dependencies);
  const live = await dependencies.configurations.read(functionName);
  const decision = decideWrite({ from: before, to: after }, live);
  if (decision.action === 'wait') throw new UpdateInProgressError(decision.reason);
  if (decision.action === 'refuse' || live === undefined)
    return refused(decision.action === 'refuse' ? decision.reason : 'the function is gone');
  if (decision.action === 'write') {
    const result = await writeConfiguration(functionName, after, live.revisionId, dependencies);
    if (!result.written) return refused(result.reason);
  }
  await leave(action, after, runId, dependencies);
  return done(
    `${functionName} now has ${after.memorySizeMb} MB and ${after.timeoutSeconds} s, it had ${before.memorySizeMb} MB and ${before.timeoutSeconds} s`,
  );
}

/**
 * Waits here and not in a state: the lane is all but empty, and a few seconds of a small function cost less than the
 * transitions around a Wait. Doing and undoing are two turns, another try of either is the same.
 */
async function awaitTurn(holder: string, { ledger, settings, clock }: RemediateDependencies): Promise<void> {
  const { controlPlaneShare } = settings;
  const lengthMs = turnLengthMs({ lane: 'remediation', controlPlaneShare });
  const atMs = await ledger.takeTurn({ holder, lane: 'remediation', lengthMs, nowMs: clock.now() });
  const waitMs = atMs - clock.now();
  if (waitMs > LONGEST_WAIT_MS) throw new TransientError(`its turn is at ${new Date(atMs).toISOString()}`);
  if (waitMs > 0) await clock.sleep(waitMs);
}

/** Keeps the night away from what was raised, and the alarm near the timeout near the new one. */
async function leave(
  { functionName, functionArn, before }: ConfigurationAction,
  left: FunctionConfiguration,
  runId: string,
  dependencies: RemediateDependencies,
): Promise<void> {
  const nowMs = dependencies.clock.now();
  await dependencies.remediations.restFunction({
    functionName,
    functionArn,
    baselineMemorySizeMb: before.memorySizeMb,
    lastWritten: { ...left, at: new Date(nowMs).toISOString(), runId },
    coolDownUntil: nightReturns(nowMs, dependencies),
  });
  await followTimeout(functionName, left.timeoutSeconds, dependencies);
}

const nightReturns = (nowMs: number, { settings }: RemediateDependencies): string =>
  new Date(nowMs + settings.nightCoolDownDays * DAY_MS).toISOString();

async function followTimeout(
  functionName: string,
  timeoutSeconds: number,
  { alarms, alarmSettings, alarmTopicArn }: RemediateDependencies,
): Promise<void> {
  const alarm = defineAlarm('DurationNearTimeout', { kind: 'function', functionName, timeoutSeconds }, alarmSettings);
  if (alarm === undefined) return;
  const [standing] = await alarms.listByName([alarm.name]);
  if (standing !== undefined) await alarms.put([alarm], alarmTopicArn);
}

/**
 * Takes the night's change back by the night's own code, and, where the action says so, gives the function what it had
 * before the first of several cuts. The night's execution, or the next one, closes the change.
 */
export async function rollBack(
  action: Extract<RemediationAction, { kind: 'RollBackChange' }>,
  remediationId: string,
  dependencies: RemediateDependencies,
): Promise<Performed> {
  const { functionName, runId } = action;
  const { ledger, remediations, clock } = dependencies;
  const change = await ledger.getChange(functionName, runId);
  if (change === undefined) return refused(`the ledger holds no change of run ${runId}`);
  const restored = await restoredConfiguration(action, change, dependencies);
  if ('reason' in restored) return refused(restored.reason);
  const { memorySizeMb, timeoutSeconds } = restored;
  const nowMs = clock.now();
  await remediations.restFunction({
    functionName,
    functionArn: change.functionArn,
    baselineMemorySizeMb: change.before.memorySizeMb,
    lastWritten: { memorySizeMb, timeoutSeconds, at: new Date(nowMs).toISOString(), runId: runIdOf(remediationId) },
    coolDownUntil: nightReturns(nowMs, dependencies),
  });
  await followTimeout(functionName, timeoutSeconds, dependencies);
  const outcomeReason = `an alarm's remediation put it back to ${memorySizeMb} MB and ${timeoutSeconds} s`;
  await ledger.updateChange(functionName, runId, { outcomeReason });
  const before = memorySizeMb === change.before.memorySizeMb ? `run ${runId}` : 'the first cut';
  return done(`${functionName} was put back to ${memorySizeMb} MB and ${timeoutSeconds} s, as before ${before}`);
}

/** What the function has now; a second try finds its own writes and goes on behind them. */
async function restoredConfiguration(
  { functionName, restoreMemorySizeMb }: Extract<RemediationAction, { kind: 'RollBackChange' }>,
  change: ChangeRecord,
  dependencies: RemediateDependencies,
): Promise<FunctionConfiguration | { reason: string }> {
  const { memorySizeMb, timeoutSeconds } = change.before;
  const before = { memorySizeMb, timeoutSeconds };
  if (restoreMemorySizeMb === undefined) {
    const restoration = await restoreChange(change, dependencies);
    return restoration.restored ? before : restoration;
  }
  const after = { ...before, memorySizeMb: restoreMemorySizeMb };
  const { configurations } = dependencies;
  if (change.rolledBackAt !== undefined && isSame(await configurations.read(functionName), after)) return after;
  const restoration = await restoreChange(change, dependencies);
  if (!restoration.restored) return restoration;
  const live = await configurations.read(functionName);
  const decision = decideWrite({ from: before, to: after }, live);
  if (decision.action === 'wait') throw new UpdateInProgressError(decision.reason);
  // Somebody was quicker: the rollback itself stands.
  if (decision.action === 'refuse' || live === undefined) return before;
  if (decision.action === 'none') return after;
  const result = await writeConfiguration(functionName, after, live.revisionId, dependencies);
  return result.written ? after : before;
}

const isSame = (live: FunctionConfiguration | undefined, wanted: FunctionConfiguration): boolean =>
  live?.memorySizeMb === wanted.memorySizeMb && live.timeoutSeconds === wanted.timeoutSeconds;
