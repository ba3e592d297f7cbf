import type { Role } from '../../account/iam/role.ts';
import { SandboxAccount } from '../../account/sandbox-account.ts';
import { deploySpoke } from '../../deployment/deploy-spoke.ts';
import type { Template } from '../../deployment/template.ts';
import { createFleet, type Fleet } from '../../fleet/fleet.ts';
import { installFleet } from '../../fleet/install.ts';

/** An account and region that a hub looks after. */
export interface SpokeOptions {
  accountId: string;
  region: string;
  functions: number;
  seed: number;
  /** What lives there. @default - a fleet made of `functions` and `seed` */
  fleet?: Fleet;
  /** Its stack trusts another external id than the hub says, as where somebody deployed a former template. */
  refuses?: boolean;
}

export interface Spoke {
  account: SandboxAccount;
  fleet: Fleet;
  refuses: boolean;
  /** The roles that its stack made, by ARN. */
  roles: ReadonlyMap<string, Role>;
}

export interface SpokeScene {
  hub: SandboxAccount;
  stack: { stackName: string; spokeTemplate?: Template };
  startMs: number;
}

/** An account with a fleet in it and the spoke's stack deployed. */
export function createSpoke(options: SpokeOptions, { hub, stack, startMs }: SpokeScene): Spoke {
  const { accountId, region, functions, seed, refuses = false } = options;
  if (stack.spokeTemplate === undefined)
    throw new Error('the configuration has no organization, so spokes have no stack');
  const account = new SandboxAccount({ clock: hub.clock, seed, accountId, region });
  const fleet = options.fleet ?? createFleet({ seed, functions, startDate: startMs, accountId, region });
  installFleet(fleet, account);
  const roles = deploySpoke({
    template: refuses ? trustingSomebodyElse(stack.spokeTemplate) : stack.spokeTemplate,
    stackName: `${stack.stackName}-Spoke`,
    account,
    organization: hub.organization,
  });
  return { account, fleet, refuses, roles };
}

/** The template with another external id in every role's trust. */
function trustingSomebodyElse(template: Template): Template {
  const text = JSON.stringify(template);
  return JSON.parse(text.replaceAll(/("sts:ExternalId":")[^"]+/g, '$1somebody-elses-external-id')) as Template;
}
