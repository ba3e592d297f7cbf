import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import { createFleet, type Fleet } from '../../../sandbox/fleet/fleet.ts';
import { oversizedFleet } from '../../../test/support/small-fleet.ts';

export const NIGHT_VARIANTS = ['plain', 'alias', 'mixed', 'called', 'signIn'] as const;
export type NightVariant = (typeof NIGHT_VARIANTS)[number];

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:jobs';

/** A few functions that the first night proposes to change, or a dozen of every kind. */
export function nightFleet(variant: NightVariant, seed: number, startMs: number): Fleet {
  if (variant === 'mixed') return createFleet({ seed, functions: 14, startDate: startMs });
  const kind = variant === 'alias' ? 'aliasPinned' : 'plain';
  return oversizedFleet({ functions: variant === 'called' ? 6 : 4, startMs, seed, kind });
}

/** Somebody waits for each function: a queue, which bounds how long a timeout may get. */
export function addCallers(account: SandboxAccount, fleet: Fleet): void {
  account.sqs.addQueue('jobs', 3_600);
  for (const [at, { name }] of fleet.functions.entries())
    account.lambda.eventSourceMappings.push({
      UUID: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      EventSourceArn: QUEUE_ARN,
      FunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
      State: 'Enabled',
    });
}
