import type { SettingRecord } from '../domain/configuration/scaling/managed-setting.ts';
import { placeInTime, type SettingStores, undoSetting } from './apply-settings.ts';
import type { SettingsPass } from './settings-pass.ts';

type Records = ReadonlyMap<string, SettingRecord>;
const NONE: Records = new Map();

/** The function (`function/orders`) or table (`table/orders`) that a resource is, or is a part of. */
export function ownerOf(resource: string): string {
  const [, functionName] = /^function:([^:]+):/.exec(resource) ?? [];
  return functionName === undefined ? resource.split('/').slice(0, 2).join('/') : `function/${functionName}`;
}

/** What was ever set, by the function or table that it belongs to. */
export class RecordsByOwner {
  private readonly byOwner = new Map<string, Map<string, SettingRecord>>();

  constructor(known: Records) {
    for (const [key, record] of known) {
      const owner = ownerOf(record.resource);
      this.byOwner.set(owner, (this.byOwner.get(owner) ?? new Map()).set(key, record));
    }
  }

  of(owner: string): Records {
    return this.byOwner.get(owner) ?? NONE;
  }

  /** Those with a setting of ours that stands, and that nobody lists any more. */
  leftOver(listed: ReadonlySet<string>): string[] {
    return [...this.byOwner].flatMap(([owner, records]) =>
      !listed.has(owner) && [...records.values()].some(({ undoneAt }) => undoneAt === undefined) ? [owner] : [],
    );
  }
}

/** Reading nothing, so many at once as there may be. */
export const UNREAD = { size: Number.MAX_SAFE_INTEGER, readMs: 0 };

/** Puts back everything that was set, the last first. */
export function undoPass(known: Records, stores: SettingStores): SettingsPass<{ at: string; record: SettingRecord }> {
  const standing = [...known.values()].filter(({ undoneAt }) => undoneAt === undefined);
  return {
    subjects: standing.map((record) => ({ at: placeInTime(record), record })),
    order: 'descending',
    batch: UNREAD,
    budget: Number.POSITIVE_INFINITY,
    begin:
      async (_, report) =>
      async ({ record }) => {
        await undoSetting(record, stores, report);
        return true;
      },
  };
}
