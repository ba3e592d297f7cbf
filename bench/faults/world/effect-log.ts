import { copy } from '../../../sandbox/account/core/copy.ts';
import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import { placeOf, type Visit } from '../seam/visit.ts';

/** A call that may change something and that the account carried out, whatever its caller heard of it. */
export interface Effect {
  readonly atMs: number;
  readonly task: string;
  /** The run whose change the task was called about; absent for tasks that are about no change of a night. */
  readonly runId: string | undefined;
  /** "Service.Operation". */
  readonly call: string;
  readonly input: Record<string, unknown>;
  /** Where it was done, and as whom; absent where the hub did it in its own account and region. */
  readonly visit?: Visit;
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
  private readonly elsewhere: ReadonlyMap<string, SandboxAccount>;
  private readonly runId: () => string | undefined;

  /** @param elsewhere the accounts that are looked after from the first */
  constructor(account: SandboxAccount, elsewhere: readonly SandboxAccount[], runId: () => string | undefined) {
    this.account = account;
    this.elsewhere = new Map(elsewhere.map((each) => [placeOf(each), each]));
    this.runId = runId;
  }

  async watch(
    task: string,
    { call, input, visit }: { call: string; input: Record<string, unknown>; visit: Visit | undefined },
    answer: () => Promise<object>,
  ): Promise<object> {
    if (!CHANGING.test(call)) return answer();
    const account = visit === undefined ? this.account : this.elsewhere.get(placeOf(visit));
    const before = sizeIn(account, input['FunctionName']);
    const given = copy(input);
    const answered = await answer();
    const after = sizeIn(account, input['FunctionName']);
    const sizes = before && after && { before, after };
    const atMs = this.account.clock.now();
    const runId = this.runId();
    this.effects.push({ atMs, task, runId, call, input: given, ...(visit && { visit }), ...(sizes && { sizes }) });
    return answered;
  }
}

function sizeIn(account: SandboxAccount | undefined, functionName: unknown): Size | undefined {
  const name = typeof functionName === 'string' ? functionName.split(':function:').at(-1) : undefined;
  const record = name === undefined ? undefined : account?.lambda.functions.find(name);
  return record && { memorySizeMb: record.configuration.MemorySize!, timeoutSeconds: record.configuration.Timeout! };
}

export const isSame = (a: Size, b: Size): boolean =>
  a.memorySizeMb === b.memorySizeMb && a.timeoutSeconds === b.timeoutSeconds;
