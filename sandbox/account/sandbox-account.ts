import type { VirtualClock } from '../clock/virtual-clock.ts';
import { ApplicationAutoScalingService } from './application-auto-scaling/application-auto-scaling-service.ts';
import { CloudFormationService } from './cloudformation/cloudformation-service.ts';
import { CloudWatchService } from './cloudwatch/cloudwatch-service.ts';
import { ComputeOptimizerService } from './compute-optimizer/compute-optimizer-service.ts';
import { type AccountContext, arn } from './core/account-context.ts';
import { CallDesk } from './core/call-desk.ts';
import {
  type Answering,
  type ClientSession,
  type OwnSettings,
  type PluggableClient,
  plugIn,
} from './core/client-plugin.ts';
import type { FaultInjection } from './core/faults.ts';
import { IdSource } from './core/ids.ts';
import type { Service } from './core/operation.ts';
import type { RateUse } from './core/rate-limits.ts';
import { DynamoDbService } from './dynamodb/dynamodb-service.ts';
import { EventBridgeService } from './eventbridge/eventbridge-service.ts';
import { AccessControl } from './iam/access-control.ts';
import type { Scene } from './iam/access-request.ts';
import type { Role } from './iam/role.ts';
import { LambdaService } from './lambda/lambda-service.ts';
import type { LambdaLimits } from './lambda/limits.ts';
import { LogsService } from './logs/logs-service.ts';
import { SandboxOrganization } from './organization/sandbox-organization.ts';
import { PricingService } from './pricing/pricing-service.ts';
import { S3Service } from './s3/s3-service.ts';
import { SchedulerService } from './scheduler/scheduler-service.ts';
import { SecretsManagerService } from './secrets-manager/secrets-manager-service.ts';
import { SesService } from './ses/ses-service.ts';
import { SnsService } from './sns/sns-service.ts';
import { SqsService } from './sqs/sqs-service.ts';
import { StatesService } from './states/states-service.ts';
import { StsService } from './sts/sts-service.ts';
import { TaggingService } from './tagging/tagging-service.ts';
import type { FunctionTelemetry } from './telemetry.ts';

export interface SandboxAccountOptions {
  readonly clock: VirtualClock;
  readonly seed: number;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** @default '123456789012' */
  readonly accountId?: string;
  /** Differences from Lambda's default quotas, e.g. a new account's 3,008 MB. */
  readonly lambdaLimits?: Partial<LambdaLimits>;
  /** Share of every documented rate that the account's other users leave. @default 1 */
  readonly ratesLeft?: number;
  /** Virtual time that each call takes. @default 0 */
  readonly latencyMs?: (service: string, operation: string) => number;
}

/** @param session of a client that speaks as a role it assumed, which may be another account's */
type Around = (
  call: string,
  input: Record<string, unknown>,
  answer: () => Promise<object>,
  session: ClientSession | undefined,
) => Promise<object>;

/** Answers for an account whose functions nobody simulates. */
const NO_TELEMETRY: FunctionTelemetry = {
  metrics: () => undefined,
  insightsMemoryMb: () => undefined,
  logs: () => undefined,
  expectedDurationMs: () => undefined,
};

/**
 * An AWS account in memory behind the real SDK clients. `plugin()` makes a client talk to it; the services are there
 * to set the scene (`account.lambda.createFunction`) and to look at what happened (`account.sns.inbox`).
 */
export class SandboxAccount {
  readonly clock: VirtualClock;
  readonly region: string;
  readonly accountId: string;
  readonly applicationAutoScaling: ApplicationAutoScalingService;
  readonly cloudFormation: CloudFormationService;
  readonly lambda: LambdaService;
  readonly cloudWatch: CloudWatchService;
  readonly logs: LogsService;
  readonly computeOptimizer: ComputeOptimizerService;
  readonly tagging: TaggingService;
  readonly ses: SesService;
  readonly sns: SnsService;
  readonly sqs: SqsService;
  readonly sts: StsService;
  readonly eventBridge: EventBridgeService;
  readonly s3: S3Service;
  readonly states: StatesService;
  readonly scheduler: SchedulerService;
  readonly secretsManager: SecretsManagerService;
  readonly pricing = new PricingService();
  readonly dynamoDb: DynamoDbService;
  /** Stands around every attempt: hears what was asked and answered, for whoever counts or times calls. */
  around: Around | undefined;
  /** Customers' keys by the ARN of the table, topic or bucket that is encrypted with them. */
  readonly customerKeys = new Map<string, string>();
  /** Other accounts and regions whose roles may be assumed from this one; none until they are added. */
  readonly organization: SandboxOrganization;
  /** Who may do what; everybody may do everything until work is done as a role. */
  readonly iam: AccessControl;
  private readonly desk: CallDesk;
  private readonly answering: Answering;
  private telemetry: FunctionTelemetry = NO_TELEMETRY;

