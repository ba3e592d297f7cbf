import { AwsRate, RATE_LIMIT_SHARE } from '../aws-rates.ts';
import { createScalableTargets } from '../clients/application-auto-scaling/scalable-targets.ts';
import { createMetricReader } from '../clients/cloudwatch/function-metrics.ts';
import { createReportStarts } from '../clients/cold-starts/report-starts.ts';
import { createFunctionCatalog } from '../clients/lambda/function-catalog.ts';
import { createPace } from '../clients/pace.ts';
import { createPriceSource } from '../clients/pricing/price-list.ts';
import { createUsedQualifiers } from '../clients/provisioned-concurrency/used-qualifier.ts';
import { createWarmUpSchedules, type WarmUpScheduleSettings } from '../clients/schedules/warm-up-schedules.ts';
import { createColdStartAccesses } from '../clients/setting-access.ts';
import { createSettingRecords, forgetfulSettingRecords } from '../clients/settings-ledger/setting-records.ts';
import { createFunctionTags } from '../clients/tagging/function-tags.ts';
import { clock } from '../clock.ts';
import type { SettingsReport } from '../contracts/auto-scaling.ts';
import { type ColdStartAdvice, type ColdStartSettings, DEFAULT_COLD_START } from '../contracts/cold-start.ts';
import { BoundedList, bounded, unlistedOf } from '../domain/configuration/rounds/bounded-list.ts';
import { undoPass } from '../managed-settings/setting-subjects.ts';
import { type PassAnswer, type PassRound, runPass, WHOLE_PASS } from '../managed-settings/settings-pass.ts';
import { type ColdStartDependencies, type ColdStartRequest, mitigationPass } from './mitigation-pass.ts';

/** `advice` is the first of it; `advised` says how much there is. */
export type MitigationReport = SettingsReport & { advice: ColdStartAdvice[]; advised: number };

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
  const pace = createPace(AwsRate.lambdaControlPlane * RATE_LIMIT_SHARE, clock);
  return {
    catalog: createFunctionCatalog(pace),
    tags: createFunctionTags(),
    metrics: createMetricReader(createPace(AwsRate.metricPoints * RATE_LIMIT_SHARE, clock)),
    qualifiers: createUsedQualifiers(pace),
    targets: createScalableTargets(),
    starts: createReportStarts(),
    prices: createPriceSource(clock),
    region,
    accesses: createColdStartAccesses(createWarmUpSchedules(schedules), pace),
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
  const dependencies = createColdStartDependencies(schedules, region, ledgerTableName);
  const { whole: _, continuation: __, ...report } = await runColdStartMitigation(request, dependencies);
  return report;
}

/** What a round is given, and what the round before it answered. */
export interface MitigationRound extends PassRound {
  advisedSoFar?: { advice: ColdStartAdvice[]; advised: number };
}

export type MitigationAnswer = PassAnswer & MitigationReport;

/** The same with everything it needs given, as far as a round's time goes. */
export async function runColdStartMitigation(
  request: ColdStartRequest,
  dependencies: ColdStartDependencies,
  round: MitigationRound = WHOLE_PASS,
): Promise<MitigationAnswer> {
  const { dryRun, undo } = request;
  const { records, accesses } = dependencies;
  const known = await records.list();
  const { advice: items = [], advised: count = 0 } = round.advisedSoFar ?? {};
  const advice = new BoundedList<ColdStartAdvice>({ items, count });
  const wholeAdvice: ColdStartAdvice[] = [];
  const stores = { records, accesses, dryRun };
  const advise = (each: ColdStartAdvice) => {
    wholeAdvice.push(each);
    advice.add({ ...each, reason: bounded(each.reason), arithmetic: each.arithmetic.map(bounded) });
  };
  const answer = undo
    ? await runPass(undoPass(known, stores), round)
    : await runPass(await mitigationPass(request, dependencies, { known, stores, advise }), round);
  const unlisted = { ...answer.unlisted, ...unlistedOf({ advice }) };
  const whole = { ...answer.whole, advice: wholeAdvice };
  return { ...answer, whole, unlisted, advice: advice.items, advised: advice.count };
}
