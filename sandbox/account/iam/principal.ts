import { AsyncLocalStorage } from 'node:async_hooks';
import type { IdentityPolicy } from './policy.ts';

/** Whoever calls the account with no more than its policies allow. */
export interface Principal {
  readonly name: string;
  readonly policy: IdentityPolicy;
}

const calling = new AsyncLocalStorage<Principal>();

/** Runs work whose calls are checked; what runs outside is the account's owner and may do everything. */
export const actingAs = <Value>(principal: Principal, work: () => Value): Value => calling.run(principal, work);

export const callingPrincipal = (): Principal | undefined => calling.getStore();
