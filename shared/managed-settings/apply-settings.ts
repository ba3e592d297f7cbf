import type { SettingAccesses } from '../clients/setting-access.ts';
import type { SettingRecords } from '../clients/settings-ledger/setting-records.ts';
import { clock } from '../clock.ts';
import type { SettingsReport } from '../contracts/auto-scaling.ts';
import {
  decideSetting,
  decideUndo,
  type SettingRecord,
  type SettingValue,
  type WantedSetting,
} from '../domain/configuration/scaling/managed-setting.ts';
import type { Skipped } from '../domain/configuration/scaling/plan-reservations.ts';
import { ReportBuilder, settingName } from './report-builder.ts';

/** Four writes a second: a quarter of Lambda's fifteen control-plane calls, which everybody shares. */
const WRITE_INTERVAL_MS = 250;

export interface ApplySettings {
  wanted: readonly WantedSetting[];
  skipped: readonly Skipped[];
  known: ReadonlyMap<string, SettingRecord>;
  records: SettingRecords;
  accesses: SettingAccesses;
  dryRun: boolean;
}

/**
 * Makes settings what they should be, one after the other; what nobody asks for any more is put back. A setting that
 * AWS refuses is reported and the others go on. Each is written down before it is written, so that a pass that broke
 * off is finished by the next.
 */
export async function applySettings(request: ApplySettings): Promise<SettingsReport> {
  const report = new ReportBuilder();
  const notOurs = new Set<string>();
  for (const wanted of request.wanted) {
    if (wanted.requires !== undefined && notOurs.has(wanted.requires)) {
      notOurs.add(wanted.key);
      continue;
    }
    if (!(await applyOne(wanted, request, report))) notOurs.add(wanted.key);
  }
  for (const { resource, reason } of request.skipped) report.explain('skipped', resource, reason);
  for (const record of withdrawn(request)) await undoOne(record, request, report);
  return report.report();
}

/** Puts back everything that was set, the last first, as far as it still is what was written. */
export async function undoSettings(request: Omit<ApplySettings, 'wanted' | 'skipped'>): Promise<SettingsReport> {
  const report = new ReportBuilder();
  const standing = [...request.known.values()].filter(({ undoneAt }) => undoneAt === undefined);
  for (const record of lastFirst(standing)) await undoOne(record, request, report);
  return report.report();
}

type Pass = Omit<ApplySettings, 'wanted' | 'skipped'>;

/** False when the setting is not ours: left to its owner, or refused. */
async function applyOne(wanted: WantedSetting, pass: Pass, report: ReportBuilder): Promise<boolean> {
  const { key, resource } = wanted;
  const record = pass.known.get(key);
  const live = await pass.accesses(key).read();
  const decided = decideSetting(wanted, live, record);
  if (decided.verdict === 'skip') {
    report.explain('skipped', resource, `${settingName(key, resource)}: ${decided.reason}`);
    return false;
  }
  const change = { resource, setting: settingName(key, resource), reason: decided.reason };
  if (decided.verdict === 'unchanged') {
    report.add('unchanged', change);
    return true;
  }
  const refused = pass.dryRun ? undefined : await write(wanted, decided.value, { live, record }, pass);
  if (refused !== undefined) {
    report.explain('failed', resource, `${change.setting}: ${refused}`);
    return false;
  }
  report.add(decided.verdict === 'create' ? 'created' : 'updated', change);
  return true;
}

/** Why AWS refused; undefined when the setting was written. */
async function write(
  { key, resource, basis }: WantedSetting,
  value: SettingValue,
  before: { live: SettingValue | undefined; record: SettingRecord | undefined },
  { records, accesses }: Pass,
): Promise<string | undefined> {
  const standing = before.record?.undoneAt === undefined ? before.record : undefined;
  const record: SettingRecord = {
    key,
    resource,
    // What stood before our first write is what an undo goes back to, whatever we wrote since.
    before: standing === undefined ? (before.live ?? null) : standing.before,
    written: value,
    basis,
    at: new Date(clock.now()).toISOString(),
  };
  // A pass may break off before the write: what stands then is ours as well, and must be known as such.
  const formerly = standing && before.live;
  await records.put({ ...record, ...(formerly && { formerly }) });
  const answer = await accesses(key).write(value);
  await clock.sleep(WRITE_INTERVAL_MS);
  if (answer.written) {
    if (formerly !== undefined) await records.put(record);
    return undefined;
  }
  if (standing === undefined) await records.put(history(key, resource, basis, before.live));
  else await records.put(standing);
  return answer.reason;
}

/** A refused first write leaves nothing to undo. */
function history(key: string, resource: string, basis: string, live: SettingValue | undefined): SettingRecord {
  const at = new Date(clock.now()).toISOString();
  return { key, resource, before: live ?? null, written: live ?? {}, basis, at, undoneAt: at };
}

/** Settings of ours that nobody wants any more; those of resources that are merely skipped stay. */
function withdrawn({ known, wanted, skipped }: ApplySettings): SettingRecord[] {
  const keys = new Set(wanted.map(({ key }) => key));
  const held = skipped.filter(({ isWithdrawn }) => !isWithdrawn).map(({ resource }) => resource);
  const isHeld = (resource: string) => held.some((each) => resource === each || resource.startsWith(`${each}/`));
  return lastFirst(
    [...known.values()].filter(
      ({ key, resource, undoneAt }) => undoneAt === undefined && !keys.has(key) && !isHeld(resource),
    ),
  );
}

const lastFirst = (records: readonly SettingRecord[]): SettingRecord[] =>
  [...records].sort((a, b) => (a.at === b.at ? (a.key < b.key ? 1 : -1) : a.at < b.at ? 1 : -1));

async function undoOne(record: SettingRecord, pass: Pass, report: ReportBuilder): Promise<void> {
  const { key, resource } = record;
  const access = pass.accesses(key);
  const decided = decideUndo(record, await access.read());
  const setting = settingName(key, resource);
  if (decided.verdict === 'skip') {
    report.explain('skipped', resource, `${setting}: ${decided.reason}`);
    return;
  }
  if (!pass.dryRun && decided.verdict !== 'gone') {
    const answer = await (decided.verdict === 'restore' ? access.write(decided.value) : access.remove());
    await clock.sleep(WRITE_INTERVAL_MS);
    if (!answer.written) {
      report.explain('failed', resource, `${setting}: ${answer.reason}`);
      return;
    }
  }
  if (!pass.dryRun) await pass.records.put({ ...record, undoneAt: new Date(clock.now()).toISOString() });
  const said = { remove: 'taken away again', restore: 'put back to what stood before', gone: 'already gone' };
  report.add('removed', { resource, setting, reason: said[decided.verdict] });
}
