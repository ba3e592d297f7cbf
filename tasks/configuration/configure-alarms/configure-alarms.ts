import type { ConfigurationTurns } from '../../../shared/clients/settings-ledger/configuration-turns.ts';
import { waitingFor } from '../../../shared/cloudwatch-alarms/alarms-answer.ts';
import type { Invocation } from '../../../shared/configuration-rounds/invocation.ts';
import { workInTurn } from '../../../shared/configuration-rounds/work-in-turn.ts';
import { type ConfigureAlarmsOutput, parseConfigureAlarmsEvent } from '../../../shared/contracts/alarms.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { type AlarmRoundDependencies, workRound } from './alarm-round.ts';

export interface ConfigureAlarmsDependencies extends AlarmRoundDependencies {
  turns: ConfigurationTurns;
}

/**
 * One round of making the account's alarms what the catalogue and the configuration say, now that the account has these
 * functions, tables and queues, with these timeouts. `plan` changes nothing; a plan beyond a quota changes nothing either.
 *
 * @throws InvalidInputError naming every problem of the input
 */
export async function configureAlarms(
  event: unknown,
  dependencies: ConfigureAlarmsDependencies,
  invocation: Invocation,
): Promise<ConfigureAlarmsOutput> {
  const input = parseConfigureAlarmsEvent(event);
  const holder = input.execution?.arn ?? invocation.name;
  const { topicArn } = dependencies;
  const said = { schemaVersion: SCHEMA_VERSION, action: input.action, topicArn } as const;
  return workInTurn<ConfigureAlarmsOutput>(dependencies.turns, {
    holder,
    isReadOnly: input.action === 'plan',
    work: async () => ({ ...said, ...(await workRound(input, { holder, time: invocation.time }, dependencies)) }),
    waitFor: (other) => ({ ...said, ...waitingFor(other, input.soFar ?? undefined) }),
  });
}
