import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, Fail, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { executionLog } from '../execution-log.ts';
import { taskState } from '../task-state.ts';

/** Names of this workflow's states. */
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
    const failed = Fail.jsonata(this, ConfigureAlarmsState.alarmsNotConfigured, {
      comment: 'Some alarms may have been written; the next reconcile finishes the work',
      error: '{% $states.input.Error %}',
      cause: '{% $string($states.input.Cause) %}',
    });
    const configure = taskState(this, ConfigureAlarmsState.configureAlarms, {
      comment: 'Plans, compares and writes alarms, two a second',
      lambdaFunction: props.configureAlarms,
      timeout: Duration.minutes(15),
      event: '{% $states.input %}',
      catches: [{ next: failed, output: '{% $states.errorOutput %}' }],
    });
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: "Rightsizer's alarms on the account",
      definitionBody: DefinitionBody.fromChainable(configure),
      queryLanguage: QueryLanguage.JSONATA,
      timeout: Duration.hours(1),
      tracingEnabled: true,
      logs: executionLog(this, props.logRetention),
    });
  }
}
