import type { PriceSource } from '../../../shared/clients/pricing/price-list.ts';
import { type EstimateSavingsOutput, parseEstimateSavingsInput } from '../../../shared/contracts/assessment.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { coveredPolicy } from '../../../shared/domain/approval/standing-consent/covered-policy.ts';
import { isMemoryWorthProposing, isWorthProposing } from './is-worth-proposing.ts';
import { monthlySavings } from './monthly-savings.ts';
import { withOwnReasons } from './own-reasons.ts';

export interface EstimateSavingsDependencies {
  prices: PriceSource;
}

/** Says what a recommendation saves a month, an estimate until verified, and whether it is worth a person's time. */
export async function estimateSavings(
  event: unknown,
  { prices }: EstimateSavingsDependencies,
): Promise<EstimateSavingsOutput> {
  const { run, assessment } = parseEstimateSavingsInput(event);
  const policy = assessment.isCovered === true ? coveredPolicy(run.policy) : run.policy;
  const list = await prices.lambdaPrices(regionOf(assessment.functionArn));
  const isMemoryWorth = isMemoryWorthProposing(assessment, monthlySavings(assessment, list), policy);
  const reasoned = withOwnReasons(assessment, isMemoryWorth);
  const own = reasoned ?? assessment;
  const savings = monthlySavings(own, list);
  const worthProposing = reasoned !== undefined && isWorthProposing(own, savings, policy);
  return { schemaVersion: SCHEMA_VERSION, assessment: own, savings, worthProposing };
}

/** Fourth part of `arn:aws:lambda:<region>:<account>:function:<name>`. */
const regionOf = (functionArn: string): string => functionArn.split(':')[3] || 'us-east-1';
