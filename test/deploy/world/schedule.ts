import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';

const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

/** What the deployed schedule hands the state machine at a time (epoch ms), as EventBridge Scheduler fills it in. */
export async function scheduledInput(scheduleName: string, atMs: number): Promise<string> {
  const { Target } = await new SchedulerClient({}).send(new GetScheduleCommand({ Name: scheduleName }));
  const input = Target?.Input ?? '';
  if (!input.includes(SCHEDULED_TIME)) throw new Error(`the schedule hands on no time: ${input}`);
  return input.replace(SCHEDULED_TIME, new Date(atMs).toISOString());
}
