import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ConfigureAutoScalingWorkflow } from '../../workflows/auto-scaling/configure-auto-scaling-workflow.ts';
import { ApplyColdStartMitigationWorkflow } from '../../workflows/cold-start/apply-cold-start-mitigation-workflow.ts';
import { acceptFinding, findingName, wildcardResource } from './accepted-finding.ts';
import { ConfigurationTasks, type ConfigurationTasksProps } from './configuration-tasks.ts';
import type { TaskFunction } from './task-function.ts';

const ERRORS_ONLY =
  'Errors only: the history of every execution is kept 90 days, and what it wrote is in its output and in the ledger';

/** Workflows that configure the account when somebody asks: auto-scaling, and strategies against cold starts. */
export class AccountConfiguration extends Construct {
  readonly configureAutoScaling: StateMachine;
  readonly applyColdStartMitigation: StateMachine;
  readonly tasks: ConfigurationTasks;

  constructor(scope: Construct, id: string, props: ConfigurationTasksProps) {
    super(scope, id);
    this.tasks = new ConfigurationTasks(this, 'Tasks', props);
    const { 'configure-auto-scaling': scaling, 'apply-cold-start-mitigation': coldStarts } = this.tasks.functions;
    this.configureAutoScaling = new ConfigureAutoScalingWorkflow(this, 'ConfigureAutoScaling', {
      configureAutoScaling: scaling.currentVersion,
      logRetention: props.logRetention,
    }).stateMachine;
    this.applyColdStartMitigation = new ApplyColdStartMitigationWorkflow(this, 'ApplyColdStartMitigation', {
      applyColdStartMitigation: coldStarts.currentVersion,
      logRetention: props.logRetention,
    }).stateMachine;
    acceptFindings(this.configureAutoScaling, scaling);
    acceptFindings(this.applyColdStartMitigation, coldStarts);
  }
}

function acceptFindings(stateMachine: StateMachine, task: TaskFunction): void {
  task.grantInvoke(stateMachine);
  const versions = wildcardResource(`${findingName(task, 'Arn')}:*`);
  acceptFinding(stateMachine, versions, 'An execution under way through a deployment goes on with former versions');
  acceptFinding(stateMachine, wildcardResource('*'), 'X-Ray and the delivery of logs support no resource');
  acceptFinding(stateMachine, 'AwsSolutions-SF1', ERRORS_ONLY);
}
