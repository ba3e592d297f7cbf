import { createMetricReader } from '../clients/cloudwatch/function-metrics.ts';
import { createConcurrency } from '../clients/concurrency/concurrency.ts';
import { createScalableTables } from '../clients/dynamodb-tables/scalable-tables.ts';
import { createFunctionCatalog } from '../clients/lambda/function-catalog.ts';
import { createProvisionedConcurrencies } from '../clients/provisioned-concurrency/provisioned-concurrency.ts';
import { createScalingAccesses, type SettingAccesses } from '../clients/setting-access.ts';
import {
  createSettingRecords,
  forgetfulSettingRecords,
  type SettingRecords,
} from '../clients/settings-ledger/setting-records.ts';
import { createFunctionTags } from '../clients/tagging/function-tags.ts';
import { clock } from '../clock.ts';
import { type AutoScalingSettings, DEFAULT_AUTO_SCALING, type SettingsReport } from '../contracts/auto-scaling.ts';
import { planProvisionedScaling } from '../domain/configuration/scaling/plan-provisioned-scaling.ts';
import { planReservations } from '../domain/configuration/scaling/plan-reservations.ts';
import { planTableScaling } from '../domain/configuration/scaling/plan-table-scaling.ts';
import { applySettings, undoSettings } from '../managed-settings/apply-settings.ts';
import { readScalingFacts, type ScalingSources } from './scaling-facts.ts';

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

export interface ConfigureAutoScalingInput {
  settings?: Partial<AutoScalingSettings>;
  /** @default false */
  dryRun?: boolean;
  /** Needs the ledger in which earlier calls wrote down what they changed. @default false */
  undo?: boolean;
  /** DynamoDB table (keys `pk` and `sk`) that remembers what was set; without one nothing can be undone. */
  ledgerTableName?: string;
}

export function createAutoScalingDependencies(ledgerTableName?: string): AutoScalingDependencies {
  return {
    catalog: createFunctionCatalog(),
    tags: createFunctionTags(),
    metrics: createMetricReader(),
    concurrency: createConcurrency(),
    provisioned: createProvisionedConcurrencies(),
    tables: createScalableTables(),
    accesses: createScalingAccesses(),
    records:
      ledgerTableName === undefined ? forgetfulSettingRecords() : createSettingRecords(ledgerTableName, 'auto-scaling'),
  };
}

/**
 * Scales everything that its owner tagged: reserved concurrency of functions, capacity of provisioned tables and their
 * indexes, provisioned concurrency of aliases. Calling again changes only what differs.
 *
 * @throws RangeError when asked to undo without a ledger
 */
export async function configureAutoScaling(input: ConfigureAutoScalingInput = {}): Promise<SettingsReport> {
  const { settings, dryRun = false, undo = false, ledgerTableName } = input;
  if (undo && ledgerTableName === undefined) throw new RangeError('undo needs ledgerTableName, got none');
  const request = { settings: { ...DEFAULT_AUTO_SCALING, ...settings }, dryRun, undo };
  return runAutoScaling(request, createAutoScalingDependencies(ledgerTableName));
}

/** The same with everything it needs given. */
export async function runAutoScaling(
  { settings, dryRun, undo, ownStackName }: AutoScalingRequest,
  dependencies: AutoScalingDependencies,
): Promise<SettingsReport> {
  const { records, accesses } = dependencies;
  const known = await records.list();
  if (undo) return undoSettings({ known, records, accesses, dryRun });
  const facts = await readScalingFacts(dependencies, settings, clock.now(), ownStackName);
  const reservations = planReservations(facts.functions, facts.account, settings, known);
  const tables = planTableScaling(facts.tables, settings, known);
  const aliases = planProvisionedScaling(facts.aliases, settings);
  return applySettings({
    wanted: [...reservations.wanted, ...tables.wanted, ...aliases],
    skipped: [...reservations.skipped, ...tables.skipped, ...facts.skipped],
    known,
    records,
    accesses,
    dryRun,
  });
}
