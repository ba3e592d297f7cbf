import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ApplyColdStartMitigationWorkflow } from '../../../workflows/configuration/apply-cold-start-mitigation-workflow.ts';
import { ConfigureAutoScalingWorkflow } from '../../../workflows/configuration/configure-auto-scaling-workflow.ts';
import { acceptFinding, findingName, wildcardResource } from '../accepted-finding.ts';
import type { TaskFunction } from '../task-function.ts';
import { AccountTasks, type AccountTasksProps } from './account-tasks.ts';

const ERRORS_ONLY =
  'Errors only: the history of every execution is kept 90 days, and what it wrote is in its output and in the ledger';

/** Workflows that configure the account when somebody asks: auto-scaling, and strategies against cold starts. */
export class AccountConfiguration extends Construct {
  readonly configureAutoScaling: StateMachine;
  readonly applyColdStartMitigation: StateMachine;
  readonly tasks: AccountTasks;

  constructor(scope: Construct, id: string, props: AccountTasksProps) {
    super(scope, id);
    this.tasks = new AccountTasks(this, 'Tasks', props);
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
  task.grantInvokingVersions(stateMachine);
  const versions = wildcardResource(`${findingName(task, 'Arn')}:*`);
  acceptFinding(stateMachine, versions, 'An execution under way through a deployment goes on with former versions');
  acceptFinding(stateMachine, wildcardResource('*'), 'X-Ray and the delivery of logs support no resource');
  acceptFinding(stateMachine, 'AwsSolutions-SF1', ERRORS_ONLY);
}
