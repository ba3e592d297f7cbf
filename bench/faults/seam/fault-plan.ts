import { hashText, mix, SeededStream } from '../../../sandbox/fleet/noise.ts';
import { ANSWER_KINDS, type CallFault, LASTING_KINDS, PASSING_KINDS } from '../fault-kinds.ts';
import type { Fate } from './invocations.ts';

const MINUTE_MS = 60_000;
const JUMPS_MS = [-180, -10, -0.5, 0.5, 10, 180].map((minutes) => minutes * MINUTE_MS);
/** Calls of a task among which it is killed; few make more. */
const CALLS_AMONG = 14;
/** Within so many of its first calls an operation that is called often meets its passing fault. */
const FIRST_CALLS = 6;

interface Lasting {
  readonly kind: CallFault;
  /** Attempts that it strikes, from the first; Infinity until the faults end. */
  left: number;
}

/** What goes wrong in one run, decided by its seed alone and by the order of its calls, so that it repeats. */
export class FaultPlan {
  /** Of how many calls one meets something beside the plan. */
  readonly isQuiet: boolean;
  private readonly noise: number;
  private readonly crashes: number;
  private readonly jumps: number;
  private readonly lastingShare: number;
  private readonly random: SeededStream;
  private readonly seed: number;
  private readonly round: number;
  private readonly calls = new Map<string, number>();
  private readonly lasting = new Map<string, Lasting | undefined>();

  /**
   * @param round how often the run's scenario came before: turns the passing faults on, so that each op meets several
   * @param isQuiet whether nothing goes wrong but what the SDK cures, and what is in trouble in other accounts
   */
  constructor(seed: number, round: number, isQuiet = false) {
    this.seed = seed;
    this.round = round;
    this.isQuiet = isQuiet;
    this.random = new SeededStream(seed, 'faults');
    this.noise = this.random.pick([0, 0.01, 0.03, 0.08]);
    this.crashes = this.random.pick([0, 0.05, 0.15, 0.3]);
    this.jumps = this.random.pick([0, 0.02, 0.1]);
    this.lastingShare = this.random.pick([0, 0.03, 0.1]);
  }

  /**
   * What an attempt of a call meets; nothing for most.
   *
   * @param place where it is made: each account and region has its own troubles; empty in the hub's own
   */
  next(call: string, place = ''): CallFault | undefined {
    const key = `${call}${place}`;
    const count = (this.calls.get(key) ?? 0) + 1;
    this.calls.set(key, count);
    const lasting = this.isQuiet ? undefined : this.lastingOf(call, key);
    if (lasting !== undefined && lasting.left > 0) {
      lasting.left -= 1;
      return lasting.kind;
    }
    const since = count - this.passingAt(call);
    if (since >= 0 && since < passingInARow(call)) return this.passingKind(call, since);
    if (this.isQuiet || !this.random.chance(this.noise)) return undefined;
    return this.random.pick([...PASSING_KINDS, ...PASSING_KINDS, ...ANSWER_KINDS, ...LASTING_KINDS]);
  }

  /** What becomes of an invocation. */
  fate(): Fate {
    const { random } = this;
    if (this.isQuiet) return {};
    const atCall = () => 1 + Math.floor(random.uniform() * CALLS_AMONG);
    return {
      ...(random.chance(this.crashes) && {
        dies: { atCall: atCall(), afterEffect: random.chance(0.5), by: Math.floor(random.uniform() * 4) },
      }),
      ...(random.chance(this.jumps) && { jumps: { atCall: atCall(), byMs: random.pick(JUMPS_MS) } }),
    };
  }

  /** Deliveries are repeated or overtaken by this chance. */
  strays(): boolean {
    return !this.isQuiet && this.random.chance(0.25);
  }

  delayMs(): number {
    return this.random.pick([0, 1_000, 30_000, 20 * MINUTE_MS]);
  }

  variant(): number {
    return this.random.next() >>> 1;
  }

  /** Every operation meets one passing fault in every run: rare ones at once, others some calls later. */
  private passingAt(call: string): number {
    return OFTEN_CALLED.has(call) ? 1 + ((mix(hashText(call), this.seed) >>> 1) % FIRST_CALLS) : 1;
  }

  private passingKind(call: string, since: number): CallFault {
    return PASSING_KINDS[((hashText(call) >>> 1) + this.round + since) % PASSING_KINDS.length]!;
  }

  private lastingOf(call: string, key: string): Lasting | undefined {
    if (!this.lasting.has(key)) {
      if (call === SLOW_QUERY && this.random.chance(SLOW_QUERIES)) {
        this.lasting.set(key, { kind: 'partialPage', left: Number.POSITIVE_INFINITY });
        return this.lasting.get(key);
      }
      const left = this.random.pick([1, 3, 6, Number.POSITIVE_INFINITY]);
      const kind = this.random.pick([...LASTING_KINDS, ...PASSING_KINDS, ...ANSWER_KINDS]);
      this.lasting.set(key, this.random.chance(this.lastingShare) ? { kind, left } : undefined);
    }
    return this.lasting.get(key);
  }
}

/** Operations that few runs come to meet so many in a row: as many as the SDK's retries outlast, less one. */
const RARELY_CALLED = new Set([
  'CloudWatch.DeleteAlarms',
  'CloudWatch.DescribeAlarmContributors',
  'CloudWatchLogs.StopQuery',
  'DynamoDB.UpdateTable',
  'Lambda.DeleteFunctionConcurrency',
  'Lambda.GetAlias',
  'Lambda.GetPolicy',
  'Lambda.PublishVersion',
  'Lambda.PutProvisionedConcurrencyConfig',
  'Lambda.UpdateAlias',
  'SFN.DescribeExecution',
  'SNS.Subscribe',
  'SQS.GetQueueAttributes',
  'SQS.GetQueueUrl',
  'Scheduler.UpdateSchedule',
  'SecretsManager.GetSecretValue',
]);
const RARELY_IN_A_ROW = 3;

const passingInARow = (call: string): number => (RARELY_CALLED.has(call) ? RARELY_IN_A_ROW : 1);

/** A query of Logs Insights that never comes to its end, which the night stops. */
const SLOW_QUERY = 'CloudWatchLogs.GetQueryResults';
const SLOW_QUERIES = 0.4;

const OFTEN_CALLED = new Set([
  'CloudWatch.GetMetricData',
  'DynamoDB.GetItem',
  'DynamoDB.PutItem',
  'DynamoDB.UpdateItem',
  'Lambda.GetFunction',
  'S3.GetObject',
  'S3.PutObject',
]);
