import { createScalableTargets } from '../clients/application-auto-scaling/scalable-targets.ts';
import { createMetricReader } from '../clients/cloudwatch/function-metrics.ts';
import { createReportStarts } from '../clients/cold-starts/report-starts.ts';
import { createFunctionCatalog } from '../clients/lambda/function-catalog.ts';
import { createPriceSource, type PriceSource } from '../clients/pricing/price-list.ts';
import { createUsedQualifiers } from '../clients/provisioned-concurrency/used-qualifier.ts';
import { createWarmUpSchedules, type WarmUpScheduleSettings } from '../clients/schedules/warm-up-schedules.ts';
import { createColdStartAccesses, type SettingAccesses } from '../clients/setting-access.ts';
import {
  createSettingRecords,
  forgetfulSettingRecords,
  type SettingRecords,
} from '../clients/settings-ledger/setting-records.ts';
import { createFunctionTags } from '../clients/tagging/function-tags.ts';
import { clock } from '../clock.ts';
import { REPORT_ITEMS_MAX, type SettingsReport } from '../contracts/auto-scaling.ts';
import { type ColdStartAdvice, type ColdStartSettings, DEFAULT_COLD_START } from '../contracts/cold-start.ts';
import { planMitigation } from '../domain/configuration/cold-start/plan-mitigation.ts';
import { applySettings, undoSettings } from '../managed-settings/apply-settings.ts';
import { readStartFacts, type StartSources } from './start-facts.ts';

export interface ColdStartDependencies extends StartSources {
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

export type MitigationReport = SettingsReport & { advice: ColdStartAdvice[] };

export interface ColdStartMitigationInput {
  settings?: Partial<ColdStartSettings>;
  /** Who spreads warm-up calls, and by which role schedules call it. */
  schedules: WarmUpScheduleSettings;
  /** @default `AWS_REGION`, or us-east-1 */
  region?: string;
  /** @default false */
  dryRun?: boolean;
  /** Needs the ledger in which earlier calls wrote down what they changed. @default false */
  undo?: boolean;
  /** DynamoDB table (keys `pk` and `sk`) that remembers what was set; without one nothing can be undone. */
  ledgerTableName?: string;
}

export function createColdStartDependencies(
  schedules: WarmUpScheduleSettings,
  region: string,
  ledgerTableName?: string,
): ColdStartDependencies {
  return {
    catalog: createFunctionCatalog(),
    tags: createFunctionTags(),
    metrics: createMetricReader(),
    qualifiers: createUsedQualifiers(),
    targets: createScalableTargets(),
    starts: createReportStarts(),
    prices: createPriceSource(clock),
    region,
    accesses: createColdStartAccesses(createWarmUpSchedules(schedules)),
    records:
      ledgerTableName === undefined ? forgetfulSettingRecords() : createSettingRecords(ledgerTableName, 'cold-start'),
  };
}

/**
 * Gives every function with a class (`rightsizer:class`) its cold-start strategy: provisioned concurrency, a warm-up
 * schedule, or none. Calling again changes only what differs; a class taken away takes the setting with it.
 *
 * @throws RangeError when asked to undo without a ledger
 */
export async function applyColdStartMitigation(input: ColdStartMitigationInput): Promise<MitigationReport> {
  const { settings, schedules, dryRun = false, undo = false, ledgerTableName } = input;
  if (undo && ledgerTableName === undefined) throw new RangeError('undo needs ledgerTableName, got none');
  const region = input.region ?? process.env['AWS_REGION'] ?? 'us-east-1';
  const request = { settings: { ...DEFAULT_COLD_START, ...settings }, dryRun, undo };
  return runColdStartMitigation(request, createColdStartDependencies(schedules, region, ledgerTableName));
}

/** The same with everything it needs given. */
export async function runColdStartMitigation(
  { settings, dryRun, undo, ownStackName }: ColdStartRequest,
  dependencies: ColdStartDependencies,
): Promise<MitigationReport> {
  const { records, accesses, prices, region } = dependencies;
  const known = await records.list();
  if (undo) return { ...(await undoSettings({ known, records, accesses, dryRun })), advice: [] };
  const facts = await readStartFacts(dependencies, settings, clock.now(), ownStackName);
  const plan = planMitigation(facts.functions, settings, await prices.lambdaPrices(region));
  const report = await applySettings({
    wanted: plan.wanted,
    skipped: [...plan.skipped, ...facts.skipped],
    known,
    records,
    accesses,
    dryRun,
  });
  return { ...report, advice: plan.advice.slice(0, REPORT_ITEMS_MAX) };
}
