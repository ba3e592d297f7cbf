import type { ConfigurationLists } from '../../../shared/clients/artifacts/configuration-lists.ts';
import type { AlarmStore } from '../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import type { AlarmTopics } from '../../../shared/clients/cloudwatch-alarms/alarm-topic.ts';
import type { Watchables } from '../../../shared/clients/cloudwatch-alarms/watchables.ts';
import type { FunctionCatalog } from '../../../shared/clients/lambda/function-catalog.ts';
import type { FunctionTags } from '../../../shared/clients/tagging/function-tags.ts';
import { addRound } from '../../../shared/cloudwatch-alarms/alarms-answer.ts';
import { type AlarmReport, applyAlarms } from '../../../shared/cloudwatch-alarms/apply-alarms.ts';
import { lookAtWatched } from '../../../shared/cloudwatch-alarms/look-at-watched.ts';
import type { AlarmPlan, AlarmSettings, ConfigureAlarmsEvent } from '../../../shared/contracts/alarms.ts';
import { alarmPrefix } from '../../../shared/domain/configuration/alarms/alarm-names.ts';
import { planAlarms, planOf, type Watchable } from '../../../shared/domain/configuration/alarms/plan-alarms.ts';
import { selectWatched } from '../../../shared/domain/configuration/alarms/select-watched.ts';
import type { RoundTime } from '../../../shared/round-time.ts';

export interface AlarmRoundDependencies {
  catalog: FunctionCatalog;
  tags: FunctionTags;
  watchables: Watchables;
  store: AlarmStore;
  topics: AlarmTopics;
  lists: ConfigurationLists;
  /** Where alarms and their end are told. */
  topicArn: string;
  settings: AlarmSettings;
  ownTables: readonly string[];
}

interface Caller {
  holder: string;
  time: RoundTime;
}

/** Looks at what rounds before had no time for, then compares and writes for as long as there is time. */
export async function workRound(
  { action, email, ...input }: ConfigureAlarmsEvent,
  { holder, time }: Caller,
  dependencies: AlarmRoundDependencies,
) {
  const { topics, topicArn, lists } = dependencies;
  const soFar = input.soFar ?? undefined;
  const selected = action === 'remove' ? NOTHING : await selectInAccount(dependencies);
  const looked = await lookAtWatched(selected, { holder, time, cursor: soFar?.continuation.cursor }, dependencies);
  const hasTime = looked.unlooked === 0 && !time.isUp();
  const report = hasTime ? await apply({ ...input, action }, looked.watched, time, dependencies) : undefined;
  // Where there was no time to compare, that is one thing more to do.
  const remaining = report?.remaining ?? looked.unlooked + 1;
  const totals = addRound(soFar, { ...looked, report, remaining });
  const { next, rounds } = totals.continuation;
  if (next === 'goOn' && looked.hasLooked) await lists.writeFound(holder, looked.found);
  const wholeLists = (await writeWhole(report, rounds, { holder, lists })) ?? soFar?.wholeLists;
  const isTold = next === 'done' && email !== undefined && action !== 'plan';
  const subscription = isTold ? await topics.subscribeEmail(topicArn, email) : undefined;
  return { ...totals, ...(wholeLists && { wholeLists }), ...(subscription && { subscription }) };
}

const NOTHING: Watchable = { functionCount: 0, functions: [], tables: [], queues: [] };

async function selectInAccount({ catalog, tags, watchables, ownTables }: AlarmRoundDependencies): Promise<Watchable> {
  const [functions, tagsByArn, tables, eventSources] = await Promise.all([
    catalog.listFunctions(),
    tags.listFunctionTags(),
    watchables.listTables(),
    watchables.listEventSources(),
  ]);
  return selectWatched({ functions, tagsByArn, tables, eventSources, ownTables });
}

async function apply(
  input: Pick<ConfigureAlarmsEvent, 'action' | 'fleetBudgetUsdPerMonth'>,
  watched: Watchable,
  time: RoundTime,
  { store, topicArn, settings }: AlarmRoundDependencies,
) {
  const plan = planFor(input, watched, settings);
  const standing = await store.listByPrefix(alarmPrefix(settings.stackName));
  return applyAlarms(store, { plan, topicArn, standing, dryRun: input.action === 'plan', time });
}

function planFor(
  { action, fleetBudgetUsdPerMonth }: Pick<ConfigureAlarmsEvent, 'action' | 'fleetBudgetUsdPerMonth'>,
  watched: Watchable,
  settings: AlarmSettings,
): AlarmPlan {
  if (action === 'remove') return planOf([], { shape: 'none', reason: 'all alarms are to be removed' });
  return planAlarms(watched, {
    ...settings,
    fleetBudgetUsdPerMonth: fleetBudgetUsdPerMonth ?? settings.fleetBudgetUsdPerMonth,
  });
}

async function writeWhole(
  report: AlarmReport | undefined,
  round: number,
  { holder, lists }: { holder: string; lists: ConfigurationLists },
): Promise<string | undefined> {
  const { created, updated, removed } = report ?? { created: [], updated: [], removed: [] };
  if (created.length + updated.length + removed.length === 0) return undefined;
  return lists.writeRound(holder, round, { created, updated, removed });
}
