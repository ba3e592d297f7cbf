import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Env, TASKS, type TaskName } from '../../../shared/constants.ts';
import type { DigestSettings } from '../../../shared/contracts/digest-settings.ts';
import type { OrganizationSettings } from '../../../shared/contracts/organization.ts';
import type { RunSettings } from '../../../shared/contracts/settings.ts';
import type { SignInSettings } from '../../../shared/contracts/sign-in.ts';
import { hubRoleName } from '../../../shared/domain/organization/role-names.ts';
import type { WorkflowTasks } from '../../../workflows/night/workflow-tasks.ts';
import type { EmailTopic } from '../approval/email-topic.ts';
import { grantSendingMail } from '../approval/mail-permission.ts';
import type { LedgerTable } from '../ledger-table.ts';
import { grantAssumingSpokeRole, spokeRoleOf } from '../organization/spoke-access.ts';
import { grantReading } from '../read-permissions.ts';
import type { RunBucket } from '../run-bucket.ts';
import { TaskFunction } from '../task-function.ts';
import { denyUpdatingExcludedFunctions, grantUpdatingFunctions } from '../write-permissions.ts';
import { TASK_CATALOGUE, type TaskProfile } from './task-catalogue.ts';

/** Outcomes go to the account's own bus, where the customer's rules are. */
const EVENT_BUS_NAME = 'default';

/** Construct ids that outlived a name: they are part of deployed logical ids, which must not change. */
const KEPT_IDS: Partial<Record<TaskName, string>> = { 'serve-page': 'Decide' };

export interface PipelineTasksProps {
  readonly ledger: LedgerTable;
  readonly runs: RunBucket;
  readonly digest: EmailTopic;
  /** Base URL of the approval page. */
  readonly approvalBaseUrl: string;
  readonly settings: RunSettings;
  readonly digestSettings: DigestSettings;
  /** Where approvers sign in. @default - nowhere: the link alone opens the page */
  readonly signIn?: SignInSettings | undefined;
  /** Other accounts and regions that are looked after as well. @default - none */
  readonly organization?: OrganizationSettings | undefined;
  /** Whether approved changes are written; otherwise no task is given a permission to change a function. */
  readonly mayWrite: boolean;
  readonly logRetention: RetentionDays;
}

/** Every task function, each with the variables and permissions that task-catalogue.ts gives it, and no others. */
export class PipelineTasks extends Construct {
  readonly functions: Readonly<Record<TaskName, TaskFunction>>;
  private readonly props: PipelineTasksProps;

  constructor(scope: Construct, id: string, props: PipelineTasksProps) {
    super(scope, id);
    this.props = props;
    const functions = TASKS.map((task) => [task, this.createFunction(task, TASK_CATALOGUE[task])] as const);
    this.functions = Object.fromEntries(functions) as Record<TaskName, TaskFunction>;
    for (const [task, profile] of Object.entries(TASK_CATALOGUE)) this.grant(this.functions[task as TaskName], profile);
  }

  /** The functions that are states, as published versions. */
  get versions(): WorkflowTasks {
    const { 'serve-page': _page, 'deliver-decision': _consumer, ...states } = this.functions;
    // `Object.fromEntries` forgets which names there were.
    return Object.fromEntries(
      Object.entries(states).map(([task, each]) => [task, each.currentVersion]),
    ) as unknown as WorkflowTasks;
  }

  private createFunction(task: TaskName, profile: TaskProfile): TaskFunction {
    return new TaskFunction(this, KEPT_IDS[task] ?? pascalCase(task), {
      task,
      description: profile.description,
      timeout: Duration.seconds(profile.timeoutSeconds),
      environment: this.environment(task, profile),
      logRetention: this.props.logRetention,
      roleName: this.roleName(task),
    });
  }

  /** Spokes know by name whom they trust. */
  private roleName(task: TaskName): string | undefined {
    const { organization } = this.props;
    if (organization === undefined || spokeRoleOf(task) === undefined) return undefined;
    return hubRoleName(organization.stackName, Stack.of(this).region, task);
  }

