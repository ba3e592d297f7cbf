import { ArnFormat, Aws, Fn, Stack } from 'aws-cdk-lib';
import { Grant, Policy } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { TaskName } from '../../../shared/constants.ts';
import { acceptFinding, arnInFinding, findingName, wildcardResource } from '../accepted-finding.ts';
import type { RunBucket } from '../run-bucket.ts';
import type { TaskFunction } from '../task-function.ts';

export interface WorkflowAccessProps {
  readonly stateMachine: StateMachine;
  readonly tasks: Readonly<Record<TaskName, TaskFunction>>;
  readonly runs: RunBucket;
}

/** What the state machine and the tasks may do with each other, beyond what the states themselves bring. */
export function connectWorkflow(scope: Construct, { stateMachine, tasks, runs }: WorkflowAccessProps): void {
  grantEveryVersion(stateMachine, tasks);
  grantReadingExecutions(scope, stateMachine, tasks['start-run']);
  grantAnsweringTokens(stateMachine, tasks['deliver-decision']);
  runs.grantKeyToMaps(stateMachine);
  acceptFindingsOf(stateMachine, runs);
}

/**
 * States name the versions of their deployment, and CDK grants just those. An execution that waits through the next
 * deployment goes on with the former ones, so the role may invoke every version.
 */
function grantEveryVersion(stateMachine: StateMachine, tasks: Readonly<Record<TaskName, TaskFunction>>): void {
  const { 'serve-page': _page, 'deliver-decision': _consumer, ...states } = tasks;
  for (const task of Object.values(states)) {
    task.grantInvokingVersions(stateMachine);
    const versions = wildcardResource(`${findingName(task, 'Arn')}:*`);
    acceptFinding(stateMachine, versions, 'A run that waits through a deployment goes on with former versions');
  }
}

/**
 * StartRun asks whether the holder of the night's lease still runs. A policy of its own: the role's default policy
 * would make function and state machine wait for each other.
 */
function grantReadingExecutions(scope: Construct, stateMachine: StateMachine, startRun: TaskFunction): void {
  const policy = new Policy(scope, 'ReadExecutions', { roles: [startRun.role!] });
  stateMachine.grantExecution(policy, 'states:DescribeExecution');
  acceptFinding(policy, wildcardResource(`${executionArn(stateMachine)}:*`), EXECUTIONS_REASON);
}

/** The children of a Distributed Map carry the state machine's ARN with the map's label behind it. */
function grantAnsweringTokens(stateMachine: StateMachine, deliverDecision: TaskFunction): void {
  Grant.addToPrincipal({
    grantee: deliverDecision,
    actions: ['states:SendTaskSuccess'],
    resourceArns: [stateMachine.stateMachineArn, `${stateMachine.stateMachineArn}/*`],
  });
  const labels = wildcardResource(`${findingName(stateMachine)}/*`);
  acceptFinding(deliverDecision.role!, labels, 'The labels of its own maps, which Step Functions makes');
}

const EXECUTIONS_REASON = 'Executions of this state machine only; their names are not known before they start';

/** What CDK grants the state machine for its Distributed Maps, its traces and its log. */
function acceptFindingsOf(stateMachine: StateMachine, { bucket }: RunBucket): void {
  const objects = arnInFinding(`arn:${Aws.PARTITION}:s3:::${bucket.bucketName}/*`, Stack.of(bucket));
  acceptFinding(stateMachine, wildcardResource(objects), 'A run names its objects by its id');
  acceptFinding(stateMachine, wildcardResource('*'), 'X-Ray and the delivery of logs support no resource');
  for (const end of [':*', '/*:*']) {
    acceptFinding(stateMachine, wildcardResource(`${executionArn(stateMachine)}${end}`), EXECUTIONS_REASON);
  }
  acceptFinding(
    stateMachine,
    'AwsSolutions-SF1',
    'Errors only: the history of every execution is kept 90 days, and logging all events of a night would cost more than the night',
  );
}

/** ARN of the state machine's executions without their names, as findings write it. */
export function executionArn(stateMachine: StateMachine): string {
  const stack = Stack.of(stateMachine);
  const name = Fn.select(6, Fn.split(':', stateMachine.stateMachineArn));
  const arn = stack.formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return arnInFinding(arn, stack);
}
