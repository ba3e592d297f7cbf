import type { RunRecord } from '../../shared/contracts/ledger.ts';
import { missedStarts } from '../../shared/domain/night/schedule/missed-starts.ts';
import { readReport } from '../runs/read-report.ts';
import { type Deployment, type Finding, fine, wrong } from './finding.ts';

const HOUR_MS = 3_600_000;
/** Longer than this after its start a night should have ended: Step Functions ends one after a day. */
const NIGHT_MAX_HOURS = 26;
/** One start may be missed for a reason of the moment; after two nobody can count on the next. */
const MISSED_STARTS_MAX = 1;

export async function checkSchedule({ schedule }: Deployment): Promise<Finding> {
  const found = await schedule();
  if (found === undefined) return wrong('the stack tells no ScheduleName', 'it is of an older release: deploy again');
  const when = `${found.expression} ${found.timeZone}`;
  if (found.isEnabled) return fine(when);
  return wrong(
    `switched off (${when}): no night starts by itself`,
    'deploy with -c rightsizer.scheduleEnabled=true, or start runs by hand: rightsizer start',
  );
}

export async function checkLastNight(deployment: Deployment): Promise<Finding> {
  const [night] = await deployment.nights();
  const missed = await missedBy(deployment);
  if (night === undefined) {
    return missed ? overdue('no run yet', missed) : fine('no run yet; "rightsizer start" begins one');
  }
  const hours = Math.round((deployment.nowMs - Date.parse(night.startedAt)) / HOUR_MS);
  const says = `${night.runId} ${night.status}, started ${hours} h ago`;
  if (night.status === 'failed')
    return wrong(`${says}: ${night.failure ?? 'no reason'}`, 'docs/runbook.md#night-failed');
  if (night.status === 'running' && hours > NIGHT_MAX_HOURS) return wrong(says, 'docs/runbook.md#night-timed-out');
  return missed ? overdue(says, missed) : fine(says);
}

const overdue = (says: string, missed: number): Finding =>
  wrong(
    `${says}; since then the schedule should have started ${missed} nights and started none`,
    'docs/runbook.md#night-did-not-start',
  );

/** Starts the schedule owes; undefined while that is no cause for worry, or not known: the schedule's own line says why. */
async function missedBy({ nights, schedule, nowMs }: Deployment): Promise<number | undefined> {
  const found = await schedule().catch(() => undefined);
  if (!found?.isEnabled) return undefined;
  const sinceMs = Math.max(found.changedAtMs ?? 0, lastStartMs(await nights()));
  const missed = sinceMs === 0 ? 0 : missedStarts(found, sinceMs, nowMs);
  return missed > MISSED_STARTS_MAX ? missed : undefined;
}

/** When the schedule itself last started a night; runs that people start say nothing of it. */
const lastStartMs = (nights: readonly RunRecord[]): number =>
  Date.parse(nights.find(({ trigger }) => trigger === 'schedule')?.startedAt ?? '1970-01-01T00:00:00Z');

export async function checkSources({ nights, outputs }: Deployment): Promise<Finding> {
  const ended = (await nights()).find(({ status }) => status === 'succeeded');
  if (ended === undefined) return fine('known after the first night that ended');
  const { unavailableSources: away = [] } = await readReport(outputs['RunBucketName'] ?? '', ended.runId);
  if (away.length === 0) return fine(`all of them answered in ${ended.runId}`);
  const named = away.map(({ source, reason, nightsAway = 1 }) => `${source} (${reason}${forNights(nightsAway)})`);
  return wrong(`${ended.runId} did without ${named.join('; ')}`, 'docs/runbook.md#evidence-source-away');
}

const forNights = (nights: number): string => (nights > 1 ? `; for ${nights} nights` : '');
