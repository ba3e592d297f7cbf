import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';

export interface NightSchedule {
  isEnabled: boolean;
  /** `cron(0 2 * * ? *)`. */
  expression: string;
  timeZone: string;
  /** When it was made, or last deployed otherwise than before; undefined where Scheduler does not say. */
  changedAtMs: number | undefined;
}

/** The schedule that starts nights, as EventBridge Scheduler has it. */
export async function readSchedule(name: string): Promise<NightSchedule> {
  const scheduler = createClient(SchedulerClient);
  const found = await callAws('scheduler:GetSchedule', () => scheduler.send(new GetScheduleCommand({ Name: name })));
  return {
    isEnabled: found.State === 'ENABLED',
    expression: found.ScheduleExpression ?? '',
    timeZone: found.ScheduleExpressionTimezone ?? 'UTC',
    changedAtMs: (found.LastModificationDate ?? found.CreationDate)?.getTime(),
  };
}
