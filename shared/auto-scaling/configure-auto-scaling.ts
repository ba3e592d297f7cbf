import { AwsRate, RATE_LIMIT_SHARE } from '../aws-rates.ts';
import { createMetricReader } from '../clients/cloudwatch/function-metrics.ts';
import { createConcurrency } from '../clients/concurrency/concurrency.ts';
import { createScalableTables } from '../clients/dynamodb-tables/scalable-tables.ts';
import { createFunctionCatalog } from '../clients/lambda/function-catalog.ts';
import { createPace } from '../clients/pace.ts';
import { createProvisionedConcurrencies } from '../clients/provisioned-concurrency/provisioned-concurrency.ts';
import { createScalingAccesses } from '../clients/setting-access.ts';
import { createSettingRecords, forgetfulSettingRecords } from '../clients/settings-ledger/setting-records.ts';
import { createFunctionTags } from '../clients/tagging/function-tags.ts';
import { clock } from '../clock.ts';
import { type AutoScalingSettings, DEFAULT_AUTO_SCALING, type SettingsReport } from '../contracts/auto-scaling.ts';
import { undoPass } from '../managed-settings/setting-subjects.ts';
import { type PassAnswer, type PassRound, runPass, WHOLE_PASS } from '../managed-settings/settings-pass.ts';
import { type AutoScalingDependencies, type AutoScalingRequest, scalingPass } from './scaling-pass.ts';

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
  const pace = createPace(AwsRate.lambdaControlPlane * RATE_LIMIT_SHARE, clock);
  return {
    catalog: createFunctionCatalog(pace),
    tags: createFunctionTags(),
    metrics: createMetricReader(createPace(AwsRate.metricPoints * RATE_LIMIT_SHARE, clock)),
    concurrency: createConcurrency(pace),
    provisioned: createProvisionedConcurrencies(pace),
    tables: createScalableTables(),
    accesses: createScalingAccesses(pace),
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
  const dependencies = createAutoScalingDependencies(ledgerTableName);
  const { whole: _, continuation: __, ...report } = await runAutoScaling(request, dependencies);
  return report;
}

/** The same with everything it needs given, as far as a round's time goes. */
export async function runAutoScaling(
  request: AutoScalingRequest,
  dependencies: AutoScalingDependencies,
  round: PassRound = WHOLE_PASS,
): Promise<PassAnswer> {
  const { records, accesses } = dependencies;
  const known = await records.list();
  const stores = { records, accesses, dryRun: request.dryRun };
  if (request.undo) return runPass(undoPass(known, stores), round);
  return runPass(await scalingPass(request, dependencies, { known, stores }), round);
}
