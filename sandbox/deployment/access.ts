import type { AccessControl } from '../account/iam/access-control.ts';
import type { Role } from '../account/iam/role.ts';
import { TaskError } from '../engine/index.ts';
import { deliveriesIn } from './deliveries.ts';
import { rolesOf } from './roles.ts';
import { resourcesOfType, type Template } from './template.ts';

export interface AccessStage {
  template: Template;
  iam: AccessControl;
  /** Task by the function's name. */
  taskOf: ReadonlyMap<string, string>;
  resolve(value: unknown): unknown;
}

/** Who may do what in a deployed stack: every task, state machine and delivery has no more than its role's policies allow. */
export class Access {
  private readonly iam: AccessControl;
  private readonly roles: ReadonlyMap<string, Role>;
  private readonly roleOfTask = new Map<string, Role>();
  private readonly roleOfMachine = new Map<string, Role>();

  constructor(stage: AccessStage) {
    const { template, resolve } = stage;
    this.iam = stage.iam;
    this.roles = rolesOf(template, resolve);
    for (const [id, { Properties: properties }] of resourcesOfType(template, 'AWS::Lambda::Function')) {
      const task = stage.taskOf.get(String(resolve({ Ref: id })));
      if (task !== undefined) this.roleOfTask.set(task, this.roleAt(resolve(properties?.['Role'])));
    }
    for (const [id, { Properties: properties }] of resourcesOfType(template, 'AWS::StepFunctions::StateMachine')) {
      const name = String(resolve({ 'Fn::GetAtt': [id, 'Name'] }));
      this.roleOfMachine.set(name, this.roleAt(resolve(properties?.['RoleArn'])));
    }
    this.checkDeliveries(stage);
  }

  /** Runs a task's handler as the task's role. */
  asTask<T>(task: string, work: () => T): T {
    const role = this.roleOfTask.get(task);
    if (!role) throw new Error(`no function of the stack has the task ${task}, so no role says what it may do`);
    return this.iam.as(role, work);
  }

  /** What each role was granted and has not needed so far, by the role's name. */
  unusedGrants(): Map<string, string[]> {
    return new Map([...this.roles.values()].map(({ name, unused }) => [name, unused.names()]));
  }

  /** Throws what Step Functions makes of a denied invocation. */
  requireInvoking(executionArn: string, functionArn: string): void {
    const refusal = this.noted(this.iam.refusalOf(this.roleOf(executionArn), 'lambda:InvokeFunction', functionArn));
    if (refusal !== undefined) throw new TaskError('Lambda.AWSLambdaException', refusal);
  }

  /** Throws what S3 answers to a Distributed Map whose state machine may not do this to an object. */
  requireObject(executionArn: string, operation: 'GetObject' | 'PutObject', bucket: string, key: string): void {
    const role = this.roleOf(executionArn);
    const refusal = this.noted(this.iam.refusalOfCall(role, 'S3', operation, { Bucket: bucket, Key: key }));
    if (refusal !== undefined) throw new Error(`Access Denied: ${refusal}`);
  }

  private roleOf(executionArn: string): Role {
    const [name = ''] = (executionArn.split(':')[6] ?? '').split('/');
    const role = this.roleOfMachine.get(name);
    if (!role) throw new Error(`no state machine of the stack runs ${executionArn}`);
    return role;
  }

  private noted(refusal: string | undefined): string | undefined {
    if (refusal !== undefined) this.iam.refusals.add(refusal);
    return refusal;
  }

  /** What AWS does in a role's name once the stack stands must be allowed from the start: it fails in silence later. */
  private checkDeliveries(stage: AccessStage): void {
    const problems = deliveriesIn(stage.template, stage.resolve).flatMap(({ what, roleArn, action, resource }) => {
      const refusal = this.iam.refusalOf(this.roleAt(roleArn), action, resource);
      return refusal === undefined ? [] : [`${what}: ${refusal}`];
    });
    if (problems.length > 0) throw new Error(`the stack's roles lack permissions:\n${problems.join('\n')}`);
  }

  private roleAt(roleArn: unknown): Role {
    const role = this.roles.get(String(roleArn));
    if (!role) throw new Error(`no role of the template has the ARN ${roleArn}`);
    return role;
  }
}
