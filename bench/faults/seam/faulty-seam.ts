import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import type { CallFault, FaultKind } from '../fault-kinds.ts';
import type { EffectLog } from '../world/effect-log.ts';
import { awsError } from './aws-errors.ts';
import type { FaultCount } from './fault-count.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Invocations } from './invocations.ts';
import { PagedAnswers } from './paged-answers.ts';
import type { PlaceTroubles } from './place-troubles.ts';
import { StaleReads } from './stale-reads.ts';
import { placeOf, type SessionOfClient, spokeRole, type Visit, visitOf } from './visit.ts';

export type Attempt = (
  call: string,
  input: Record<string, unknown>,
  answer: () => Promise<object>,
  session: SessionOfClient | undefined,
) => Promise<object>;

export interface Seam {
  readonly account: SandboxAccount;
  readonly plan: FaultPlan;
  readonly invocations: Invocations;
  readonly effects: EffectLog;
  readonly count: FaultCount;
  /** Where there are other accounts: what is the matter there, and which sessions were given. */
  readonly abroad: { readonly troubles: PlaceTroubles; readonly sessionTokens: Set<string> } | undefined;
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
  const { invocations, effects, count } = seam;
  const pages = new PagedAnswers();
  const stale = new StaleReads(() => seam.account.clock.now());
  return async (call, input, answer, session) => {
    const invocation = invocations.current();
    if (invocation === undefined) return answer();
    count.attempted();
    const visit = visitOf(session);
    if (call === ASSUME_ROLE) return assumeRole({ call, input, answer, seam });
    for (const kind of await invocation.leave()) {
      count.struck(kind, call);
      if (kind === 'crash') count.crashed(invocation.task, call, invocation.place);
    }
    await invocation.goneWhereDead();
    const rest = pages.rest(call, input);
    const place = visit ? placeOf(visit) : '';
    const real = async () =>
      rest ?? stale.remember(call, input, await effects.watch(invocation.task, { call, input, visit }, answer), place);
    const kind = nextFault(seam, call, place);
    try {
      troubleThere(seam, call, input, visit);
      return await meet(kind, { call, input, place, real, isRest: rest !== undefined, pages, stale, seam });
    } finally {
      if (invocation.comeBack()) {
        count.struck('crash', call);
        count.crashed(invocation.task, call, -invocation.place);
      }
      await invocation.goneWhereDead();
    }
  };
}

const nextFault = ({ isStormy, plan }: Seam, call: string, place: string): CallFault | undefined =>
  isStormy() ? plan.next(call, place) : undefined;

const ASSUME_ROLE = 'STS.AssumeRole';

interface Assumed {
  readonly call: string;
  readonly input: Record<string, unknown>;
  readonly answer: () => Promise<object>;
  readonly seam: Seam;
}

/**
 * Sessions are shared by all invocations of a process, here by those that would have processes of their own: so none is
 * killed while it asks for one, or the others would wait for the dead.
 */
async function assumeRole({ call, input, answer, seam }: Assumed): Promise<object> {
  troubleThere(seam, call, input, undefined);
  const place = spokeRole(String(input['RoleArn']))?.place ?? '';
  const kind = nextFault(seam, call, place);
  const real = async () => {
    const given = (await answer()) as { Credentials?: { SessionToken?: string } };
    seam.abroad?.sessionTokens.add(given.Credentials?.SessionToken ?? '');
    return given;
  };
  if (kind === 'malformedPage') {
    seam.count.struck(kind, call);
    return { ...(await real()), Credentials: undefined };
  }
  const [pages, stale] = [new PagedAnswers(), new StaleReads(() => seam.account.clock.now())];
  return meet(kind, { call, input, place, real, isRest: false, pages, stale, seam });
}

/** Whoever calls or asks to be let in where something is the matter hears of it. */
function troubleThere(seam: Seam, call: string, input: Record<string, unknown>, visit: Visit | undefined): void {
  const nowMs = seam.account.clock.now();
  const struck = seam.isStormy() ? seam.abroad?.troubles.strike(call, input, visit, nowMs) : undefined;
  if (struck === undefined) return;
  seam.count.struck(struck.kind, call);
  const { name, status, message } = struck;
  const $fault = status >= 500 ? 'server' : 'client';
  throw Object.assign(new Error(message), { name, $fault, $metadata: { httpStatusCode: status } });
}

interface Met {
  readonly call: string;
  readonly input: Record<string, unknown>;
  /** Where it is made; empty in the hub's own account and region. */
  readonly place: string;
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
      const former = met.stale.recall(call, met.input, met.place);
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
