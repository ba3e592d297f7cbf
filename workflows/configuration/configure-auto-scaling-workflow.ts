import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { roundsMachine } from '../rounds-workflow.ts';

/** Names of this workflow's states. */
export const ConfigureAutoScalingState = {
  configureAutoScaling: 'ConfigureAutoScaling',
  autoScalingNotConfigured: 'AutoScalingNotConfigured',
} as const;

export interface ConfigureAutoScalingWorkflowProps {
  /** A published version. */
  readonly configureAutoScaling: IFunction;
  /** How long errors of executions are kept. */
  readonly logRetention: RetentionDays;
}

/**
 * Scales what its owners tagged. Started from the console, the CLI or the operator API with
 * `{"action": "configure" | "plan" | "undo"}`; answers ConfigureAutoScalingOutput.
 */
export class ConfigureAutoScalingWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: ConfigureAutoScalingWorkflowProps) {
    super(scope, id);
    this.stateMachine = roundsMachine(this, {
      comment:
        'Rightsizer\'s auto-scaling of tagged functions and tables. {"action": "plan"} says what would be written and why; "configure" writes it, "undo" puts back what stood before',
      task: {
        name: ConfigureAutoScalingState.configureAutoScaling,
        comment:
          'Plans, compares and writes reservations, limits and policies, four a second, for as long as there is time',
        function: props.configureAutoScaling,
      },
      logRetention: props.logRetention,
      failure: {
        name: ConfigureAutoScalingState.autoScalingNotConfigured,
        comment:
          'Some settings may have been written; each is in the ledger, and the next execution goes on from there',
      },
    });
  }
}
