import type { SettingChange, SettingsReport } from '../contracts/auto-scaling.ts';
import { BoundedList, bounded, unlistedOf } from '../domain/configuration/rounds/bounded-list.ts';

const CHANGES = ['created', 'updated', 'unchanged', 'removed'] as const;
const REASONS = ['skipped', 'failed'] as const;
export type ChangeList = (typeof CHANGES)[number];
export type ReasonList = (typeof REASONS)[number];
type Reason = SettingsReport['skipped'][number];

/** The lists of a round as they are, however long. */
export type WholeSettings = Record<ChangeList, SettingChange[]> & Record<ReasonList, Reason[]>;

/**
 * Collects what was done: whole for this round, and bounded for the answer, which goes on from what earlier rounds of
 * the execution answered.
 */
export class ReportBuilder {
  readonly whole: WholeSettings = { created: [], updated: [], unchanged: [], removed: [], skipped: [], failed: [] };
  private readonly changes: Record<ChangeList, BoundedList<SettingChange>>;
  private readonly reasons: Record<ReasonList, BoundedList<Reason>>;
  private readonly countedBefore: ReadonlySet<string>;
  private open: string[] = [];

  /** @param counted what earlier rounds counted of the resource that the last of them left half done */
  constructor(before?: SettingsReport, counted: readonly string[] = []) {
    const listOf = <Item>(items: readonly Item[] = [], count = 0) => new BoundedList<Item>({ items, count });
    this.changes = {
      created: listOf(before?.created, before?.counts.created),
      updated: listOf(before?.updated, before?.counts.updated),
      unchanged: listOf(before?.unchanged, before?.counts.unchanged),
      removed: listOf(before?.removed, before?.counts.removed),
    };
    this.reasons = {
      skipped: listOf(before?.skipped, before?.counts.skipped),
      failed: listOf(before?.failed, before?.counts.failed),
    };
    this.countedBefore = new Set(counted);
  }

  add(list: ChangeList, change: SettingChange): void {
    if (this.isCounted(`${change.resource} ${change.setting}`)) return;
    const said = { ...change, reason: bounded(change.reason) };
    this.whole[list].push(change);
    this.changes[list].add(said);
  }

  explain(list: ReasonList, resource: string, reason: string): void {
    if (this.isCounted(`${resource} ${bounded(reason)}`)) return;
    this.whole[list].push({ resource, reason });
    this.reasons[list].add({ resource, reason: bounded(reason) });
  }

  /** A resource is done with: whoever breaks off from here on has counted nothing of the next. */
  close(): void {
    this.open = [];
  }

  /** What was counted of a resource that is not done with. */
  counted(): string[] {
    return this.open;
  }

  report(): SettingsReport {
    const { created, updated, unchanged, removed } = this.changes;
    const { skipped, failed } = this.reasons;
    const lists = { created, updated, unchanged, removed, skipped, failed };
    return {
      created: created.items,
      updated: updated.items,
      unchanged: unchanged.items,
      removed: removed.items,
      skipped: skipped.items,
      failed: failed.items,
      counts: {
        created: created.count,
        updated: updated.count,
        unchanged: unchanged.count,
        removed: removed.count,
        skipped: skipped.count,
        failed: failed.count,
      },
      unlisted: unlistedOf(lists),
    };
  }

  private isCounted(what: string): boolean {
    this.open.push(what);
    return this.countedBefore.has(what);
  }
}

/** `function/orders/reserved-concurrency` of `function/orders` is `reserved-concurrency`. */
export const settingName = (key: string, resource: string): string =>
  key.startsWith(`${resource}/`) ? key.slice(resource.length + 1) : key;
