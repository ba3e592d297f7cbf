import type { SettingAccesses } from '../clients/setting-access.ts';
import type { SettingRecords } from '../clients/settings-ledger/setting-records.ts';
import { clock } from '../clock.ts';
import {
  decideSetting,
  decideUndo,
  type SettingRecord,
  type SettingValue,
  type WantedSetting,
} from '../domain/configuration/scaling/managed-setting.ts';
import type { Skipped } from '../domain/configuration/scaling/plan-reservations.ts';
import { ENDLESS, type RoundTime } from '../round-time.ts';
import { type ReportBuilder, settingName } from './report-builder.ts';

/** Four writes a second: a quarter of Lambda's fifteen control-plane calls, which everybody shares. */
const WRITE_INTERVAL_MS = 250;

/** Where settings are remembered and kept. */
export interface SettingStores {
  records: SettingRecords;
  accesses: SettingAccesses;
  dryRun: boolean;
}

export interface ApplySettings extends SettingStores {
  wanted: readonly WantedSetting[];
  skipped: readonly Skipped[];
  /** What was ever set; what of it is not wanted any more is put back, so give only what belongs to the same resources. */
  known: ReadonlyMap<string, SettingRecord>;
}

/**
 * Makes settings what they should be, one after the other; what nobody asks for any more is put back. A setting that
 * AWS refuses is reported and the others go on. Each is written down before it is written, so that a pass that broke
 * off is finished by the next.
 *
 * @returns false where the time was up before the last of them
 */
export async function applySettings(
  request: ApplySettings,
  report: ReportBuilder,
  time: RoundTime = ENDLESS,
): Promise<boolean> {
  const notOurs = new Set<string>();
  for (const wanted of request.wanted) {
    if (time.isUp()) return false;
    if (wanted.requires !== undefined && notOurs.has(wanted.requires)) {
      notOurs.add(wanted.key);
      continue;
    }
    if (!(await applyOne(wanted, request, report))) notOurs.add(wanted.key);
  }
  for (const { resource, reason } of request.skipped) report.explain('skipped', resource, reason);
  for (const record of withdrawn(request)) {
    if (time.isUp()) return false;
    await undoSetting(record, request, report);
  }
  return true;
}

type Known = SettingStores & Pick<ApplySettings, 'known'>;

/** False when the setting is not ours: left to its owner, or refused. */
async function applyOne(wanted: WantedSetting, pass: Known, report: ReportBuilder): Promise<boolean> {
  const { key, resource } = wanted;
  const record = pass.known.get(key);
  const { live, decided } = await look(wanted, record, pass);
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

/** What planning saw is enough to leave a setting as it is; before it is written it is read once more. */
async function look(wanted: WantedSetting, record: SettingRecord | undefined, { accesses }: Known) {
  if (wanted.seen !== undefined) {
    const live = wanted.seen ?? undefined;
    const decided = decideSetting(wanted, live, record);
    if (decided.verdict === 'unchanged') return { live, decided };
  }
  const live = await accesses(wanted.key).read();
  return { live, decided: decideSetting(wanted, live, record) };
}

/** Why AWS refused; undefined when the setting was written. */
async function write(
  { key, resource, basis }: WantedSetting,
  value: SettingValue,
  before: { live: SettingValue | undefined; record: SettingRecord | undefined },
  { records, accesses }: SettingStores,
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
  return [...known.values()]
    .filter(({ key, resource, undoneAt }) => undoneAt === undefined && !keys.has(key) && !isHeld(resource))
    .sort((a, b) => (placeInTime(a) < placeInTime(b) ? 1 : -1));
}

/** Orders records by when they were written; what was set last is put back first. */
export const placeInTime = ({ at, key }: SettingRecord): string => `${at} ${key}`;

/** Puts a setting back to what stood before us, as far as it still is what was written. */
export async function undoSetting(record: SettingRecord, pass: SettingStores, report: ReportBuilder): Promise<void> {
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
