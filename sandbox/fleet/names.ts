import type { SeededStream } from './noise.ts';

/** Team, the stacks it owns, and what its functions do. */
const TEAMS: readonly (readonly [string, readonly string[]])[] = [
  ['payments', ['checkout', 'billing', 'refunds', 'ledger-sync']],
  ['catalog', ['product-search', 'pricing-feed', 'image-pipeline', 'inventory']],
  ['identity', ['auth', 'user-profile', 'consent']],
  ['data-platform', ['clickstream', 'warehouse-load', 'reporting', 'feature-store']],
  ['growth', ['email-campaigns', 'experiments', 'referrals', 'push']],
  ['logistics', ['shipping', 'returns', 'tracking', 'route-planner']],
  ['platform', ['audit-log', 'webhooks', 'cost-reports', 'certificate-rotation']],
  ['support', ['tickets', 'chat-transcripts', 'sentiment']],
];

const VERBS = [
  'process',
  'get',
  'list',
  'sync',
  'export',
  'validate',
  'notify',
  'enrich',
  'resize',
  'aggregate',
  'archive',
];
const NOUNS = [
  'Order',
  'Invoice',
  'Customer',
  'Payment',
  'Product',
  'Session',
  'Report',
  'Image',
  'Event',
  'Message',
  'Record',
];
const STAGES = ['prod', 'prod', 'prod', 'staging'];

export interface FunctionIdentity {
  readonly name: string;
  readonly tags: Record<string, string>;
}

/** Who may have made the function: most come from CloudFormation (CDK, SAM, Serverless), some from Terraform, some by hand. */
const OWNERS = [
  ['cloudformation', 70],
  ['terraform', 18],
  ['hand', 12],
] as const;

/** A name as deployment tools make it, and the tags they leave; unique by its ordinal. */
export function functionIdentity(
  random: SeededStream,
  ordinal: number,
  accountId: string,
  region: string,
): FunctionIdentity {
  const [team, services] = random.pick(TEAMS);
  const service = random.pick(services);
  const stage = random.pick(STAGES);
  const action = `${random.pick(VERBS)}${random.pick(NOUNS)}`;
  const suffix = ordinal.toString(36).padStart(3, '0').toUpperCase();
  const owner = random.weighted(OWNERS);
  const tags: Record<string, string> = owner === 'hand' ? {} : { team, service, stage };
  if (owner === 'terraform')
    return { name: `${service}-${stage}-${action}-${suffix.toLowerCase()}`, tags: { ...tags, ManagedBy: 'terraform' } };
  if (owner === 'hand') return { name: `${action}-${suffix.toLowerCase()}`, tags };
  const stackName = `${service}-${stage}`;
  tags['aws:cloudformation:stack-name'] = stackName;
  tags['aws:cloudformation:logical-id'] = `${action[0]!.toUpperCase()}${action.slice(1)}Function${suffix}`;
  tags['aws:cloudformation:stack-id'] =
    `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${(random.next() >>> 0).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
  if (random.chance(0.5)) tags['owner'] = `${team}@example.com`;
  return { name: `${stackName}-${action}-${suffix}`, tags };
}
