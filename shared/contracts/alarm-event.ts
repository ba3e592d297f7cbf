import * as z from 'zod/mini';
import { parseContract } from './parse.ts';

/**
 * The events CloudWatch sends to EventBridge when an alarm, or one time series of an alarm on several, changes state.
 * Shapes from AWS's documented examples, which test/fixtures/alarm-events holds.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
const stateSchema = z.object({
  value: z.enum(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
  reason: z.optional(z.string()),
  reasonData: z.optional(z.string()),
  timestamp: z.optional(z.string()),
});

const metricSchema = z.object({
  id: z.optional(z.string()),
  expression: z.optional(z.string()),
  metricStat: z.optional(
    z.object({
      metric: z.object({
        name: z.optional(z.string()),
        namespace: z.optional(z.string()),
        dimensions: z.optional(z.record(z.string(), z.string())),
      }),
    }),
  ),
});

const alarmEventSchema = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(100)),
  source: z.literal('aws.cloudwatch'),
  'detail-type': z.enum(['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change']),
  account: z.string(),
  region: z.string(),
  time: z.string(),
  resources: z.optional(z.array(z.string())),
  detail: z.object({
    alarmName: z.string().check(z.minLength(1), z.maxLength(255)),
    state: stateSchema,
    previousState: z.optional(stateSchema),
    alarmContributor: z.optional(z.object({ id: z.string(), attributes: z.record(z.string(), z.string()) })),
    configuration: z.optional(
      z.object({ metrics: z.optional(z.array(metricSchema)), alarmRule: z.optional(z.string()) }),
    ),
    muteDetail: z.optional(z.object({ mutedByArn: z.optional(z.string()) })),
  }),
});

/** An alarm's change of state, whichever kind of alarm it was. */
export interface AlarmSignal {
  eventId: string;
  alarmName: string;
  state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';
  /** ISO 8601, UTC. */
  at: string;
  kind: 'metric' | 'math' | 'insights' | 'contributor' | 'composite';
  /** Attributes of the time series that changed; of kind `contributor` only. */
  contributor?: Record<string, string>;
  /** Children that made a composite alarm change. */
  triggeringAlarms: string[];
  muted: boolean;
}

/** @throws InvalidInputError naming every problem; whoever sent such an event would send it again unchanged */
export function parseAlarmEvent(value: unknown): AlarmSignal {
  const { id, detail, time } = parseContract('alarm event', alarmEventSchema, value);
  return {
    eventId: id,
    alarmName: detail.alarmName,
    state: detail.state.value,
    at: new Date(isoTime(detail.state.timestamp ?? time)).toISOString(),
    kind: kindOf(detail),
    ...(detail.alarmContributor && { contributor: detail.alarmContributor.attributes }),
    triggeringAlarms: triggeringAlarms(detail.state.reasonData),
    muted: detail.muteDetail !== undefined,
  };
}

/** CloudWatch writes `+0000`, which is not ISO 8601's `+00:00`. */
const isoTime = (text: string): number => {
  const ms = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(ms) ? 0 : ms;
};

function kindOf({ alarmContributor, configuration }: z.output<typeof alarmEventSchema>['detail']): AlarmSignal['kind'] {
  if (alarmContributor) return 'contributor';
  if (configuration?.alarmRule !== undefined) return 'composite';
  const expressions = (configuration?.metrics ?? []).flatMap((each) => each.expression ?? []);
  if (expressions.some((each) => /^\s*SELECT\b/i.test(each))) return 'insights';
  return expressions.length > 0 ? 'math' : 'metric';
}

/** Names of the alarms that a composite alarm's `reasonData` blames; none where it says nothing readable. */
function triggeringAlarms(reasonData: string | undefined): string[] {
  try {
    const { triggeringAlarms: triggers } = JSON.parse(reasonData ?? '{}') as {
      triggeringAlarms?: { arn?: string; state?: { value?: string } }[];
    };
    return (triggers ?? [])
      .filter((each) => each.state?.value === 'ALARM')
      .flatMap((each) => each.arn?.split(':alarm:')[1] ?? []);
  } catch {
    return [];
  }
}
