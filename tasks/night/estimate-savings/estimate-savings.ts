import type { PriceSource } from '../../../shared/clients/pricing/price-list.ts';
import { type EstimateSavingsOutput, parseEstimateSavingsInput } from '../../../shared/contracts/assessment.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { isWorthProposing } from './is-worth-proposing.ts';
import { monthlySavings } from './monthly-savings.ts';

export interface EstimateSavingsDependencies {
  prices: PriceSource;
}

/** Says what a recommendation saves a month, an estimate until verified, and whether it is worth a person's time. */
export async function estimateSavings(
  event: unknown,
  { prices }: EstimateSavingsDependencies,
): Promise<EstimateSavingsOutput> {
  const { run, assessment } = parseEstimateSavingsInput(event);
  const savings = monthlySavings(assessment, await prices.lambdaPrices(regionOf(assessment.functionArn)));
  const worthProposing = isWorthProposing(assessment, savings, run.policy);
  return { schemaVersion: SCHEMA_VERSION, assessment, savings, worthProposing };
}

/** Fourth part of `arn:aws:lambda:<region>:<account>:function:<name>`. */
const regionOf = (functionArn: string): string => functionArn.split(':')[3] || 'us-east-1';
