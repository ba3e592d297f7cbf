import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { WarmUpOrder } from '../../contracts/cold-start.ts';
import { WARM_UP_HOLD_MS } from '../../domain/configuration/cold-start/warm-up-time.ts';
import type { SettingValue } from '../../domain/configuration/scaling/managed-setting.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { type SettingWrite, unlessRefused } from '../refused-write.ts';
import { createClient } from '../sdk.ts';

export interface WarmUpScheduleSettings {
  /** Begins every schedule's name. */
  namePrefix: string;
  /** Function that spreads an order over as many invocations (tasks/configuration/warm-up). */
  warmerArn: string;
  /** What EventBridge Scheduler invokes it by. */
  roleArn: string;
}

/** Schedules that keep functions warm: `{ qualifier, everyMinutes, environments }` by function. */
export interface WarmUpSchedules {
  read(functionName: string): Promise<SettingValue | undefined>;
  write(functionName: string, value: SettingValue): Promise<SettingWrite>;
  remove(functionName: string): Promise<SettingWrite>;
}

const REFUSED = ['ValidationException', 'ServiceQuotaExceededException', 'ResourceNotFoundException'];
/** A schedule's name: 64 characters, as many as a function's name may have already. */
const NAME_MAX_CHARS = 64;

export function scheduleName(prefix: string, functionName: string): string {
  const name = `${prefix}-${functionName}`;
  if (name.length <= NAME_MAX_CHARS) return name;
  return `${name.slice(0, NAME_MAX_CHARS - 9)}-${shortHash(name)}`;
}

/** FNV-1a, eight hexadecimal digits: keeps cut names apart. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export function createWarmUpSchedules(settings: WarmUpScheduleSettings): WarmUpSchedules {
  const scheduler = createClient(SchedulerClient);
  const Name = (functionName: string) => scheduleName(settings.namePrefix, functionName);
  return {
    read: (functionName) => read(scheduler, Name(functionName)),
    write: async (functionName, value) => {
      const input = scheduleInput(Name(functionName), functionName, value, settings);
      const exists = (await read(scheduler, input.Name)) !== undefined;
      return exists
        ? unlessRefused('scheduler:UpdateSchedule', REFUSED, () => scheduler.send(new UpdateScheduleCommand(input)))
        : unlessRefused('scheduler:CreateSchedule', REFUSED, () => scheduler.send(new CreateScheduleCommand(input)));
    },
    remove: (functionName) =>
      unlessRefused('scheduler:DeleteSchedule', REFUSED, () =>
        scheduler.send(new DeleteScheduleCommand({ Name: Name(functionName) })),
      ),
  };
}

function scheduleInput(Name: string, functionName: string, value: SettingValue, settings: WarmUpScheduleSettings) {
  const everyMinutes = Number(value['everyMinutes']);
  const order: WarmUpOrder = {
    functionName,
    qualifier: String(value['qualifier']),
    environments: Number(value['environments']),
    holdMs: WARM_UP_HOLD_MS,
  };
  return {
    Name,
    Description: `Keeps ${functionName} warm for Rightsizer`,
    ScheduleExpression: `rate(${everyMinutes} ${everyMinutes === 1 ? 'minute' : 'minutes'})`,
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    State: 'ENABLED' as const,
    Target: {
      Arn: settings.warmerArn,
      RoleArn: settings.roleArn,
      Input: JSON.stringify(order),
      // A warm-up that failed is made up for by the next one.
      RetryPolicy: { MaximumRetryAttempts: 0 },
    },
  };
}

async function read(scheduler: SchedulerClient, Name: string): Promise<SettingValue | undefined> {
  try {
    const schedule = await callAws('scheduler:GetSchedule', () => scheduler.send(new GetScheduleCommand({ Name })));
    const everyMinutes = Number(/^rate\((\d+) minutes?\)$/.exec(schedule.ScheduleExpression ?? '')?.[1]);
    const { qualifier, environments } = JSON.parse(schedule.Target?.Input ?? '{}') as Partial<WarmUpOrder>;
    return {
      qualifier: qualifier ?? '',
      everyMinutes,
      environments: environments ?? 0,
      // Switched off by hand is somebody's decision, and so another value than ours.
      ...(schedule.State === 'DISABLED' && { disabled: true }),
    };
  } catch (error) {
    if (isNamed(error, ['ResourceNotFoundException'])) return undefined;
    throw error;
  }
}
