import * as v from 'valibot';
import { finiteNumber, record, strictObject } from './typed-values.ts';

/**
 * One rule of the auto-approval policy (stage configuration `autoApprovalRules`). A rule approves a proposal that meets
 * all of its conditions and none of the limits that no rule may lift (shared/domain/approval/auto-approval).
 */
export const autoApprovalRuleSchema = strictObject({
  /** Stands in the ledger as who decided. */
  name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][\w .-]{0,63}$/, 'not a rule name')),
  /** Tags the function must carry, each with this value, or with any for `*`; left out: any function. */
  tags: v.optional(record(v.pipe(v.string(), v.minLength(1)), v.string()), {}),
  /** Highest risk that the rule approves. */
  maximumRisk: v.optional(v.picklist(['VeryLow', 'Low', 'Medium']), 'VeryLow'),
  /** Largest change of the memory size, up or down, as a share of the present one: 0.5 allows 1,024 -> 512 MB. */
  maximumMemoryChange: v.optional(v.pipe(finiteNumber, v.minValue(0), v.maxValue(1)), 0.5),
  /** Whether less memory is approved only where the model is 95 % sure that the slowdown stays within the policy's. */
  onlyWithinGuard: v.optional(v.boolean(), true),
  /** Most a change may cost a month, for raises that buy safety. */
  maximumCostIncreaseUsdPerMonth: v.optional(v.pipe(finiteNumber, v.minValue(0), v.maxValue(1_000_000)), 0),
});
export type AutoApprovalRule = v.InferOutput<typeof autoApprovalRuleSchema>;
