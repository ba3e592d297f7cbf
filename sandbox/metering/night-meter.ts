import { useClock } from '../../shared/clock.ts';
import { billedMetricsOf } from '../../shared/domain/configuration/alarms/alarm-cost.ts';
import { METRICS_EVERY_NIGHT, runMetrics } from '../../shared/domain/night/summary/run-metrics.ts';
import type { NightUsage, StandingUsage } from '../../shared/domain/pricing/night-bill.ts';
import type { SandboxAccount } from '../account/sandbox-account.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { Deployment } from '../deployment/deploy.ts';
import { resourcesOfType, type Template } from '../deployment/template.ts';
import { INVOCATION_MS } from './call-latencies.ts';
import { CallMeter } from './call-meter.ts';
import { durationMsAt, INIT_MS } from './duration-at-memory.ts';
import { HandlerClock, type TaskTime } from './handler-clock.ts';

/** An Express execution of a batch is taken for one chunk of 64 MB. */
const EXPRESS_GB = 64 / 1024;
/** START, END and REPORT of an invocation, and a line or two of our own; assumed. */
const LOG_BYTES_PER_INVOCATION = 600;
/** X-Ray's default rule records the first request of a second and one in twenty beyond; the first ones are left out. */
const TRACED_SHARE = 0.05;
/** A Distributed Map reads its items, and writes a manifest and its results by outcome. */
const OBJECTS_READ_PER_MAP = 1;
const OBJECTS_WRITTEN_PER_MAP = 4;
const MAPS_PER_NIGHT = 2;

interface MeteredWorld {
  readonly account: SandboxAccount;
  readonly clock: VirtualClock;
  readonly deployment: Deployment;
}

/** What one night in the embedded account uses, counted where AWS would count it. Attach it before the night, or begin anew. */
export class NightMeter {
  readonly times: HandlerClock;
  private calls = new CallMeter();
  private readonly world: MeteredWorld;
  private readonly memorySizes: ReadonlyMap<string, number>;
  private mailsBefore: number;
  private before: ReturnType<Deployment['engine']['stats']>;

  constructor(world: MeteredWorld, template: Template) {
    this.world = world;
    this.memorySizes = memorySizesOf(template);
    this.times = new HandlerClock(() => world.clock.now());
    this.mailsBefore = world.account.sns.inbox.length;
    this.before = world.deployment.engine.stats();
    this.attach();
  }

  /** Forgets what was counted so far: the next night is another. Between nights only. */
  beginAnew(): void {
    this.calls = new CallMeter();
    this.times.tasks.clear();
    this.mailsBefore = this.world.account.sns.inbox.length;
    this.before = this.world.deployment.engine.stats();
  }

  /** @param summary of the night, by which its own metrics are counted. @default - what every night sends */
  usage(summary?: Parameters<typeof runMetrics>[0]): NightUsage {
    const { published: _, ...counted } = this.calls.counted;
    const { stateTransitions, expressExecutions, expressBilledMs, executions } = this.engineSince();
    const times = [...this.times.tasks.values()];
    const invocations = sum(times.map((time) => time.invocations));
    return {
      ...counted,
      stateTransitions,
      expressRequests: expressExecutions,
      expressGbSeconds: (expressBilledMs / 1000) * EXPRESS_GB,
      lambdaRequests: invocations,
      lambdaGbSeconds: sum([...this.times.tasks].map(([task, time]) => this.gbSeconds(task, time))),
      objectsWritten: counted.objectsWritten + MAPS_PER_NIGHT * OBJECTS_WRITTEN_PER_MAP,
      objectsRead: counted.objectsRead + MAPS_PER_NIGHT * OBJECTS_READ_PER_MAP,
      emails: this.world.account.sns.inbox.length - this.mailsBefore,
      pageRequests: this.times.tasks.get('serve-page')?.invocations ?? 0,
      logBytesWritten: invocations * LOG_BYTES_PER_INVOCATION,
      ownMetricHours: summary === undefined ? METRICS_EVERY_NIGHT : runMetrics(summary).length,
      traces: Math.ceil(executions * TRACED_SHARE),
      // The key behind the table is asked for once by each new environment's connection, then kept for minutes.
      keyRequests: sum(times.map(({ mostAtOnce }) => mostAtOnce)),
    };
  }

  private attach(): void {
    const { account, clock, deployment } = this.world;
    account.around = (call, input, answer) => this.times.elsewhere(() => this.metered(call, input, answer));
    useClock({ now: () => clock.now(), sleep: (ms) => this.times.elsewhere(() => clock.sleep(ms)) });
    const { handlers } = deployment;
    const actAs = handlers.actAs;
    handlers.actAs = ((task: string, work: () => unknown) =>
      actAs(task, async () => {
        await clock.sleep(INVOCATION_MS);
        return this.times.run(task, work);
      })) as typeof actAs;
  }

  private async metered(call: string, input: Record<string, unknown>, answer: () => Promise<object>): Promise<object> {
    try {
      const answered = await answer();
      this.calls.answered(call, input, answered);
      return answered;
    } catch (error) {
      if ((error as Error).name === 'ConditionalCheckFailedException') this.calls.refused(call);
      throw error;
    }
  }

  /** Billed duration: waiting as it was, computing at the share of a vCPU that the memory brings, INIT of new environments. */
  private gbSeconds(task: string, { cpuMs, waitedMs, mostAtOnce }: TaskTime): number {
    const memorySizeMb = this.memorySizes.get(task);
    if (memorySizeMb === undefined) return 0;
    const billedMs = durationMsAt({ cpuMs, waitedMs }, memorySizeMb) + mostAtOnce * INIT_MS;
    return (billedMs / 1000) * (memorySizeMb / 1024);
  }

  private engineSince() {
    const now = this.world.deployment.engine.stats();
    return {
      stateTransitions: now.stateTransitions - this.before.stateTransitions,
      expressExecutions: now.expressExecutions - this.before.expressExecutions,
      expressBilledMs: now.expressBilledMs - this.before.expressBilledMs,
      executions: now.executions - this.before.executions,
    };
  }
}

/** What the stack keeps whether a night runs or not. */
export function standingUsage(template: Template): StandingUsage {
  return {
    alarms: sum(
      resourcesOfType(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) =>
        billedMetricsOf(Properties ?? {}),
      ),
    ),
    compositeAlarms: resourcesOfType(template, 'AWS::CloudWatch::CompositeAlarm').length,
    dashboards: resourcesOfType(template, 'AWS::CloudWatch::Dashboard').length,
  };
}

/** Memory of every task's function, as deployed. */
function memorySizesOf(template: Template): Map<string, number> {
  const functions = resourcesOfType(template, 'AWS::Lambda::Function');
  return new Map(
    functions.map(([, { Metadata, Properties }]) => [
      String(Metadata?.['rightsizer:task']),
      Number(Properties?.['MemorySize']),
    ]),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
