import type { FunctionCalls } from '../../../shared/clients/warm-up/function-calls.ts';
import { parseWarmUpOrder } from '../../../shared/contracts/cold-start.ts';
import { UNQUALIFIED } from '../../../shared/domain/configuration/cold-start/plan-mitigation.ts';

export interface WarmUpResult {
  warmed: number;
  failed: number;
}

/**
 * Calls a function as often at once as environments are to stay warm; each call holds its environment a moment, so
 * that the others start or find one of their own. Calls that fail are counted: the next round is minutes away.
 */
export async function warmUp(event: unknown, calls: FunctionCalls): Promise<WarmUpResult> {
  const { functionName, qualifier, environments, holdMs } = parseWarmUpOrder(event);
  const payload = { rightsizerWarmUp: { holdMs } };
  const called = qualifier === UNQUALIFIED ? undefined : qualifier;
  const answers = await Promise.allSettled(
    Array.from({ length: environments }, () => calls.call(functionName, called, payload)),
  );
  const warmed = answers.filter((each) => each.status === 'fulfilled' && each.value).length;
  return { warmed, failed: environments - warmed };
}
