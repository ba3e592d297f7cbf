import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import type { SpokeOptions } from '../../../sandbox/demos/night/spoke.ts';
import { createFleet, type Fleet } from '../../../sandbox/fleet/fleet.ts';
import { oversizedFleet } from '../../../test/support/small-fleet.ts';
import { PLACES } from '../world/product-stack.ts';

export const NIGHT_VARIANTS = ['plain', 'alias', 'mixed', 'called', 'signIn'] as const;
export type NightVariant = (typeof NIGHT_VARIANTS)[number];

/** Enough that one may be rejected, one deployed and one be approved and get worse. */
const FUNCTIONS_ABROAD = 3;

/** A few functions that the first night proposes to change, or a dozen of every kind. */
export function nightFleet(variant: NightVariant, seed: number, startMs: number): Fleet {
  if (variant === 'mixed') return createFleet({ seed, functions: 14, startDate: startMs });
  const kind = variant === 'alias' ? 'aliasPinned' : 'plain';
  return oversizedFleet({ functions: variant === 'called' ? 6 : 4, startMs, seed, kind });
}

/**
 * What is in the other places: in the first the same functions as in the hub, by name, size and traffic, so that whoever
 * takes one for the other is found out; in the second others, in another region.
 */
export function spokesOf(variant: NightVariant, seed: number, startMs: number): SpokeOptions[] {
  return PLACES.map((place, at) => {
    const kind = variant === 'alias' ? 'aliasPinned' : 'plain';
    const options = { functions: FUNCTIONS_ABROAD, startMs, seed: seed + at, kind, ...place } as const;
    return { ...place, functions: FUNCTIONS_ABROAD, seed: seed + at, fleet: oversizedFleet(options) };
  });
}

/** Somebody waits for each function: a queue, which bounds how long a timeout may get. */
export function addCallers(account: SandboxAccount, fleet: Fleet): void {
  const { accountId, region } = account;
  account.sqs.addQueue('jobs', 3_600);
  for (const [at, { name }] of fleet.functions.entries())
    account.lambda.eventSourceMappings.push({
      UUID: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      EventSourceArn: `arn:aws:sqs:${region}:${accountId}:jobs`,
      FunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
      State: 'Enabled',
    });
}
