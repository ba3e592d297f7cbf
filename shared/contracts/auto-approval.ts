import * as z from 'zod/mini';

/**
 * One rule of the auto-approval policy (stage configuration `autoApprovalRules`). A rule approves a proposal that meets
 * all of its conditions and none of the limits that no rule may lift (shared/domain/approval/auto-approval).
 */
export const autoApprovalRuleSchema = z.strictObject({
  /** Stands in the ledger as who decided. */
  name: z.string().check(z.regex(/^[A-Za-z0-9][\w .-]{0,63}$/, 'not a rule name')),
  /** Tags the function must carry, each with this value, or with any for `*`; left out: any function. */
  tags: z._default(z.record(z.string().check(z.minLength(1)), z.string()), {}),
  /** Highest risk that the rule approves. */
  maximumRisk: z._default(z.enum(['VeryLow', 'Low', 'Medium']), 'VeryLow'),
  /** Largest change of the memory size, up or down, as a share of the present one: 0.5 allows 1,024 -> 512 MB. */
  maximumMemoryChange: z._default(z.number().check(z.minimum(0), z.maximum(1)), 0.5),
  /** Whether less memory is approved only where the model is 95 % sure that the slowdown stays within the policy's. */
  onlyWithinGuard: z._default(z.boolean(), true),
  /** Most a change may cost a month, for raises that buy safety. */
  maximumCostIncreaseUsdPerMonth: z._default(z.number().check(z.minimum(0), z.maximum(1_000_000)), 0),
});
export type AutoApprovalRule = z.output<typeof autoApprovalRuleSchema>;