  private environment(task: TaskName, profile: TaskProfile): Record<string, string> {
    const { ledger, runs, digest, approvalBaseUrl, settings, organization } = this.props;
    return {
      ...(profile.ledger && { [Env.ledgerTableName]: ledger.table.tableName }),
      ...(profile.bucket && { [Env.runBucketName]: runs.bucket.bucketName }),
      ...(profile.sendsDigest && {
        [Env.digestTopicArn]: digest.topic.topicArn,
        [Env.approvalBaseUrl]: approvalBaseUrl,
        [Env.digestSettings]: JSON.stringify(this.props.digestSettings),
      }),
      ...(profile.putsEvents && { [Env.eventBusName]: EVENT_BUS_NAME }),
      ...(profile.servesPage && this.props.signIn && { [Env.signInSettings]: JSON.stringify(this.props.signIn) }),
      ...(organization && spokeRoleOf(task) && { [Env.organization]: JSON.stringify(organization) }),
      ...(profile.settings && { [Env.runSettings]: JSON.stringify(settings) }),
      ...(profile.stackName && { [Env.stackName]: Stack.of(this).stackName }),
    };
  }

  private grant(task: TaskFunction, profile: TaskProfile): void {
    const stack = Stack.of(this);
    this.grantOwnResources(task, profile);
    this.grantSpokes(task);
    for (const permission of profile.reads ?? []) grantReading(permission, task.role!, stack);
    const updates = this.props.mayWrite ? profile.updatesFunctions : undefined;
    if (updates) grantUpdatingFunctions(task.role!, stack, updates.does);
    if (updates?.unlessExcluded) denyUpdatingExcludedFunctions(task.role!, stack, updates.does);
  }

  private grantSpokes({ task, role }: TaskFunction): void {
    const { organization, mayWrite } = this.props;
    const spokeRole = spokeRoleOf(task as TaskName);
    if (organization === undefined || spokeRole === undefined) return;
    if (mayWrite || spokeRole === 'read') grantAssumingSpokeRole(role!, spokeRole, organization);
  }

  private grantOwnResources(task: TaskFunction, profile: TaskProfile): void {
    const { ledger, runs } = this.props;
    if (profile.ledger === 'read') ledger.grantRead(task);
    if (profile.ledger === 'read-write') ledger.grantReadWrite(task, profile.ledgerPartitions);
    if (profile.listsOpenChanges) ledger.grantListingOpenChanges(task);
    if (profile.bucket === 'write' || profile.bucket === 'read-write') runs.grantWrite(task);
    if (profile.bucket === 'read-write') runs.grantRead(task);
    if (profile.bucket === 'pages') runs.grantReadingPages(task);
    if (profile.keepsNights) runs.grantKeepingNights(task);
    if (profile.sendsDigest) this.grantSendingDigest(task);
    if (profile.servesPage) this.grantClientSecret(task);
    if (profile.putsEvents)
      EventBus.fromEventBusName(this, `${task.node.id}Bus`, EVENT_BUS_NAME).grantPutEventsTo(task);
  }

  /** The one secret of the client that approvers sign in by, where it has one. */
  private grantClientSecret(task: TaskFunction): void {
    const { clientSecretArn } = this.props.signIn ?? {};
    if (clientSecretArn === undefined) return;
    Grant.addToPrincipal({
      grantee: task,
      actions: ['secretsmanager:GetSecretValue'],
      resourceArns: [clientSecretArn],
    });
  }

  private grantSendingDigest(task: TaskFunction): void {
    const { digest, digestSettings } = this.props;
    Grant.addToPrincipal({ grantee: task, actions: ['sns:Publish'], resourceArns: [digest.topic.topicArn] });
    digest.grantKeyToPublisher(task);
    Grant.addToPrincipal({
      grantee: task,
      actions: ['sns:GetTopicAttributes'],
      resourceArns: [digest.topic.topicArn],
    });
    if (digestSettings.html) grantSendingMail(task, digestSettings.html.from, Stack.of(this));
  }
}

/** The name of the task's state and construct. */
function pascalCase(task: TaskName): string {
  return task.replace(/(^|-)(\w)/g, (_, _hyphen: string, letter: string) => letter.toUpperCase());
}
