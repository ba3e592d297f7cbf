import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { roundsMachine } from '../rounds-workflow.ts';

/** Names of this workflow's states. */
export const ApplyColdStartMitigationState = {
  applyColdStartMitigation: 'ApplyColdStartMitigation',
  coldStartsNotMitigated: 'ColdStartsNotMitigated',
} as const;

export interface ApplyColdStartMitigationWorkflowProps {
  /** A published version. */
  readonly applyColdStartMitigation: IFunction;
  /** How long errors of executions are kept. */
  readonly logRetention: RetentionDays;
}

/**
 * Gives every function with a class its cold-start strategy. Started from the console, the CLI or the operator API with
 * `{"action": "applyAll" | "plan" | "undo", "mode"?: "classes" | "measured"}`; answers ApplyColdStartMitigationOutput.
 */
export class ApplyColdStartMitigationWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: ApplyColdStartMitigationWorkflowProps) {
    super(scope, id);
    this.stateMachine = roundsMachine(this, {
      comment:
        'Rightsizer\'s strategies against cold starts. {"action": "plan"} says which function would get which, and what it costs; "applyAll" writes it, "undo" puts back what stood before',
      task: {
        name: ApplyColdStartMitigationState.applyColdStartMitigation,
        comment: 'Chooses by class or by measurement, compares and writes, four a second, for as long as there is time',
        function: props.applyColdStartMitigation,
      },
      logRetention: props.logRetention,
      failure: {
        name: ApplyColdStartMitigationState.coldStartsNotMitigated,
        comment:
          'Some settings may have been written; each is in the ledger, and the next execution goes on from there',
      },
    });
  }
}
