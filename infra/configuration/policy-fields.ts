import * as v from 'valibot';
import { LAMBDA_MEMORY_MAX_MB, LAMBDA_MEMORY_MIN_MB } from '../../shared/constants.ts';
import { CONSENT_DAYS_MAX, DEFAULT_POLICY, PROPOSALS_MAX } from '../../shared/contracts/default-policy.ts';
import { strictObject } from '../../shared/contracts/typed-values.ts';
import { STRATEGIES } from '../../shared/domain/night/recommendation/types.ts';
import { between, field, wholeBetween } from './field.ts';

/** Finest CloudWatch periods a look-back can be read at are kept 15 days (one minute) and 63 days (five minutes). */
const LOOKBACK_MAX_DAYS = 63;

/** What a better size is, and what evidence a decision needs. */
export const policyFields = strictObject({
  strategy: field(
    v.optional(v.picklist(STRATEGIES), DEFAULT_POLICY.strategy),
    'What a better memory size is: cheapest within `maxSlowdown`, a weighted balance, fastest, or the fixed percentages of `brief-rules`.',
    STRATEGIES.map((each) => `\`${each}\``).join(', '),
  ),
  balancedWeight: field(
    v.optional(between(0, 1), DEFAULT_POLICY.balancedWeight),
    'For `balanced`: 0 looks at speed only, 1 at cost only.',
    '0 to 1',
  ),
  maxSlowdown: field(
    v.optional(between(0, 1), DEFAULT_POLICY.maxSlowdown),
    'Largest predicted growth of duration a cheaper size may bring, as a share.',
    '0 to 1',
  ),
  lookbackDays: field(
    v.optional(wholeBetween(1, LOOKBACK_MAX_DAYS), DEFAULT_POLICY.lookbackDays),
    'Days of metrics a decision rests on. One-minute metrics are kept 15 days.',
    `whole number, 1 to ${LOOKBACK_MAX_DAYS}`,
  ),
  minimumInvocations: field(
    v.optional(wholeBetween(1, 1_000_000), DEFAULT_POLICY.minimumInvocations),
    'Invocations in the look-back below which a function is left alone for want of evidence; of a weekly or monthly job five runs are enough.',
    'whole number, 1 to 1,000,000',
  ),
  memoryHeadroom: field(
    v.optional(between(0, 2), DEFAULT_POLICY.memoryHeadroom),
    'Memory kept above the most ever seen used, as a share of it.',
    '0 to 2',
  ),
  minimumSavingsUsdPerMonth: field(
    v.optional(between(0, 1_000_000), DEFAULT_POLICY.minimumSavingsUsdPerMonth),
    'Least that a change must be expected to save in the end, in USD a month, to be worth a question; harm and speed aside. 0: every difference is asked about.',
    '0 to 1,000,000',
  ),
  minimumMemorySizeMb: field(
    v.optional(wholeBetween(LAMBDA_MEMORY_MIN_MB, LAMBDA_MEMORY_MAX_MB), DEFAULT_POLICY.minimumMemorySizeMb),
    'Smallest memory size ever proposed, in MB.',
    `whole number, ${LAMBDA_MEMORY_MIN_MB} to ${LAMBDA_MEMORY_MAX_MB}, not above \`policy.maximumMemorySizeMb\``,
  ),
  maximumMemorySizeMb: field(
    v.optional(wholeBetween(LAMBDA_MEMORY_MIN_MB, LAMBDA_MEMORY_MAX_MB), DEFAULT_POLICY.maximumMemorySizeMb),
    'Largest memory size ever proposed, in MB. New accounts may be limited to 3,008.',
    `whole number, ${LAMBDA_MEMORY_MIN_MB} to ${LAMBDA_MEMORY_MAX_MB}`,
  ),
  maximumProposals: field(
    v.optional(wholeBetween(1, PROPOSALS_MAX), DEFAULT_POLICY.maximumProposals),
    'Most questions of one night; harm comes first, then what is worth most. Functions that are asked about as one count once, except with `approvalMode: policy`. The report names what was left out.',
    `whole number, 1 to ${PROPOSALS_MAX}`,
  ),
  consentDays: field(
    v.optional(wholeBetween(0, CONSENT_DAYS_MAX), DEFAULT_POLICY.consentDays),
    'Days for which an approval covers the further steps the proposal names, each proven and undone if worse; 0: every step is asked about.',
    `whole number, 0 to ${CONSENT_DAYS_MAX}`,
  ),
});
