import type { ConfigureAlarmsOutput } from '../../shared/contracts/alarms.ts';
import type { SettingChange, SettingsReport } from '../../shared/contracts/auto-scaling.ts';
import { counted, usd } from '../../shared/domain/approval/proposal/wording.ts';

/** One line of a plan, or of what was done. */
export interface ConfigurationRow {
  what: 'create' | 'update' | 'take away' | 'left alone' | 'failed';
  resource: string;
  setting: string;
  reason: string;
}

export interface ConfigurationReport {
  rows: readonly ConfigurationRow[];
  /** Settings to write, or written. */
  writes: number;
  unchanged: number;
  /** What cannot be done, or was not; none where all is well. */
  problems: readonly string[];
  notes: readonly string[];
}

export function alarmsReport(answer: ConfigureAlarmsOutput): ConfigurationReport {
  const { created, updated, removed, unchanged, changes, counts, costUsdPerMonth, problems, fleet, topicArn } = answer;
  const rows = (what: ConfigurationRow['what'], names: readonly string[]): ConfigurationRow[] =>
    names.map((resource) => ({ what, resource, setting: 'alarm', reason: '' }));
  const alarms = counted(counts.metricAlarms + counts.metricsInsightsAlarms, 'alarm');
  return {
    rows: [...rows('create', created), ...rows('update', updated), ...rows('take away', removed)],
    writes: changes.created + changes.updated + changes.removed,
    unchanged,
    problems,
    notes: [
      `${alarms} in the plan, about ${usd(costUsdPerMonth)} a month; they tell ${topicArn}.`,
      `Functions that nobody selected: ${fleet.reason}.`,
      ...(answer.subscription === 'pending' ? ['SNS has mailed the address a link: it must be confirmed once.'] : []),
      ...unlistedNotes(answer),
    ],
  };
}

/** Both reports of settings. */
export function settingsReport(answer: SettingsReport & WithLists): ConfigurationReport {
  const { created, updated, removed, skipped, failed, counts } = answer;
  const changed = (what: ConfigurationRow['what'], changes: readonly SettingChange[]): ConfigurationRow[] =>
    changes.map((change) => ({ what, ...change }));
  const left = (what: ConfigurationRow['what'], each: readonly { resource: string; reason: string }[]) =>
    each.map(({ resource, reason }) => ({ what, resource, setting: '', reason }));
  return {
    rows: [
      ...changed('create', created),
      ...changed('update', updated),
      ...changed('take away', removed),
      ...left('left alone', skipped),
      ...left('failed', failed),
    ],
    writes: counts.created + counts.updated + counts.removed,
    unchanged: counts.unchanged,
    problems: counts.failed === 0 ? [] : [`${counted(counts.failed, 'setting')} failed; the others went on.`],
    notes: unlistedNotes(answer),
  };
}

interface WithLists {
  unlisted: Readonly<Record<string, number>>;
  wholeLists?: string | undefined;
}

/** Lists of the answer that are no rows. */
const NO_ROWS = ['unchanged', 'advice'];

/** Lists are cut where a state's answer would not hold them, counts are whole. */
function unlistedNotes({ unlisted, wholeLists }: WithLists): string[] {
  const missing = Object.entries(unlisted).filter(([list]) => !NO_ROWS.includes(list));
  if (missing.length === 0) return [];
  const said = missing.map(([list, count]) => `${count} more ${list}`).join(', ');
  return [`Not listed here: ${said}; a state's answer holds so many. All of them: ${wholeLists ?? 'nowhere'}`];
}