  constructor(options: SandboxAccountOptions) {
    const { clock, seed, region = 'us-east-1', accountId = '123456789012' } = options;
    const { latencyMs = () => 0, ratesLeft = 1 } = options;
    this.clock = clock;
    this.region = region;
    this.accountId = accountId;
    const ids = new IdSource(seed);
    const context: AccountContext = { clock, region, accountId, ids, ratesLeft, telemetry: () => this.telemetry };
    this.lambda = new LambdaService(context, options.lambdaLimits);
    this.cloudWatch = new CloudWatchService(context);
    this.logs = new LogsService(context, this.lambda.functions);
    this.computeOptimizer = new ComputeOptimizerService(context, this.lambda.functions);
    this.tagging = new TaggingService(this.lambda.functions, () => this.dynamoDb.taggedTables());
    this.applicationAutoScaling = new ApplicationAutoScalingService(context);
    this.cloudFormation = new CloudFormationService(context);
    this.ses = new SesService(context);
    this.organization = new SandboxOrganization(clock);
    this.sts = new StsService(context, (input) => this.organization.assumeRole(input, this.iam.askedBy(), accountId));
    this.sns = new SnsService(context);
    this.sqs = new SqsService(context);
    this.states = new StatesService(context);
    this.eventBridge = new EventBridgeService(context);
    this.s3 = new S3Service(context);
    this.scheduler = new SchedulerService(context);
    this.secretsManager = new SecretsManagerService(context);
    this.dynamoDb = new DynamoDbService(context);
    this.iam = new AccessControl(this.scene(context), accountId);
    this.desk = new CallDesk({ clock, iam: this.iam, latencyMs });
    for (const service of this.builtIn()) this.addService(service);
    this.answering = this.makeAnswering(new IdSource(`${seed} requests`), new IdSource(`${seed} jitter`));
  }

  /** Attempts by "Service.Operation", retries counted each. */
  get calls(): Map<string, number> {
    return this.desk.calls;
  }

  get faults(): FaultInjection {
    return this.desk.faults;
  }

  /** Streams of the account's tables. */
  get streams() {
    return this.dynamoDb.streams;
  }

  /** A plugin for SDK clients; the account plugged in last answers. */
  plugin(): (client: PluggableClient, own?: OwnSettings) => void {
    return (client, own) => plugIn(client, this.answering, own);
  }

  /** Makes the account answer for another service, or differently for one it has. */
  addService(service: Service): void {
    this.desk.services.set(service.name, service);
  }

  /** Every call that it answers, by "Service.Operation". */
  answered(): string[] {
    return [...this.desk.services.values()].flatMap(({ name, operations }) =>
      Object.keys(operations).map((operation) => `${name}.${operation}`),
    );
  }

  /** How near the documented rates the account's calls came so far, and how many were refused by each. */
  rateUse(): RateUse[] {
    return [...this.desk.services.values()].flatMap(({ rates }) => rates?.use() ?? []);
  }

  /** Says where the functions' metrics and log lines come from. */
  useTelemetry(telemetry: FunctionTelemetry): void {
    this.telemetry = telemetry;
  }

  private builtIn(): Service[] {
    return [
      this.lambda,
      this.cloudWatch,
      this.logs,
      this.computeOptimizer,
      this.tagging,
      this.applicationAutoScaling,
      this.cloudFormation,
      this.ses,
      this.sts,
      this.sns,
      this.sqs,
      this.eventBridge,
      this.s3,
      this.states,
      this.scheduler,
      this.secretsManager,
      this.pricing,
      this.dynamoDb,
    ];
  }

  private makeAnswering(requests: IdSource, jitter: IdSource): Answering {
    return {
      region: this.region,
      clock: this.clock,
      random: () => Number.parseInt(jitter.token(8), 16) / 0x100000000,
      requestId: () => requests.uuid(),
      answer: (service, operation, input, session) => {
        const answer = () =>
          session === undefined
            ? this.desk.answer(service, operation, input)
            : this.answerElsewhere(service, operation, input, session);
        return this.around === undefined ? answer() : this.around(`${service}.${operation}`, input, answer, session);
      },
    };
  }

  /** A client with a session of its own is answered by the account that gave it, as the role that it is. */
  private answerElsewhere(service: string, operation: string, input: Record<string, unknown>, session: ClientSession) {
    const { account, role } = this.organization.enter(service, session);
    return account.answerAs(role, service, operation, input);
  }

  /** Answers a call as a role of this account makes it. */
  answerAs(role: Role, service: string, operation: string, input: Record<string, unknown>): Promise<object> {
    return this.iam.as(role, () => this.desk.answer(service, operation, input));
  }

  private scene(context: AccountContext): Scene {
    return {
      arn: (service, resource) => arn(context, service, resource),
      tagsOf: (resourceArn) => this.lambda.functions.tagsOf(resourceArn) ?? this.dynamoDb.tagsOf(resourceArn),
      partitionKeyOf: (tableName) => this.dynamoDb.partitionKeyOf(tableName),
      mailIdentityOf: (address) => this.ses.identityOf(address),
      keyOf: (resourceArn) => this.customerKeys.get(resourceArn),
      stateMachineOf: (taskToken) => this.states.stateMachineOf(taskToken),
    };
  }
}
