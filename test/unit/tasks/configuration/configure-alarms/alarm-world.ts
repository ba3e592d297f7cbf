import { alarmInput, settingsKey } from '../../../../../shared/clients/cloudwatch-alarms/alarm-input.ts';
import type { AlarmDefinition } from '../../../../../shared/contracts/alarms.ts';
import type { ListedFunction } from '../../../../../shared/domain/night/eligibility/listed-function.ts';
import { ENDLESS, type RoundTime } from '../../../../../shared/round-time.ts';
import { configureAlarms } from '../../../../../tasks/configuration/configure-alarms/configure-alarms.ts';
import { alarmSettings } from '../../../../support/alarm-settings.ts';
import { functionArn } from '../../../../support/builders.ts';

/** An account of these functions, whose alarms are kept in memory. */
export function world(names = ['orders-api', 'report', 'tool'], timeoutSeconds = 30) {
  const standing = new Map<string, string>();
  const subscribed: string[] = [];
  const key = (alarm: AlarmDefinition, topicArn: string) => settingsKey(alarmInput(alarm, topicArn));
  const state = {
    names,
    timeoutSeconds,
    writesPerRound: Number.POSITIVE_INFINITY,
    holder: undefined as string | undefined,
  };
  const objects = new Map<string, unknown>();
  const dependencies = {
    catalog: {
      listFunctions: async () =>
        state.names.map(
          (functionName) =>
            ({
              functionName,
              functionArn: functionArn(functionName),
              timeoutSeconds: state.timeoutSeconds,
            }) as ListedFunction,
        ),
    },
    tags: {
      listFunctionTags: async () =>
        new Map<string, Record<string, string>>([
          ...state.names
            .filter((name) => name.startsWith('critical-'))
            .map((name): [string, Record<string, string>] => [functionArn(name), { 'rightsizer:alarms': 'true' }]),
          [functionArn('orders-api'), { 'rightsizer:class': 'critical' }],
          [functionArn('tool'), { 'rightsizer:exclude': 'true', 'rightsizer:alarms': 'true' }],
        ]),
    },
    watchables: {
      listTables: async () => ['sessions', 'ledger'],
      listEventSources: async () => [
        { functionName: 'orders-api', eventSourceArn: 'arn:aws:sqs:us-east-1:1:jobs' },
        { functionName: 'orders-api', eventSourceArn: 'arn:aws:kinesis:us-east-1:1:stream/clicks' },
      ],
      findProvisionedQualifier: async (_: string): Promise<string | undefined> => undefined,
    },
    store: {
      listByPrefix: async () => [...standing].map(([name, settings]) => ({ name, settings })),
      listByName: async () => [],
      put: async (alarms: readonly AlarmDefinition[], topicArn: string) => {
        const written = alarms.slice(0, state.writesPerRound);
        for (const alarm of written) standing.set(alarm.name, key(alarm, topicArn));
        return written.length;
      },
      remove: async (gone: readonly string[]) => {
        const removed = gone.slice(0, state.writesPerRound);
        for (const name of removed) standing.delete(name);
        return removed.length;
      },
      settingsOf: key,
      getState: async () => undefined,
      listContributors: async () => [],
    },
    topics: {
      create: async () => 'topic',
      subscribeEmail: async (_: string, email: string) => {
        subscribed.push(email);
        return 'pending' as const;
      },
    },
    turns: {
      take: async (by: string) =>
        state.holder === undefined || state.holder === by
          ? ({ taken: true } as const)
          : { taken: false as const, holder: state.holder },
      end: async () => undefined,
    },
    lists: {
      writeRound: async (holder: string, round: number, lists: object) => {
        objects.set(`${holder} ${round}`, lists);
        return `s3://bucket/${holder}/`;
      },
      readFound: async (holder: string) => objects.get(holder) as Map<string, string>,
      writeFound: async (holder: string, found: ReadonlyMap<string, string>) => void objects.set(holder, found),
    },
    topicArn: 'topic',
    settings: alarmSettings(),
    ownTables: ['ledger'],
  };
  const configure = (event: unknown, time: RoundTime = ENDLESS) =>
    configureAlarms(event, dependencies, { name: 'invocation:1', time });
  return { standing, subscribed, state, objects, dependencies, configure };
}
