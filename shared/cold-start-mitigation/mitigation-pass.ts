import { lookback } from '../auto-scaling/lookback.ts';
import type { ScalableTargets } from '../clients/application-auto-scaling/scalable-targets.ts';
import type { PriceSource } from '../clients/pricing/price-list.ts';
import type { SettingAccesses } from '../clients/setting-access.ts';
import type { SettingRecords } from '../clients/settings-ledger/setting-records.ts';
import { clock } from '../clock.ts';
import type { ColdStartAdvice, ColdStartSettings } from '../contracts/cold-start.ts';
import { type MitigatedFunction, planMitigation } from '../domain/configuration/cold-start/plan-mitigation.ts';
import type { SettingRecord } from '../domain/configuration/scaling/managed-setting.ts';
import { applySettings, type SettingStores } from '../managed-settings/apply-settings.ts';
import { RecordsByOwner } from '../managed-settings/setting-subjects.ts';
import type { SettingsPass } from '../managed-settings/settings-pass.ts';
import { listStartSubjects, readStartFacts, type StartSources, type StartSubject } from './start-facts.ts';

export interface ColdStartDependencies extends StartSources {
  targets: Pick<ScalableTargets, 'listProvisioned'>;
  prices: PriceSource;
  region: string;
  records: SettingRecords;
  accesses: SettingAccesses;
}

export interface ColdStartRequest {
  settings: ColdStartSettings;
  dryRun: boolean;
  undo: boolean;
  ownStackName?: string;
}

/** A call of Lambda's a function, at half of its fifteen a second, and a few of CloudWatch's for all of them. */
const BATCH_BY_CLASS = { size: 150, readMs: 60_000 };
/** And queries over REPORT lines, of fifty log groups each, which are given two minutes. */
const BATCH = { size: 150, readMs: 150_000 };

const NO_FACTS: ReadonlyMap<string, MitigatedFunction> = new Map();

interface MitigationStores {
  known: ReadonlyMap<string, SettingRecord>;
  stores: SettingStores;
  /** Hears of every function that has a class which strategy it gets. */
  advise(advice: ColdStartAdvice): void;
}

/** One function after the other, those with a class first; whoever is gone loses what was set of it. */
export async function mitigationPass(
  { settings, ownStackName }: ColdStartRequest,
  dependencies: ColdStartDependencies,
  { known, stores, advise }: MitigationStores,
): Promise<SettingsPass<StartSubject>> {
  const records = new RecordsByOwner(known);
  const listed = await listStartSubjects(dependencies, ownStackName);
  const gone = records.leftOver(new Set(listed.map(({ resource }) => resource)));
  const prices = await dependencies.prices.lambdaPrices(dependencies.region);
  const look = {
    settings,
    window: lookback(clock.now(), settings.lookbackDays),
    scaled: await dependencies.targets.listProvisioned(),
  };
  return {
    subjects: [...listed, ...gone.map((resource) => ({ at: `2/${resource}`, resource }))],
    batch: settings.mode === 'measured' ? BATCH : BATCH_BY_CLASS,
    budget: settings.provisionedBudgetUsdPerMonth,
    begin: async (batch, report, time) => {
      const asked = batch.flatMap((each) => each.chosen ?? []);
      const facts = asked.length === 0 ? NO_FACTS : await readStartFacts(dependencies, asked, look, time.half());
      return async (subject, budget) => {
        const seen = seenOf(subject, facts);
        if (seen === undefined) return false;
        const plan = planMitigation(seen, settings, prices, undefined, budget);
        const skipped = [...plan.skipped, ...(subject.skip === undefined ? [] : [subject.skip])];
        const request = { ...stores, wanted: plan.wanted, skipped, known: records.of(subject.resource) };
        if (!(await applySettings(request, report, time))) return false;
        for (const advice of plan.advice) advise(advice);
        return true;
      };
    },
  };
}

/** What there is to plan for; undefined where there was no time to read it. */
function seenOf(
  { chosen }: StartSubject,
  facts: ReadonlyMap<string, MitigatedFunction>,
): MitigatedFunction[] | undefined {
  if (chosen === undefined) return [];
  const known = facts.get(chosen.fn.functionName);
  return known && [known];
}
