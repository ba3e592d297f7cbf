import { ApplicationAutoScalingClient, PutScheduledActionCommand } from '@aws-sdk/client-application-auto-scaling';
import { type SettingWrite, unlessRefused } from '../refused-write.ts';
import { createClient } from '../sdk.ts';
import { type ScalingTarget, targetName } from './scaling-target.ts';

/** Limits that hold from a time on. */
export interface ScheduledCapacity {
  name: string;
  /** `cron(…)`, `rate(…)` or `at(…)`. */
  schedule: string;
  /** IANA name. @default 'UTC' */
  timeZone?: string;
  minCapacity: number;
  maxCapacity: number;
}

export interface ScheduledActions {
  /** Makes or replaces the action of that name. */
  write(target: ScalingTarget, capacity: ScheduledCapacity): Promise<SettingWrite>;
}

export function createScheduledActions(): ScheduledActions {
  const scaling = createClient(ApplicationAutoScalingClient);
  return {
    write: (target, { name, schedule, timeZone = 'UTC', minCapacity, maxCapacity }) =>
      unlessRefused(
        'application-autoscaling:PutScheduledAction',
        ['ValidationException', 'ObjectNotFoundException', 'LimitExceededException'],
        () =>
          scaling.send(
            new PutScheduledActionCommand({
              ...targetName(target),
              ScheduledActionName: name,
              Schedule: schedule,
              Timezone: timeZone,
              ScalableTargetAction: { MinCapacity: minCapacity, MaxCapacity: maxCapacity },
            }),
          ),
      ),
  };
}
