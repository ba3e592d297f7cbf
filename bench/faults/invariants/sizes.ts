import { isSame, type Size } from '../world/effect-log.ts';
import type { Evidence } from '../world/evidence.ts';
import { functionsIn } from './functions.ts';
import { changesIn, proposalsIn, remediationsIn, statesIn } from './records.ts';

const DAY_MS = 86_400_000;

/** Every function has the size it began with, one that was approved for it, or one of those again. */
export function unexplainedSizes(evidence: Evidence): string[] {
  const { ledger, sizesAtStart } = evidence;
  const approved = proposalsIn(ledger).filter(({ status }) => status === 'approved');
  const changes = changesIn(ledger);
  const actions = remediationsIn(ledger).map(({ action }) => action);
  return functionsIn(evidence).flatMap(({ functionName: name, record }) => {
    const now = sizeIn(record.configuration);
    const began = sizesAtStart.get(name);
    const known = [
      ...(began ? [began] : []),
      ...approved
        .filter((each) => each.functionName === name)
        .flatMap(({ assessment }) => [assessment.recommended, assessment.current]),
      ...changes.filter((each) => each.functionName === name).flatMap(({ before, after }) => [before, after]),
      ...actions
        .filter(({ functionName }) => functionName === name)
        .flatMap(({ before, after }) => [before, after].filter(isSize)),
    ];
    return known.some((each) => isSame(each, now))
      ? []
      : [`${name} has ${now.memorySizeMb} MB and ${now.timeoutSeconds} s, which nobody approved`];
  });
}

const isSize = (value: unknown): value is Size =>
  typeof value === 'object' && value !== null && 'memorySizeMb' in value;

/** What the ledger says of each function is what is live. Sizes that owners changed themselves are none of these worlds'. */
export function ledgerDisagrees(evidence: Evidence): string[] {
  const { ledger } = evidence;
  const live = new Map(
    functionsIn(evidence).map(({ functionName, record }) => [functionName, sizeIn(record.configuration)]),
  );
  return [...changesAgainstLive(ledger, live), ...statesAgainstLive(ledger, live)];
}

function changesAgainstLive(ledger: Evidence['ledger'], live: ReadonlyMap<string, Size>): string[] {
  const newest = new Map(
    changesIn(ledger)
      .toSorted((a, b) => a.runId.localeCompare(b.runId))
      .map((each) => [each.functionName, each]),
  );
  const raised = new Set(remediationsIn(ledger).map(({ action }) => action.functionName));
  return [...newest.values()].flatMap(({ functionName, runId, status, before, after }) => {
    const now = live.get(functionName);
    if (now === undefined || raised.has(functionName)) return [];
    const wanted = { Verified: [after], Unverified: [after], RolledBack: [before], Refused: [before] }[status] ?? [
      before,
      after,
    ];
    return wanted.some((each) => isSame(each, now))
      ? []
      : [
          `${functionName} has ${now.memorySizeMb} MB, its change of ${runId} is ${status} from ${before.memorySizeMb} to ${after.memorySizeMb} MB`,
        ];
  });
}

function statesAgainstLive(ledger: Evidence['ledger'], live: ReadonlyMap<string, Size>): string[] {
  return statesIn(ledger).flatMap(({ functionName, open, lastWritten }) => {
    const now = live.get(functionName);
    if (now === undefined || lastWritten === undefined || open !== undefined || isSame(lastWritten, now)) return [];
    return [
      `${functionName} has ${now.memorySizeMb} MB and ${now.timeoutSeconds} s, the ledger says we left ${lastWritten.memorySizeMb} MB and ${lastWritten.timeoutSeconds} s`,
    ];
  });
}

/** After a night in which all is well nothing is open but what is watched, and that has a change behind it. */
export function forgottenClaims({ account, ledger, nights }: Evidence): string[] {
  const nowMs = account.clock.now();
  const changes = changesIn(ledger);
  const isNights = nights.length > 0;
  const open = statesIn(ledger).flatMap(({ functionName, open: claim }) => {
    if (claim === undefined) return [];
    // By day the night's own changes wait for the next night.
    if (!isNights && !claim.runId.startsWith('remediation-')) return [];
    const change = changes.find((each) => each.functionName === functionName && each.runId === claim.runId);
    if (claim.kind === 'watching' && change?.status === 'Watching') return [];
    // A day after its run died nobody heeds it any more, and the next proposal takes it over.
    if (claim.kind === 'proposal' && change === undefined && nowMs - Date.parse(claim.since) > DAY_MS) return [];
    return [`${functionName} still has an open ${claim.kind} of ${claim.runId}`];
  });
  const halfway = changes
    .filter(({ status }) => isNights && ['applying', 'applied', 'rollingBack'].includes(status))
    .map(({ functionName, runId, status }) => `the change of ${runId} to ${functionName} is ${status} for good`);
  return [...open, ...halfway];
}

const sizeIn = ({ MemorySize, Timeout }: { MemorySize?: number | undefined; Timeout?: number | undefined }): Size => ({
  memorySizeMb: MemorySize!,
  timeoutSeconds: Timeout!,
});
