import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import type { CallFault, FaultKind } from '../fault-kinds.ts';
import type { EffectLog } from '../world/effect-log.ts';
import { awsError } from './aws-errors.ts';
import type { FaultCount } from './fault-count.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Invocations } from './invocations.ts';
import { PagedAnswers } from './paged-answers.ts';
import { StaleReads } from './stale-reads.ts';

export type Attempt = (call: string, input: Record<string, unknown>, answer: () => Promise<object>) => Promise<object>;

export interface Seam {
  readonly account: SandboxAccount;
  readonly plan: FaultPlan;
  readonly invocations: Invocations;
  readonly effects: EffectLog;
  readonly count: FaultCount;
  /** False once the faults have ended. */
  isStormy(): boolean;
}

/** Writes that lose against whoever was first, without taking effect. */
const BY_REVISION = new Set(['Lambda.UpdateFunctionConfiguration', 'Lambda.UpdateAlias', 'Lambda.PublishVersion']);
const READS = /\.(Get|List|Describe|Query|BatchGet)/;

/**
 * Stands between every attempt of the product's calls and the account, below the SDK's retries: what strikes is what a
 * caller would see on the wire. What the account was made to do is written down whether or not its answer got through.
 */
export function faultySeam(seam: Seam): Attempt {
  const { invocations, plan, effects, count } = seam;
  const pages = new PagedAnswers();
  const stale = new StaleReads(() => seam.account.clock.now());
  return async (call, input, answer) => {
    const invocation = invocations.current();
    if (invocation === undefined) return answer();
    count.attempted();
    for (const kind of await invocation.leave()) {
      count.struck(kind, call);
      if (kind === 'crash') count.crashed(invocation.task, call, invocation.place);
    }
    await invocation.goneWhereDead();
    const rest = pages.rest(call, input);
    const real = async () =>
      rest ?? stale.remember(call, input, await effects.watch(invocation.task, call, input, answer));
    const kind = seam.isStormy() ? plan.next(call) : undefined;
    try {
      return await meet(kind, { call, input, real, isRest: rest !== undefined, pages, stale, seam });
    } finally {
      if (invocation.comeBack()) {
        count.struck('crash', call);
        count.crashed(invocation.task, call, -invocation.place);
      }
      await invocation.goneWhereDead();
    }
  };
}

interface Met {
  readonly call: string;
  readonly input: Record<string, unknown>;
  readonly real: () => Promise<object>;
  /** Whether it asks for the second half of a page that was cut. */
  readonly isRest: boolean;
  readonly pages: PagedAnswers;
  readonly stale: StaleReads;
  readonly seam: Seam;
}

async function meet(kind: CallFault | undefined, met: Met): Promise<object> {
  const { call, real, pages, seam } = met;
  const struck = (by: FaultKind) => seam.count.struck(by, call);
  switch (kind) {
    case undefined:
      return real();
    case 'timeoutAfter':
      await real();
      struck(kind);
      throw awsError(kind, call, seam.plan.variant());
    case 'partialPage': {
      const answer = await real();
      // A rest that is cut again and again would never come to an end, which no service does to its callers.
      const cut = met.isRest ? undefined : pages.cut(call, answer);
      if (cut !== undefined) struck(kind);
      return cut ?? answer;
    }
    case 'malformedPage':
      return malformed(met, () => struck(kind));
    case 'conditionalFailure':
      return lost(met, () => struck(kind));
    case 'staleRead': {
      const former = met.stale.recall(call, met.input);
      if (former !== undefined) struck(kind);
      return former ?? real();
    }
    default:
      struck(kind);
      throw awsError(kind, call, seam.plan.variant());
  }
}

/** Cut off in the middle, or without the list it should have. */
async function malformed({ call, real, seam }: Met, struck: () => void): Promise<object> {
  if (!READS.test(call)) return real();
  const answer = await real();
  const variant = seam.plan.variant();
  const without = variant % 2 === 0 ? PagedAnswers.withoutItems(call, answer) : undefined;
  struck();
  if (without !== undefined) return without;
  throw awsError('malformedPage', call, variant);
}

/** A conditional write that was sent twice: the second finds the first one's effect in its way. */
async function lost({ call, input, real }: Met, struck: () => void): Promise<object> {
  if (BY_REVISION.has(call)) {
    struck();
    throw awsError('conditionalFailure', call, 0);
  }
  if (input['ConditionExpression'] === undefined) return real();
  await real();
  try {
    return await real();
  } catch (error) {
    struck();
    throw error;
  }
}
