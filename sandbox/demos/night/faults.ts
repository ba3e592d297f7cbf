import { CloudWatchServiceException } from '@aws-sdk/client-cloudwatch';
import { PreconditionFailedException, TooManyRequestsException } from '@aws-sdk/client-lambda';
import { SFNServiceException } from '@aws-sdk/client-sfn';
import type { Fleet } from '../../fleet/fleet.ts';
import type { LedgerItem } from './ledger-snapshot.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const $metadata = { httpStatusCode: 400 };
/** Metrics and log lines of the last three quarters of an hour are not there yet. */
const LATE_MINUTES = 45;
/** A tenth of the writes meets a revision that somebody else made a moment before. */
const STALE_EVERY = 10;
const THROTTLED_EVERY = 7;

/** What goes wrong in every night of `--faults`, decided by the night's number alone, so that a seed repeats. */
export function armFaults(world: World): void {
  armThrottles(world);
  armStaleRevisions(world);
  world.fleet.delayMetricsByMinutes(LATE_MINUTES);
}

function armThrottles({ account }: World): void {
  const every = (_: unknown, matches: number) => matches % THROTTLED_EVERY === 0;
  const throttled = { $metadata, $fault: 'client', name: 'ThrottlingException', message: 'Rate exceeded' } as const;
  account.faults.add({
    service: 'Lambda',
    operation: 'GetFunction',
    when: every,
    error: () => new TooManyRequestsException({ message: 'Rate exceeded', $metadata: { httpStatusCode: 429 } }),
  });
  account.faults.add({
    service: 'CloudWatch',
    operation: 'GetMetricData',
    when: every,
    error: () => new CloudWatchServiceException(throttled),
  });
  account.faults.add({
    service: 'SFN',
    operation: 'SendTaskSuccess',
    when: every,
    error: () => new SFNServiceException(throttled),
  });
}

function armStaleRevisions({ account }: World): void {
  account.faults.add({
    service: 'Lambda',
    operation: 'UpdateFunctionConfiguration',
    when: (_, matches) => matches % STALE_EVERY === 0,
    error: () =>
      new PreconditionFailedException({
        message: 'The Revision Id provided does not match the latest Revision Id.',
        $metadata,
      }),
  });
}

/** One function per night that our own analysis breaks on. */
export function breakAnalysisOf(world: World, night: number): void {
  const plain = world.fleet.functions.filter(({ kind }) => kind === 'plain');
  const broken = plain[(night * 13) % plain.length]?.name;
  world.deployment.handlers.beforeInvocation = (task, event) => {
    const { item } = event as { item?: { functionName?: string } };
    if (task === 'analyze' && item?.functionName === broken) throw new TypeError('simulated bug in the analysis');
  };
}

/**
 * What the owners of proposed functions do between the digest and the morning after: one deploys, one deletes, one
 * ships a slow dependency, one a leak; and one deployment puts back a size we had changed the night before.
 */
export function disturbProposals({ fleet, clock }: World, ledger: readonly LedgerItem[], night: number): void {
  const pending = ledger.filter(({ sk, status }) => sk.startsWith('PROPOSAL#') && status !== 'expired');
  const names = pending.filter(({ outcome }) => outcome === undefined).map((item) => String(item['functionName']));
  const byTraffic = names
    .map((name) => fleet.get(name))
    .toSorted((a, b) => b.traffic.invocationsPerHour - a.traffic.invocationsPerHour);
  const [slowed, leaking] = byTraffic.map(({ name }) => name);
  const [deployed, deleted] = byTraffic.toReversed().map(({ name }) => name);
  const nowMs = clock.now();
  if (slowed !== undefined) fleet.regress(slowed, nowMs + 10 * MINUTE_MS, 4);
  if (byTraffic.length < 4) return;
  fleet.leak(leaking!, nowMs + 10 * MINUTE_MS, 20);
  fleet.deploy(deployed!, nowMs + 1);
  if (night % 2 === 0) fleet.delete(deleted!, nowMs + 1);
  revertYesterdaysChange(fleet, ledger, names, nowMs);
}

interface SettledChange {
  sk: string;
  status: string;
  functionName: string;
  before: { memorySizeMb: number; timeoutSeconds: number };
  after: { memorySizeMb: number; timeoutSeconds: number };
}

/** The fleet's deployments carry a memory size and no timeout, so it must be a change of memory alone. */
function revertYesterdaysChange(
  fleet: Fleet,
  ledger: readonly LedgerItem[],
  proposed: readonly string[],
  nowMs: number,
): void {
  // Raw items of the table, read from outside on purpose: the sort key says which record each is.
  const changes = ledger.filter(({ sk }) => sk.startsWith('CHANGE#')) as unknown as SettledChange[];
  const reverted = changes.find(
    ({ status, functionName, before, after }) =>
      status === 'Verified' && !proposed.includes(functionName) && before.timeoutSeconds === after.timeoutSeconds,
  );
  if (reverted === undefined) return;
  fleet.deploy(reverted.functionName, nowMs + MINUTE_MS, { memorySizeMb: reverted.before.memorySizeMb });
}
