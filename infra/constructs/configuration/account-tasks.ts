import { Duration, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ACCOUNT_TASKS, type AccountTaskName, Env } from '../../../shared/constants.ts';
import type { AutoScalingSettings } from '../../../shared/contracts/auto-scaling.ts';
import type { ColdStartSettings } from '../../../shared/contracts/cold-start.ts';
import { acceptFinding, findingName, wildcardResource } from '../accepted-finding.ts';
import type { LedgerTable } from '../ledger-table.ts';
import type { RunBucket } from '../run-bucket.ts';
import { TaskFunction } from '../task-function.ts';
import { grantAccountTask } from './account-permissions.ts';

export interface AccountTasksProps {
  readonly ledger: LedgerTable;
  readonly runs: RunBucket;
  readonly autoScalingSettings: AutoScalingSettings;
  readonly coldStartSettings: ColdStartSettings;
  readonly logRetention: RetentionDays;
}

interface Profile {
  description: string;
  timeoutSeconds: number;
}

/** Timeouts are those of the states that call them; HTTP APIs give an integration at most 30 seconds. */
const PROFILES: Readonly<Record<AccountTaskName, Profile>> = {
  'configure-auto-scaling': {
    description: 'Scales what its owners tagged: concurrency, tables, provisioned concurrency',
    timeoutSeconds: 900,
  },
  'apply-cold-start-mitigation': {
    description: 'Gives every function with a class its cold-start strategy',
    timeoutSeconds: 900,
  },
  'warm-up': { description: 'Calls a function as often at once as environments are to stay warm', timeoutSeconds: 60 },
  operate: { description: 'The operator API: starts workflows for signed requests', timeoutSeconds: 29 },
};

/** Beginning of the ledger's partitions that hold settings. */
const SETTINGS_ONLY = ['SETTINGS#'];

/** The functions behind ConfigureAutoScaling, ApplyColdStartMitigation and the operator API. */
export class AccountTasks extends Construct {
  readonly functions: Readonly<Record<AccountTaskName, TaskFunction>>;

  constructor(scope: Construct, id: string, props: AccountTasksProps) {
    super(scope, id);
    const entries = ACCOUNT_TASKS.map((task) => [task, this.createFunction(task, props)] as const);
    this.functions = Object.fromEntries(entries) as Record<AccountTaskName, TaskFunction>;
    for (const task of ACCOUNT_TASKS) grantAccountTask(this.functions[task], task, Stack.of(this));
    this.useLedger(props);
    this.useSchedules();
  }

  private createFunction(task: AccountTaskName, { logRetention }: AccountTasksProps): TaskFunction {
    const { description, timeoutSeconds } = PROFILES[task];
    const id = task.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
    return new TaskFunction(this, id, {
      task,
      description,
      timeout: Duration.seconds(timeoutSeconds),
      environment: {},
      logRetention,
    });
  }

  private useLedger({ ledger, runs, autoScalingSettings, coldStartSettings }: AccountTasksProps): void {
    const { 'configure-auto-scaling': scaling, 'apply-cold-start-mitigation': coldStarts } = this.functions;
    scaling.addEnvironment(Env.autoScalingSettings, JSON.stringify(autoScalingSettings));
    coldStarts.addEnvironment(Env.coldStartSettings, JSON.stringify(coldStartSettings));
    for (const task of [scaling, coldStarts]) {
      ledger.grantReadWrite(task, SETTINGS_ONLY);
      runs.grantConfigurationLists(task);
      task.addEnvironment(Env.runBucketName, runs.bucket.bucketName);
      task.addEnvironment(Env.ledgerTableName, ledger.table.tableName);
      task.addEnvironment(Env.stackName, Stack.of(this).stackName);
    }
  }

  /** Schedules are made at run time; they call the warmer by a role that can do nothing else. */
  private useSchedules(): void {
    const { 'apply-cold-start-mitigation': coldStarts, 'warm-up': warmer } = this.functions;
    const role = new Role(this, 'WarmUpScheduleRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      description: 'Lets warm-up schedules call the warmer',
    });
    warmer.grantInvoke(role);
    acceptFinding(role, wildcardResource(`${findingName(warmer, 'Arn')}:*`), 'Versions of the warmer itself');
    role.grantPassRole(coldStarts.grantPrincipal);
    coldStarts.addEnvironment(Env.warmUpFunctionArn, warmer.functionArn);
    coldStarts.addEnvironment(Env.warmUpRoleArn, role.roleArn);
  }
}
