import { createAlarmStore } from '../clients/cloudwatch-alarms/alarm-store.ts';
import type { AlarmTarget } from '../contracts/alarms.ts';
import { alarmsFor } from '../domain/configuration/alarms/catalogue.ts';
import { planOf } from '../domain/configuration/alarms/plan-alarms.ts';
import { type AlarmLibrarySettings, alarmSettings } from './alarm-library-settings.ts';
import { type AlarmReport, applyAlarms } from './apply-alarms.ts';

export interface PerformanceAlarmsInput extends AlarmLibrarySettings {
  /** Where alarms and their end are told; `createAlarmTopic` makes one. */
  topicArn: string;
  functions: readonly {
    functionName: string;
    /** Seconds; without it there is no alarm on duration near the timeout. */
    timeoutSeconds?: number;
    /** Alias that carries provisioned concurrency. */
    alias?: string;
    /** Whether it reads a stream (Kinesis, DynamoDB, Kafka). */
    consumesStream?: boolean;
  }[];
  /** Services whose users, cost and load are watched (`Service` of the application's metrics). @default none */
  services?: readonly string[];
  /** Names of SQS queues. @default none */
  queues?: readonly string[];
  /** Only says what would be done. @default false */
  dryRun?: boolean;
}

/**
 * Creates or updates the alarms of Lambda functions: response time, errors, throttling, timeouts, memory, cache hit
 * rate, and with `services` and `queues` users, cost per user and backlog. Alarms of functions no longer named stay:
 * several deployments may each call this for their own functions.
 */
export async function createPerformanceAlarms(input: PerformanceAlarmsInput): Promise<AlarmReport> {
  const settings = alarmSettings(input);
  const targets: AlarmTarget[] = [
    ...input.functions.map((each) => ({ kind: 'function', ...each }) as const),
    ...(input.services ?? []).map((service) => ({ kind: 'application', service }) as const),
    ...(input.queues ?? []).map((queueName) => ({ kind: 'queue', queueName }) as const),
  ];
  const alarms = targets.flatMap((target) => alarmsFor(target, settings));
  const plan = planOf(alarms, { shape: 'none', reason: 'only what was named is watched' });
  const store = createAlarmStore();
  const standing = await store.listByName(alarms.map((each) => each.name));
  return applyAlarms(store, { plan, topicArn: input.topicArn, standing, dryRun: input.dryRun ?? false });
}
