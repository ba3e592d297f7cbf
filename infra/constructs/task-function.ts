import { type Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Grant, type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type CfnFunction, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { type AnyTaskName, EXCLUDE_TAG, metricNamespace } from '../../shared/constants.ts';
import { acceptFinding, wildcardResource } from './accepted-finding.ts';
import { taskCode } from './task-code.ts';
import { TASK_MEMORY_MB } from './task-memory.ts';

/** Metadata key by which tools that read the template (the sandbox, tests) find a function's task. */
export const TASK_METADATA = 'rightsizer:task';

export interface TaskFunctionProps {
  /** Its folder (TASK_FOLDERS) holds the handler. */
  readonly task: AnyTaskName;
  readonly description: string;
  readonly timeout: Duration;
  /** Only the variables that the task reads. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logRetention: RetentionDays;
  /** Where others must know the role by name. @default - CloudFormation's choice */
  readonly roleName?: string | undefined;
}

/** A task's Lambda function: the one place for the defaults of all of them. */
export class TaskFunction extends LambdaFunction {
  readonly task: AnyTaskName;

  constructor(scope: Construct, id: string, props: TaskFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: props.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: taskCode(props.task, props.environment),
      description: props.description,
      architecture: Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: TASK_MEMORY_MB[props.task],
      tracing: Tracing.ACTIVE,
      environment: {
        POWERTOOLS_SERVICE_NAME: props.task,
        POWERTOOLS_METRICS_NAMESPACE: metricNamespace(Stack.of(scope).stackName),
        ...props.environment,
      },
      logGroup,
      role: taskRole(scope, id, logGroup, props.roleName),
      // A run that waits for people goes on with the version it began with, so a deployment must not delete it.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    this.task = props.task;
    (this.node.defaultChild as CfnFunction).addMetadata(TASK_METADATA, props.task);
    // Rightsizer leaves its own stack alone by name; the tag keeps every other stage of it away as well.
    Tags.of(this).add(EXCLUDE_TAG, 'true');
  }

  /** Lets a state machine invoke every published version of it, former ones among them, and nothing unpublished. */
  grantInvokingVersions(grantee: IGrantable): Grant {
    const resourceArns = [`${this.functionArn}:*`];
    return Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns });
  }
}

/** Instead of AWS's managed policy, which would let a task write every log group of the account. */
function taskRole(scope: Construct, id: string, logGroup: ILogGroup, roleName: string | undefined): Role {
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    ...(roleName !== undefined && { roleName }),
  });
  logGroup.grantWrite(role);
  acceptFinding(role, wildcardResource('*'), 'X-Ray, and the reads that read-permissions.ts lists, take no resource');
  return role;
}
