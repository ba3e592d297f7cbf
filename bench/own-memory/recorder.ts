import { AsyncLocalStorage } from 'node:async_hooks';
import type { SandboxAccount } from '../../sandbox/account/sandbox-account.ts';
import type { VirtualClock } from '../../sandbox/clock/virtual-clock.ts';
import type { TaskHandlers } from '../../sandbox/deployment/task-handlers.ts';
import { answerKey } from './answer-key.ts';
import { Sample } from './sample.ts';
import { type WireAnswer, wireAnswer, wireError } from './wire.ts';

export interface RecordedCall extends WireAnswer {
  /** "Service.Operation". */
  readonly call: string;
  /** Tells calls of one operation apart. */
  readonly key: string;
}

/** An invocation that succeeded: all that it needs to happen once more in another process. */
export interface RecordedInvocation {
  readonly event: unknown;
  /** Virtual epoch ms. */
  readonly startedMs: number;
  /** Virtual ms from start to answer: calls of AWS, pacing and waiting. */
  readonly waitedMs: number;
  readonly calls: readonly RecordedCall[];
}

export interface RecordedTask {
  invocations: number;
  /** Most invocations at one moment, which is how many environments Lambda would start. */
  mostAtOnce: number;
  readonly sample: Sample<RecordedInvocation>;
}

export interface RecordedWorld {
  readonly account: SandboxAccount;
  readonly clock: VirtualClock;
  readonly deployment: { readonly handlers: TaskHandlers };
}

/** Invocations of each task that are kept, evenly spread over all of them. */
const MOST_KEPT = 12;

/** Listens to every task's invocations and to what AWS answers them. Record one world at a time. */
export class Recorder {
  readonly tasks = new Map<string, RecordedTask>();
  private readonly current = new AsyncLocalStorage<RecordedCall[]>();
  private readonly running = new Map<string, number>();

  /** @param latencyMs what a call takes, where the account itself answers at once */
  attach(
    { account, clock, deployment: { handlers } }: RecordedWorld,
    latencyMs: (service: string, operation: string) => number = () => 0,
  ): void {
    const run = handlers.run.bind(handlers);
    handlers.run = (task, event, functionArn) =>
      this.invocation(task, event, clock, () => run(task, event, functionArn));
    account.around = (call, input, answer) => {
      const [service = '', operation = ''] = call.split('.');
      const ms = latencyMs(service, operation);
      return this.call(account, call, input, ms === 0 ? answer : async () => clock.sleep(ms).then(answer));
    };
  }

  private async invocation(task: string, event: unknown, clock: VirtualClock, work: () => Promise<unknown>) {
    const recorded = this.taskOf(task);
    recorded.invocations += 1;
    recorded.mostAtOnce = Math.max(recorded.mostAtOnce, this.count(task, 1));
    const given = structuredClone(event);
    const startedMs = clock.now();
    const calls: RecordedCall[] = [];
    try {
      const answer = await this.current.run(calls, work);
      recorded.sample.offer({ event: given, startedMs, waitedMs: clock.now() - startedMs, calls });
      return answer;
    } finally {
      this.count(task, -1);
    }
  }

  private async call(
    { s3 }: SandboxAccount,
    call: string,
    input: Record<string, unknown>,
    answer: () => Promise<object>,
  ): Promise<object> {
    const calls = this.current.getStore();
    if (calls === undefined) return answer();
    const key = answerKey(input);
    try {
      const output = await answer();
      calls.push({ call, key, ...wireAnswer(call, input, output, s3) });
      return output;
    } catch (error) {
      calls.push({ call, key, ...wireError(call, error as Error) });
      throw error;
    }
  }

  private taskOf(task: string): RecordedTask {
    const known = this.tasks.get(task);
    if (known) return known;
    const recorded = { invocations: 0, mostAtOnce: 0, sample: new Sample<RecordedInvocation>(MOST_KEPT) };
    this.tasks.set(task, recorded);
    return recorded;
  }

  private count(task: string, change: 1 | -1): number {
    const running = (this.running.get(task) ?? 0) + change;
    this.running.set(task, running);
    return running;
  }
}
