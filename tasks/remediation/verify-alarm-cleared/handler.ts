import { createAlarmStore } from '../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { verifyAlarmCleared } from './verify-alarm-cleared.ts';

/** Called once an action has had its time. Event: `{ classified }`; answers VerifiedAlarm. */
const dependencies = { alarms: createAlarmStore() };

export const handler = taskHandler((event) => verifyAlarmCleared(event, dependencies));
