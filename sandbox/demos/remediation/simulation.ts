import { AlarmEvaluator } from '../../account/cloudwatch/alarm-evaluator.ts';
import type { CloudWatchEvent } from '../../account/cloudwatch/alarm-events.ts';
import { withInsights } from '../../account/cloudwatch/insights-operations.ts';
import { LambdaMetrics } from '../../account/cloudwatch/lambda-metrics.ts';
import { MetricReader } from '../../account/cloudwatch/metric-reader.ts';
import type { MetricSource } from '../../account/cloudwatch/metric-source.ts';
import { IdSource } from '../../account/core/ids.ts';
import { SandboxAccount } from '../../account/sandbox-account.ts';
import { VirtualClock } from '../../clock/virtual-clock.ts';
import { type Deployment, deploy } from '../../deployment/deploy.ts';
import { identifyResources } from '../../deployment/identities.ts';
import { alarmRulePattern, matches } from './event-rule.ts';
import { Production } from './production.ts';
import { type RecordedWrite, recordWrites } from './recorded-writes.ts';
import { ScalableTargets } from './scalable-targets.ts';
import { type RemediationTemplate, STACK_NAME } from './template.ts';

const MINUTE_MS = 60_000;
/** CloudWatch looks at a minute's metrics a few seconds after it is over. */
const EVALUATION_DELAY_MS = 5_000;
const API_ENDPOINT = 'https://rightsizer.execute-api.us-east-1.amazonaws.com';
export const SIMULATION_START_MS = Date.UTC(2026, 10, 23, 8, 0, 0);

export interface SimulationOptions {
  seed: number;
  synthesized: RemediationTemplate;
  /** Minutes of calm before the fault. */
  calmMinutes: number;
}

/** An alarm event, and the remediation it started. */
export interface Reported {
  readonly event: CloudWatchEvent;
  readonly atMs: number;
  readonly executionArn?: string;
}

/** The product deployed into an account whose production has a fault coming. */
export class Simulation {
  readonly clock: VirtualClock;
  readonly account: SandboxAccount;
  readonly production: Production;
  readonly faultAtMs: number;
  readonly reported: Reported[] = [];
  readonly writes: RecordedWrite[];
  readonly scalable = new ScalableTargets();
  readonly remediationArn: string;
  readonly configureAlarmsArn: string;
  readonly evaluator: AlarmEvaluator;
  private deployed: Deployment | undefined;
  private nextMinuteMs = SIMULATION_START_MS;
  private readonly options: SimulationOptions;
  private readonly stopRecording: () => void;

  private constructor(options: SimulationOptions) {
    this.options = options;
    this.clock = new VirtualClock(SIMULATION_START_MS);
    this.account = new SandboxAccount({ clock: this.clock, seed: options.seed });
    this.faultAtMs = SIMULATION_START_MS + options.calmMinutes * MINUTE_MS;
    this.production = new Production(this.account, this.faultAtMs);
    this.account.useTelemetry(this.production);
    this.account.addService(this.scalable.service);
    this.evaluator = this.watch();
    ({ writes: this.writes, stop: this.stopRecording } = recordWrites(() => this.clock.now()));
    const resources = identifyResources(options.synthesized.template, {
      pseudo: pseudoParameters(this.account),
      apiEndpoint: API_ENDPOINT,
    });
    const arnOf = (logicalId: string) => resources.get(logicalId)?.attributes['Arn'] ?? '';
    this.remediationArn = arnOf(options.synthesized.remediationId);
    this.configureAlarmsArn = arnOf(options.synthesized.configureAlarmsId);
  }

  static async open(options: SimulationOptions): Promise<Simulation> {
    const simulation = new Simulation(options);
    const { clock, account } = simulation;
    simulation.deployed = await deploy({
      template: options.synthesized.template,
      stackName: STACK_NAME,
      account,
      clock,
      seed: options.seed,
      apiEndpoint: API_ENDPOINT,
    });
    return simulation;
  }

