import path from 'node:path';
import { TASK_METADATA } from '../../infra/constructs/task-function.ts';
import { createApp } from '../../infra/create-app.ts';
import { ACCOUNT_TASKS, ALARM_TASKS, type AnyTaskName, TASKS } from '../../shared/constants.ts';
import { CDK_CONTEXT } from '../support/cdk-context.ts';

export const PROJECT_ROOT = path.join(__dirname, '../..');
/** Configuration is checked against the schedule's next starts, so tests fix the time. */
export const NOW = new Date('2026-11-01T00:00:00Z');

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties are as many as CloudFormation's types
  Properties: any;
  Metadata?: Record<string, unknown>;
  DeletionPolicy?: string;
}

export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: unknown[];
  Condition?: unknown;
}

/** The template that `cdk synth` writes, but without bundling; `rightsizer` is the stage configuration. */
export function synthesize(rightsizer: Record<string, unknown> = {}): Template {
  const { app, stack } = createApp(NOW, {
    // CDK's own checks of the template cost four of five seconds; `cdk synth` in CI runs them once.
    builtinCloudFormationValidation: false,
    context: {
      ...CDK_CONTEXT,
      rightsizer: { emails: ['approver@example.com'], ...rightsizer },
      'aws:cdk:bundling-stacks': [],
    },
  });
  const { Resources, Outputs, Metadata } = app.synth().getStackByName(stack.stackName).template;
  return new Template(Resources, Outputs, Metadata);
}

/** The template for other accounts and regions that `cdk synth` writes beside it; undefined where there are none. */
export function synthesizeSpoke(rightsizer: Record<string, unknown>): Template | undefined {
  const { app, spoke } = createApp(NOW, {
    builtinCloudFormationValidation: false,
    context: {
      ...CDK_CONTEXT,
      rightsizer: { emails: ['approver@example.com'], ...rightsizer },
      'aws:cdk:bundling-stacks': [],
    },
  });
  const assembly = app.synth();
  if (spoke === undefined) return undefined;
  const { Resources, Outputs, Metadata } = assembly.getNestedAssembly('assembly-Spokes').stacks[0]!.template;
  return new Template(Resources, Outputs, Metadata);
}

/** A synthesized stack's resources, asked the questions that tests ask. */
export class Template {
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;

  constructor(
    resources: Record<string, Resource>,
    outputs: Record<string, unknown> = {},
    metadata: Record<string, unknown> = {},
  ) {
    this.resources = resources;
    this.outputs = outputs;
    this.metadata = metadata;
  }

  ofType(type: string): [logicalId: string, resource: Resource][] {
    return Object.entries(this.resources).filter(([, resource]) => resource.Type === type);
  }

  /** The only resource of its type. */
  single(type: string): Resource {
    const found = this.ofType(type);
    if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}, expected one`);
    return found[0]![1];
  }

  /** The nightly state machine. */
  night(): [logicalId: string, resource: Resource] {
    const found = this.ofType('AWS::StepFunctions::StateMachine').find(([id]) => id.startsWith('Night'));
    if (found === undefined) throw new Error('no state machine of the night');
    return found;
  }

  task(task: AnyTaskName): { logicalId: string; resource: Resource } {
    const found = this.ofType('AWS::Lambda::Function').find(([, each]) => each.Metadata?.[TASK_METADATA] === task);
    if (found === undefined) throw new Error(`no function has the task ${task}`);
    return { logicalId: found[0], resource: found[1] };
  }

  /** Every statement of every policy on a task's role. */
  statementsOf(task: AnyTaskName): Statement[] {
    return this.statementsOfRole(this.task(task).resource.Properties.Role['Fn::GetAtt'][0]);
  }

  statementsOfRole(role: string): Statement[] {
    return this.ofType('AWS::IAM::Policy')
      .filter(([, policy]) => policy.Properties.Roles.some((each: { Ref: string }) => each.Ref === role))
      .flatMap(([, policy]) => statementsIn(policy));
  }

  /** Statements of every policy in the stack, with the policy's logical id. */
  allStatements(): { policy: string; statement: Statement }[] {
    return this.ofType('AWS::IAM::Policy').flatMap(([policy, resource]) =>
      statementsIn(resource).map((statement) => ({ policy, statement })),
    );
  }

  /** Actions allowed to a task. */
  actionsOf(task: AnyTaskName): string[] {
    const allowed = this.statementsOf(task).filter((statement) => statement.Effect === 'Allow');
    return [...new Set(allowed.flatMap((statement) => statement.Action))].sort();
  }
}

/** Properties of a template's alarms, by the name that the runbook knows them by. */
export function alarmsOf({ resources }: Template): Map<string, Resource['Properties']> {
  const found = Object.values(resources).filter(({ Type: type }) => type === 'AWS::CloudWatch::Alarm');
  return new Map(
    found.map(({ Properties: properties }) => [String(properties.AlarmName).split('-').at(-1)!, properties]),
  );
}

function statementsIn(policy: Resource): Statement[] {
  const statements = policy.Properties.PolicyDocument.Statement as Record<string, unknown>[];
  return statements.map((statement) => ({
    ...statement,
    Action: list(statement['Action']),
    Resource: list(statement['Resource']),
  })) as Statement[];
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Text of a template's value: references become `<LogicalId>` or `<LogicalId.Attribute>`. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: reference, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, never>;
  if (reference !== undefined) return `<${reference}>`;
  if (attribute !== undefined) return `<${(attribute as string[]).join('.')}>`;
  if (join === undefined) return JSON.stringify(value);
  const [separator, parts] = join as unknown as [string, unknown[]];
  return parts.map(text).join(separator);
}

/** Every task that has a function in the template. */
export const DEPLOYED_TASKS = [...TASKS, ...ACCOUNT_TASKS, ...ALARM_TASKS] as const;

export { CDK_CONTEXT, TASKS };
