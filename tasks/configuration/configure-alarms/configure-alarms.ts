import type { AlarmStore } from '../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import type { AlarmTopics } from '../../../shared/clients/cloudwatch-alarms/alarm-topic.ts';
import type { Watchables } from '../../../shared/clients/cloudwatch-alarms/watchables.ts';
import type { FunctionCatalog } from '../../../shared/clients/lambda/function-catalog.ts';
import type { FunctionTags } from '../../../shared/clients/tagging/function-tags.ts';
import { type AlarmReport, applyAlarms } from '../../../shared/cloudwatch-alarms/apply-alarms.ts';
import {
  type AlarmPlan,
  type AlarmSettings,
  type ConfigureAlarmsInput,
  type ConfigureAlarmsOutput,
  parseConfigureAlarmsInput,
} from '../../../shared/contracts/alarms.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { alarmPrefix } from '../../../shared/domain/configuration/alarms/alarm-names.ts';
import { planAlarms, planOf, type Watchable } from '../../../shared/domain/configuration/alarms/plan-alarms.ts';
import { selectWatched } from '../../../shared/domain/configuration/alarms/select-watched.ts';

export interface ConfigureAlarmsDependencies {
  catalog: FunctionCatalog;
  tags: FunctionTags;
  watchables: Watchables;
  store: AlarmStore;
  topics: AlarmTopics;
  /** Where alarms and their end are told. */
  topicArn: string;
  settings: AlarmSettings;
  ownTables: readonly string[];
}

/**
 * Makes the account's alarms what the catalogue and the configuration say, now that the account has these functions,
 * tables and queues, with these timeouts. `plan` changes nothing; a plan beyond a quota changes nothing either.
 *
 * @throws InvalidInputError naming every problem of the input
 */
export async function configureAlarms(
  event: unknown,
  dependencies: ConfigureAlarmsDependencies,
): Promise<ConfigureAlarmsOutput> {
  const input = parseConfigureAlarmsInput(event);
  const { store, topics, topicArn, settings } = dependencies;
  const plan = await planFor(input, dependencies);
  const standing = await store.listByPrefix(alarmPrefix(settings.stackName));
  const report = await applyAlarms(store, { plan, topicArn, standing, dryRun: input.action === 'plan' });
  const subscription =
    input.email !== undefined && input.action !== 'plan'
      ? await topics.subscribeEmail(topicArn, input.email)
      : undefined;
  return { ...outputOf(input, report), topicArn, ...(subscription && { subscription }) };
}

async function planFor(input: ConfigureAlarmsInput, dependencies: ConfigureAlarmsDependencies): Promise<AlarmPlan> {
  if (input.action === 'remove') return planOf([], { shape: 'none', reason: 'all alarms are to be removed' });
  const { fleetBudgetUsdPerMonth = dependencies.settings.fleetBudgetUsdPerMonth } = input;
  return planAlarms(await findWatched(dependencies), { ...dependencies.settings, fleetBudgetUsdPerMonth });
}

async function findWatched({ catalog, tags, watchables, ownTables }: ConfigureAlarmsDependencies): Promise<Watchable> {
  const [functions, tagsByArn, tables, eventSources] = await Promise.all([
    catalog.listFunctions(),
    tags.listFunctionTags(),
    watchables.listTables(),
    watchables.listEventSources(),
  ]);
  const watched = selectWatched({ functions, tagsByArn, tables, eventSources, ownTables });
  const selected: Watchable['functions'][number][] = [];
  // One after the other: Lambda gives 15 such calls a second to everybody together.
  for (const each of watched.functions) {
    const alias = await watchables.findProvisionedQualifier(each.functionName);
    selected.push({ ...each, ...(alias && { alias }) });
  }
  return { ...watched, functions: selected };
}

function outputOf({ action }: ConfigureAlarmsInput, { plan, ...report }: AlarmReport) {
  return {
    schemaVersion: SCHEMA_VERSION,
    action,
    ...report,
    counts: plan.counts,
    costUsdPerMonth: plan.costUsdPerMonth,
    problems: plan.problems,
    fleet: plan.fleet,
  } as const;
}
