import { REPORT_ITEMS_MAX, type SettingChange, type SettingsReport } from '../contracts/auto-scaling.ts';

const CHANGES = ['created', 'updated', 'unchanged', 'removed'] as const;
const REASONS = ['skipped', 'failed'] as const;
export type ChangeList = (typeof CHANGES)[number];
export type ReasonList = (typeof REASONS)[number];

/** Collects what was done, and cuts lists to what fits a state's 256 KB; the counts stay whole. */
export class ReportBuilder {
  private readonly changes: Record<ChangeList, SettingChange[]> = {
    created: [],
    updated: [],
    unchanged: [],
    removed: [],
  };
  private readonly reasons: Record<ReasonList, { resource: string; reason: string }[]> = { skipped: [], failed: [] };

  add(list: ChangeList, change: SettingChange): void {
    this.changes[list].push(change);
  }

  explain(list: ReasonList, resource: string, reason: string): void {
    this.reasons[list].push({ resource, reason });
  }

  report(): SettingsReport {
    const { created, updated, unchanged, removed } = this.changes;
    const { skipped, failed } = this.reasons;
    const cut = <Each>(list: readonly Each[]): Each[] => list.slice(0, REPORT_ITEMS_MAX);
    return {
      created: cut(created),
      updated: cut(updated),
      unchanged: cut(unchanged),
      removed: cut(removed),
      skipped: cut(skipped),
      failed: cut(failed),
      counts: {
        created: created.length,
        updated: updated.length,
        unchanged: unchanged.length,
        removed: removed.length,
        skipped: skipped.length,
        failed: failed.length,
      },
    };
  }
}

/** `function/orders/reserved-concurrency` of `function/orders` is `reserved-concurrency`. */
export const settingName = (key: string, resource: string): string =>
  key.startsWith(`${resource}/`) ? key.slice(resource.length + 1) : key;
