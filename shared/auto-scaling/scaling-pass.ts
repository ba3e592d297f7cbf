import type { SettingAccesses } from '../clients/setting-access.ts';
import type { SettingRecords } from '../clients/settings-ledger/setting-records.ts';
import { clock } from '../clock.ts';
import type { AutoScalingSettings } from '../contracts/auto-scaling.ts';
import type { SettingRecord, WantedSetting } from '../domain/configuration/scaling/managed-setting.ts';
import { planProvisionedScaling } from '../domain/configuration/scaling/plan-provisioned-scaling.ts';
import { planReservations, reservable, type Skipped } from '../domain/configuration/scaling/plan-reservations.ts';
import { planTableScaling } from '../domain/configuration/scaling/plan-table-scaling.ts';
import { applySettings, type SettingStores } from '../managed-settings/apply-settings.ts';
import { RecordsByOwner } from '../managed-settings/setting-subjects.ts';
import type { SettingsPass, SharedBudget } from '../managed-settings/settings-pass.ts';
import { lookbackToNow } from './lookback.ts';
import {
  listScalingSubjects,
  readScalingFacts,
  type ScalingFacts,
  type ScalingSources,
  type ScalingSubject,
} from './scaling-facts.ts';

export interface AutoScalingDependencies extends ScalingSources {
  records: SettingRecords;
  accesses: SettingAccesses;
}

export interface AutoScalingRequest {
  settings: AutoScalingSettings;
  /** Only says what would be written. */
  dryRun: boolean;
  /** Puts back what stood before us instead. */
  undo: boolean;
  /** Our own stack, whose resources are left alone. */
  ownStackName?: string;
}

/** Two calls of Lambda's a function, at half of its fifteen a second, and one of CloudWatch's for all of them. */
const BATCH = { size: 100, readMs: 60_000 };

interface ScalingStores {
  known: ReadonlyMap<string, SettingRecord>;
  stores: SettingStores;
}

/** One function after the other, then tables; whoever is gone loses what was set of it. */
export async function scalingPass(
  { settings, ownStackName }: AutoScalingRequest,
  dependencies: AutoScalingDependencies,
  { known, stores }: ScalingStores,
): Promise<SettingsPass<ScalingSubject>> {
  const records = new RecordsByOwner(known);
  const [account, listed] = await Promise.all([
    dependencies.concurrency.readAccount(),
    listScalingSubjects(dependencies, ownStackName),
  ]);
  const gone = records.leftOver(new Set(listed.map(({ resource }) => resource)));
  const window = lookbackToNow(clock.now(), settings.lookbackDays);

  const planOf = (
    { chosen, table, skip, resource }: ScalingSubject,
    facts: ScalingFacts | undefined,
    budget: SharedBudget,
  ): Plan => {
    if (skip !== undefined) return { wanted: [], skipped: [skip], isHeld: !skip.isWithdrawn };
    if (table !== undefined) return planTableScaling([table], settings, records.of(resource));
    if (chosen === undefined || facts === undefined) return { wanted: [], skipped: [] };
    if ('unknown' in facts) return { wanted: [], skipped: [{ resource, reason: facts.unknown }], isHeld: true };
    const plan = planReservations([facts.function], account, settings, records.of(resource), budget);
    return { ...plan, wanted: [...plan.wanted, ...planProvisionedScaling(facts.aliases, settings)] };
  };
  return {
    subjects: [...listed, ...gone.map((resource) => ({ at: `3/${resource}`, resource }))],
    batch: BATCH,
    budget: reservable(account, settings),
    begin: async (batch, report, time) => {
      const asked = batch.flatMap((each) => each.chosen ?? []);
      const facts = asked.length === 0 ? NO_FACTS : await readScalingFacts(dependencies, asked, window, time.half());
      return async (subject, budget) => {
        const known = subject.chosen && facts.get(subject.chosen.functionName);
        if (subject.chosen !== undefined && known === undefined) return false;
        const { wanted, skipped, isHeld } = planOf(subject, known, budget);
        // What is left alone as a whole keeps its aliases' scaling as well.
        const former = isHeld ? NOTHING : records.of(subject.resource);
        return applySettings({ ...stores, wanted, skipped, known: former }, report, time);
      };
    },
  };
}

const NO_FACTS: ReadonlyMap<string, ScalingFacts> = new Map();
const NOTHING: ReadonlyMap<string, SettingRecord> = new Map();

interface Plan {
  wanted: readonly WantedSetting[];
  skipped: readonly Skipped[];
  isHeld?: boolean;
}
