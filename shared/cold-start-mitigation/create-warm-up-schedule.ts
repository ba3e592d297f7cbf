import { createUsedQualifiers } from '../clients/provisioned-concurrency/used-qualifier.ts';
import { createWarmUpSchedules, type WarmUpScheduleSettings } from '../clients/schedules/warm-up-schedules.ts';
import { clock } from '../clock.ts';
import { DEFAULT_COLD_START, WARM_UP_ENVIRONMENTS_MAX } from '../contracts/cold-start.ts';
import { UNQUALIFIED } from '../domain/configuration/cold-start/plan-mitigation.ts';
import { isSame } from '../domain/configuration/scaling/managed-setting.ts';

export interface WarmUpScheduleInput extends Omit<WarmUpScheduleSettings, 'namePrefix'> {
  functionName: string;
  /** Alias to warm. @default the alias that takes the most invocations, or the bare function where there is none */
  qualifier?: string;
  /** @default 5 */
  everyMinutes?: number;
  /** Environments to keep warm at once, at most 100. @default 1 */
  environments?: number;
  /** Begins the schedule's name. @default 'warm-up' */
  namePrefix?: string;
}

export interface WarmUpScheduleOutcome {
  outcome: 'created' | 'updated' | 'unchanged' | 'skipped';
  qualifier: string;
  reason: string;
}

const DAY_MS = 86_400_000;

/**
 * Has EventBridge Scheduler call a function every few minutes, so that its environments are not reclaimed. The handler
 * must know such calls: wrap it in `withWarmUp`.
 */
export async function createWarmUpSchedule(input: WarmUpScheduleInput): Promise<WarmUpScheduleOutcome> {
  const { functionName, everyMinutes = DEFAULT_COLD_START.warmUpEveryMinutes, environments = 1 } = input;
  const { warmerArn, roleArn, namePrefix = 'warm-up' } = input;
  if (!Number.isInteger(everyMinutes) || everyMinutes < 1 || everyMinutes > 60) {
    throw new RangeError(`everyMinutes must be a whole number from 1 to 60, got ${everyMinutes}`);
  }
  if (!Number.isInteger(environments) || environments < 1 || environments > WARM_UP_ENVIRONMENTS_MAX) {
    throw new RangeError(
      `environments must be a whole number from 1 to ${WARM_UP_ENVIRONMENTS_MAX}, got ${environments}`,
    );
  }
  const schedules = createWarmUpSchedules({ warmerArn, roleArn, namePrefix });
  const qualifier = input.qualifier ?? (await usedQualifier(functionName));
  const wanted = { qualifier, everyMinutes, environments };
  const live = await schedules.read(functionName);
  const reason = `${environments} at once every ${everyMinutes} minutes, ${qualifier}`;
  if (isSame(live, wanted)) return { outcome: 'unchanged', qualifier, reason };
  const answer = await schedules.write(functionName, wanted);
  if (!answer.written) return { outcome: 'skipped', qualifier, reason: answer.reason };
  return { outcome: live === undefined ? 'created' : 'updated', qualifier, reason };
}

async function usedQualifier(functionName: string): Promise<string> {
  const endMs = clock.now();
  const startMs = endMs - DEFAULT_COLD_START.lookbackDays * DAY_MS;
  const used = await createUsedQualifiers().find(functionName, { startMs, endMs });
  if (used.kind === 'ambiguous') {
    throw new RangeError(`qualifier must be given where no traffic says it, got aliases ${used.aliases.join(', ')}`);
  }
  return used.kind === 'alias' ? used.qualifier : UNQUALIFIED;
}
