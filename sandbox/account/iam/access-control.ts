import { AsyncLocalStorage } from 'node:async_hooks';
import { accessDenied } from './access-denied.ts';
import { type AccessRequest, type Input, request, type Scene } from './access-request.ts';
import { requestsOf } from './requests-of.ts';
import { RESTRICTED_ANSWERS } from './restricted-answers.ts';
import type { Role } from './role.ts';

/**
 * Checks calls against the identity policies of whoever makes them. Calls that are made as a role (`as`) need its leave;
 * all others are the account owner's, who may do everything.
 */
export class AccessControl {
  /** Every refusal so far, in AWS's words: callers may go on without what they were refused, and then nobody else tells. */
  readonly refusals = new Set<string>();
  private readonly caller = new AsyncLocalStorage<Role | undefined>();
  private readonly asker = new AsyncLocalStorage<Role>();
  private readonly scene: Scene;
  private readonly accountId: string;

  constructor(scene: Scene, accountId: string) {
    this.scene = scene;
    this.accountId = accountId;
  }

  /** Does work as a role: every call in it, however far down, is checked. */
  as<T>(role: Role, work: () => T): T {
    return this.caller.run(role, work);
  }

  /** The role for which a service answers at this moment; undefined for the account's owner. */
  askedBy(): Role | undefined {
    return this.asker.getStore();
  }

  /** Throws the service's exception unless the caller may do everything that the call asks for. */
  authorize(service: string, operation: string, input: Input): void {
    const role = this.caller.getStore();
    if (!role) return;
    const reason = this.refusalOfCall(role, service, operation, input);
    if (reason === undefined) return;
    this.refusals.add(reason);
    throw accessDenied(service, reason);
  }

  /** Lets a service answer an allowed call: what it does meanwhile is not done by its caller. */
  answer(call: string, input: Input, run: () => Promise<object>): Promise<object> {
    const role = this.caller.getStore();
    if (!role) return run();
    const answer = this.asker.run(role, () => this.caller.run(undefined, run));
    const restrict = RESTRICTED_ANSWERS[call];
    const refusalOf = (action: string, resource: string) => this.refusalOf(role, action, resource);
    return restrict ? restrict(answer, input, { refusalOf, refusals: this.refusals }) : answer;
  }

  /** Why a role may not make a call, the first of several reasons. */
  refusalOfCall(role: Role, service: string, operation: string, input: Input): string | undefined {
    for (const each of requestsOf(service, operation, input, this.scene)) {
      const reason = this.refusal(role, each);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  /** Why a role may not do something, in AWS's words; undefined where it may. */
  refusalOf(role: Role, action: string, resource: string): string | undefined {
    return this.refusal(role, request(this.scene, action, resource));
  }

  private refusal(role: Role, asked: AccessRequest): string | undefined {
    const decision = role.decide(asked);
    if (decision.allowed) return undefined;
    const user = `arn:aws:sts::${this.accountId}:assumed-role/${role.name}`;
    return `User: ${user} is not authorized to perform: ${asked.action} on resource: ${asked.resource} ${decision.reason}`;
  }
}
