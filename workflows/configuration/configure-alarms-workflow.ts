import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { roundsMachine } from '../rounds-workflow.ts';

/** Names of this workflow's own states. */
export const ConfigureAlarmsState = {
  configureAlarms: 'ConfigureAlarms',
  alarmsNotConfigured: 'AlarmsNotConfigured',
} as const;

export interface ConfigureAlarmsWorkflowProps {
  /** A published version. */
  readonly configureAlarms: IFunction;
  /** How long errors of executions are kept. */
  readonly logRetention: RetentionDays;
}

/**
 * Makes the account's alarms what the catalogue says. Started after every night, from the console, the CLI or the
 * operator API with `{"action": "setup" | "reconcile" | "plan" | "remove", "email"?: …}`; answers ConfigureAlarmsOutput.
 */
export class ConfigureAlarmsWorkflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, props: ConfigureAlarmsWorkflowProps) {
    super(scope, id);
    this.stateMachine = roundsMachine(this, {
      comment:
        'Rightsizer\'s alarms on the account. {"action": "plan"} says what would be made and what it costs; "setup" makes it, "reconcile" follows what the account became, "remove" takes ours away',
      task: {
        name: ConfigureAlarmsState.configureAlarms,
        comment: 'Plans, compares and writes alarms, three every two seconds, for as long as there is time',
        function: props.configureAlarms,
      },
      logRetention: props.logRetention,
      failure: {
        name: ConfigureAlarmsState.alarmsNotConfigured,
        comment: 'Some alarms may have been written; the next reconcile finishes the work',
      },
    });
  }
}