  get deployment(): Deployment {
    if (!this.deployed) throw new Error('the simulation is not open');
    return this.deployed;
  }

  /** Runs a state machine to its end and answers its output. */
  async execute(stateMachineArn: string, input: unknown): Promise<unknown> {
    const { engine } = this.deployment;
    const { executionArn } = await this.clock.complete(() =>
      engine.startExecution({ stateMachineArn, input: JSON.stringify(input) }),
    );
    await this.clock.runUntilIdle(() => this.deployment.ended.has(executionArn));
    const { status, output, error, cause } = await engine.describeExecution({ executionArn });
    if (status !== 'SUCCEEDED') throw new Error(`${stateMachineArn} ended ${status}: ${error} ${cause}`);
    return JSON.parse(output ?? 'null');
  }

  /**
   * Production and alarms go on for so many minutes, and whatever they set off with them. Minutes that went by while a
   * night or a person was at work are made up for first: production knows no gaps, and nor do its metrics.
   */
  async pass(minutes: number): Promise<void> {
    const lastMs = Math.ceil(this.clock.now() / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS;
    for (; this.nextMinuteMs < lastMs; this.nextMinuteMs += MINUTE_MS) {
      const evaluatedMs = this.nextMinuteMs + MINUTE_MS + EVALUATION_DELAY_MS;
      if (evaluatedMs > this.clock.now()) await this.clock.advanceTo(evaluatedMs);
      this.production.step(this.nextMinuteMs);
      await this.clock.complete(async () => this.evaluator.evaluate());
    }
  }

  dispose(): void {
    this.stopRecording();
    this.deployed?.dispose();
  }

  private watch(): AlarmEvaluator {
    const { account, clock, production } = this;
    const telemetry = () => production;
    const lambda = new LambdaMetrics(telemetry);
    const metrics = new MetricReader(
      (namespace) => (namespace === 'AWS/Lambda' ? fedOr(production, lambda) : production),
      () => production.functionNames(),
    );
    for (const namespace of ['AWS/DynamoDB', 'AWS/SQS', 'Rightsizer/Application']) {
      account.cloudWatch.addSource(namespace, production);
    }
    const ids = new IdSource(`${this.options.seed} alarms`);
    const context = { clock, region: account.region, accountId: account.accountId, ids, ratesLeft: 1, telemetry };
    const evaluator = new AlarmEvaluator(context, account.cloudWatch.alarms, metrics);
    account.addService(withInsights(account.cloudWatch, evaluator, metrics));
    evaluator.onEvent((event) => this.deliver(event));
    return evaluator;
  }

  /** What the stack's EventBridge rule does: alarms of ours that fire start a remediation. */
  private deliver(event: CloudWatchEvent): void {
    const atMs = this.clock.now();
    if (!matches(alarmRulePattern(this.options.synthesized.template), event)) {
      this.reported.push({ event, atMs });
      return;
    }
    const name = `alarm-${event.id}`;
    const [, , , region, account] = this.remediationArn.split(':');
    const machine = this.remediationArn.split(':').at(-1);
    this.reported.push({
      event,
      atMs,
      executionArn: `arn:aws:states:${region}:${account}:execution:${machine}:${name}`,
    });
    void this.deployment.engine.startExecution({
      stateMachineArn: this.remediationArn,
      name,
      input: JSON.stringify(event),
    });
  }
}

/** Metrics of Lambda that functions' minutes don't tell; a scenario feeds them, or there are none. */
const FED = new Set(['IteratorAge', 'DeadLetterErrors', 'ProvisionedConcurrencySpilloverInvocations']);

const fedOr = (fed: MetricSource, simulated: MetricSource): MetricSource => ({
  series: (metric, statistic, grid) => (FED.has(metric.metricName) ? fed : simulated).series(metric, statistic, grid),
});

const pseudoParameters = ({ region, accountId }: SandboxAccount) => ({
  'AWS::Region': region,
  'AWS::AccountId': accountId,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': STACK_NAME,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${accountId}:stack/${STACK_NAME}/1`,
});
