import { SandboxAccount } from '../../account/sandbox-account.ts';
import { VirtualClock } from '../../clock/virtual-clock.ts';
import { type Deployment, deploy } from '../../deployment/deploy.ts';
import { createFleet, type Fleet } from '../../fleet/fleet.ts';
import { installFleet } from '../../fleet/install.ts';
import { createSpoke, type Spoke, type SpokeOptions } from './spoke.ts';
import { synthesizeApart } from './synthesize-apart.ts';
import type { SynthesizedStack } from './synthesized-stack.ts';

export interface World {
  clock: VirtualClock;
  account: SandboxAccount;
  fleet: Fleet;
  deployment: Deployment;
  /** Other accounts and regions that are looked after from this one; mostly none. */
  spokes: readonly Spoke[];
}

export interface WorldOptions {
  functions: number;
  seed: number;
  /** Epoch ms; the fleet has a past before it. */
  startMs: number;
  /** Stage configuration beside the defaults. */
  configuration?: Record<string, unknown>;
  apiEndpoint?: string;
  /** Virtual time that each call of AWS takes. @default none */
  latencyMs?: (service: string, operation: string) => number;
  /** Share of every documented rate that others in the account leave. @default 1 */
  ratesLeft?: number;
  /** Threads beside this one that may take work off it; what happens is the same with any number. @default 0 */
  threads?: number;
  /** What lives in the account. @default - a fleet made of `functions` and `seed` */
  fleet?: Fleet;
  /** What is deployed there. @default - synthesized with `configuration` */
  stack?: SynthesizedStack;
  /** Other accounts and regions; they must be those of the configuration's `organization`. @default - none */
  spokes?: readonly SpokeOptions[];
}

/** An account with a fleet of measured functions in it, and the stack deployed beside them. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { functions, seed, startMs } = options;
  const clock = new VirtualClock(startMs);
  const account = new SandboxAccount({
    ...{ clock, seed },
    ...(options.latencyMs && { latencyMs: options.latencyMs }),
    ...(options.ratesLeft && { ratesLeft: options.ratesLeft }),
  });
  const { accountId, region } = account;
  const fleet = options.fleet ?? createFleet({ seed, functions, startDate: startMs, accountId, region });
  installFleet(fleet, account);
  const stack = options.stack ?? (await synthesized(options));
  const apiEndpoint = options.apiEndpoint === undefined ? {} : { apiEndpoint: options.apiEndpoint };
  const threads = options.threads ?? 0;
  const { stackName, template } = stack;
  const spokes = (options.spokes ?? []).map((spoke) => createSpoke(spoke, { hub: account, stack, startMs }));
  const deployment = await deploy({ template, stackName, account, clock, seed, threads, ...apiEndpoint });
  return { clock, account, fleet, deployment, spokes };
}

/** CDK is loaded only by who synthesizes: it is a hundred megabytes that a night has no use for. */
async function synthesized({ configuration, startMs, threads = 0 }: WorldOptions): Promise<SynthesizedStack> {
  const complete = { emails: ['approver@example.com'], ...configuration };
  if (threads > 0) return synthesizeApart(complete, new Date(startMs));
  const { synthesizeStack } = await import('./synthesize-stack.ts');
  return synthesizeStack(complete, new Date(startMs));
}
