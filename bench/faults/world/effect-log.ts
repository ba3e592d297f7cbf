import { copy } from '../../../sandbox/account/core/copy.ts';
import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';

/** A call that may change something and that the account carried out, whatever its caller heard of it. */
export interface Effect {
  readonly atMs: number;
  readonly task: string;
  /** The run whose change the task was called about; absent for tasks that are about no change of a night. */
  readonly runId: string | undefined;
  /** "Service.Operation". */
  readonly call: string;
  readonly input: Record<string, unknown>;
  /** Memory and timeout of the function it names, before and after; absent where it names none. */
  readonly sizes?: { readonly before: Size; readonly after: Size };
}

export interface Size {
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
}

const CHANGING =
  /^(Lambda\.(Update|Put|Delete|Publish)|DynamoDB\.UpdateTable|ApplicationAutoScaling\.(Put|Register|Delete|Deregister)|Scheduler\.(Create|Update|Delete)|CloudWatch\.(PutMetricAlarm|DeleteAlarms))/;

/** What the product made the account do, seen from the account. */
export class EffectLog {
  readonly effects: Effect[] = [];
  private readonly account: SandboxAccount;
  private readonly runId: () => string | undefined;

  constructor(account: SandboxAccount, runId: () => string | undefined) {
    this.account = account;
    this.runId = runId;
  }

  async watch(
    task: string,
    call: string,
    input: Record<string, unknown>,
    answer: () => Promise<object>,
  ): Promise<object> {
    if (!CHANGING.test(call)) return answer();
    const before = this.sizeOf(input['FunctionName']);
    const given = copy(input);
    const answered = await answer();
    const after = this.sizeOf(input['FunctionName']);
    const sizes = before && after && { before, after };
    const atMs = this.account.clock.now();
    this.effects.push({ atMs, task, runId: this.runId(), call, input: given, ...(sizes && { sizes }) });
    return answered;
  }

  private sizeOf(functionName: unknown): Size | undefined {
    const record = typeof functionName === 'string' ? this.account.lambda.functions.find(functionName) : undefined;
    return record && { memorySizeMb: record.configuration.MemorySize!, timeoutSeconds: record.configuration.Timeout! };
  }
}

export const isSame = (a: Size, b: Size): boolean =>
  a.memorySizeMb === b.memorySizeMb && a.timeoutSeconds === b.timeoutSeconds;
