import * as v from 'valibot';
import { parseContract } from './parse.ts';
import { record } from './typed-values.ts';

/**
 * The events CloudWatch sends to EventBridge when an alarm, or one time series of an alarm on several, changes state.
 * Shapes from AWS's documented examples, which test/fixtures/alarm-events holds.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
const stateSchema = v.object({
  value: v.picklist(['ALARM', 'OK', 'INSUFFICIENT_DATA']),
  reason: v.optional(v.string()),
  reasonData: v.optional(v.string()),
  timestamp: v.optional(v.string()),
});

const metricSchema = v.object({
  id: v.optional(v.string()),
  expression: v.optional(v.string()),
  metricStat: v.optional(
    v.object({
      metric: v.object({
        name: v.optional(v.string()),
        namespace: v.optional(v.string()),
        dimensions: v.optional(record(v.string(), v.string())),
      }),
    }),
  ),
});

const alarmEventSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  source: v.literal('aws.cloudwatch'),
  'detail-type': v.picklist(['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change']),
  account: v.string(),
  region: v.string(),
  time: v.string(),
  resources: v.optional(v.array(v.string())),
  detail: v.object({
    alarmName: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
    state: stateSchema,
    previousState: v.optional(stateSchema),
    alarmContributor: v.optional(v.object({ id: v.string(), attributes: record(v.string(), v.string()) })),
    configuration: v.optional(
      v.object({ metrics: v.optional(v.array(metricSchema)), alarmRule: v.optional(v.string()) }),
    ),
    muteDetail: v.optional(v.object({ mutedByArn: v.optional(v.string()) })),
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

function kindOf({
  alarmContributor,
  configuration,
}: v.InferOutput<typeof alarmEventSchema>['detail']): AlarmSignal['kind'] {
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
