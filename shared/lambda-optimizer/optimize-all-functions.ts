import { createExecutionStarter } from '../clients/start-execution.ts';
import type { Strategy } from '../domain/night/recommendation/types.ts';

export interface OptimizeAllInput {
  /** The nightly state machine (stack output StateMachineArn). */
  stateMachineArn: string;
  /** Lets the stage's auto-approval rules decide first; a stage without rules refuses the run. @default false */
  autoApply?: boolean;
  /** Proposes and reports; asks nobody, changes nothing. @default false */
  dryRun?: boolean;
  strategy?: Strategy;
  /** @default every function of the account */
  functionNames?: readonly string[];
}

/** Starts a run of the whole pipeline, now instead of tonight; its safety rules hold as at night. */
export async function optimizeAllFunctions(
  input: OptimizeAllInput,
): Promise<{ executionArn: string; startedAt: string }> {
  const { stateMachineArn, autoApply = false, dryRun = false, strategy, functionNames } = input;
  const { executionArn, startedAt } = await createExecutionStarter().start(stateMachineArn, {
    ...(functionNames && { scope: { functionNames } }),
    ...(strategy && { strategy }),
    ...(dryRun && { dryRun }),
    approvalMode: autoApply && !dryRun ? 'policy' : 'ask',
  });
  return { executionArn, startedAt };
}
