import type { RunPolicy } from '../../../contracts/run.ts';

/**
 * A step that nobody has to be asked about must still be worth an update, fresh environments and a verification: a tenth of
 * what a person's minute has to be worth.
 */
const SHARE_WITHOUT_QUESTION = 0.1;

/** The policy that a step within a standing consent is weighed by. */
export const coveredPolicy = <Policy extends Pick<RunPolicy, 'minimumSavingsUsdPerMonth'>>(policy: Policy): Policy => ({
  ...policy,
  minimumSavingsUsdPerMonth: policy.minimumSavingsUsdPerMonth * SHARE_WITHOUT_QUESTION,
});
