import { EXCLUDE_TAG } from '../../../constants.ts';
import type { AlarmTarget } from '../../../contracts/alarms.ts';
import type { Watchable } from './plan-alarms.ts';

/** A function with this tag (any value but "false") gets alarms of its own. */
export const ALARMS_TAG = 'rightsizer:alarms';
/** So does one of class `critical`, the class that cold-start mitigation knows as well. */
export const CLASS_TAG = 'rightsizer:class';
const CRITICAL = 'critical';

export interface FoundFunction {
  functionName: string;
  functionArn: string;
  timeoutSeconds: number;
}

export interface Found {
  functions: readonly FoundFunction[];
  tagsByArn: ReadonlyMap<string, Readonly<Record<string, string>>>;
  tables: readonly string[];
  eventSources: readonly { functionName: string; eventSourceArn: string }[];
  /** Tables of ours, which are not the customer's to be told about. */
  ownTables: readonly string[];
}

const isSet = (value: string | undefined): boolean => value !== undefined && value.toLowerCase() !== 'false';

/** Which of what an account has gets alarms: selected functions, all tables but ours, all queues with a consumer. */
export function selectWatched(found: Found): Watchable {
  const watched = found.functions.filter(({ functionArn }) => !isSet(found.tagsByArn.get(functionArn)?.[EXCLUDE_TAG]));
  const streams = new Set(
    found.eventSources
      .filter((each) => queueNameOf(each.eventSourceArn) === undefined)
      .map((each) => each.functionName),
  );
  return {
    functionCount: watched.length,
    functions: watched
      .filter(({ functionArn }) => hasOwnAlarms(found.tagsByArn.get(functionArn) ?? {}))
      .map(
        (each): Extract<AlarmTarget, { kind: 'function' }> => ({
          kind: 'function',
          functionName: each.functionName,
          timeoutSeconds: each.timeoutSeconds,
          consumesStream: streams.has(each.functionName),
        }),
      ),
    tables: found.tables.filter((each) => !found.ownTables.includes(each)),
    queues: [...new Set(found.eventSources.flatMap((each) => queueNameOf(each.eventSourceArn) ?? []))].sort(),
  };
}

const hasOwnAlarms = (tags: Readonly<Record<string, string>>): boolean =>
  isSet(tags[ALARMS_TAG]) || tags[CLASS_TAG] === CRITICAL;

/** Name of the SQS queue behind an ARN; undefined for any other source. */
export function queueNameOf(arn: string): string | undefined {
  const [, , service, , , name] = arn.split(':');
  return service === 'sqs' ? name : undefined;
}
