import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { Grant, type IRole } from 'aws-cdk-lib/aws-iam';
import { acceptFinding, arnInFinding, wildcardResource } from './accepted-finding.ts';

/**
 * Permissions on the customer's resources, for which CDK has no grant methods because the resources are not in the
 * stack. The only file that names such actions. Sources: the Service Authorization Reference page of each service.
 */
type Scope =
  /** Every function of this account and region: which of them need a change is the night's question. */
  | 'functions'
  /** Every log group of this account and region: a function may log to any. */
  | 'log-groups'
  /** Every queue of this account and region: a function may be fed by any. */
  | 'queues'
  /** The API supports no resource-level permission. */
  | 'unsupported';

interface Permission {
  actions: readonly string[];
  scope: Scope;
}

const PERMISSIONS = {
  /** lambda:ListFunctions takes no resource: it lists the region. */
  listFunctions: { actions: ['lambda:ListFunctions'], scope: 'unsupported' },
  /** tag:GetResources takes no resource: it searches the region's tags. */
  readTags: { actions: ['tag:GetResources'], scope: 'unsupported' },
  /** compute-optimizer takes no resources. */
  readComputeOptimizer: { actions: ['compute-optimizer:GetLambdaFunctionRecommendations'], scope: 'unsupported' },
  /** Compute Optimizer checks that its caller may read these of the functions it speaks about; shifting avoids them. */
  readProvisionedConcurrency: { actions: ['lambda:ListProvisionedConcurrencyConfigs'], scope: 'functions' },
  /** cloudwatch:GetMetricData takes no resource: metrics have no ARN. */
  readMetrics: { actions: ['cloudwatch:GetMetricData'], scope: 'unsupported' },
  /** pricing takes no resources: the price list is everybody's. */
  readPrices: { actions: ['pricing:GetProducts'], scope: 'unsupported' },
  startLogQueries: { actions: ['logs:StartQuery', 'logs:DescribeLogGroups'], scope: 'log-groups' },
  /** A query has no ARN, so its results and its end take no resource. */
  readLogQueries: { actions: ['logs:GetQueryResults', 'logs:StopQuery'], scope: 'unsupported' },
  /** To find the one alias that carries a function's traffic, and whether anything of it is kept warm. */
  listAliases: { actions: ['lambda:ListAliases'], scope: 'functions' },
  readAlias: { actions: ['lambda:GetAlias'], scope: 'functions' },
  /** lambda:ListEventSourceMappings takes no resource: it searches the region's mappings. */
  listEventSources: { actions: ['lambda:ListEventSourceMappings'], scope: 'unsupported' },
  /** A function's policy says whether API Gateway waits for it. */
  readPolicy: { actions: ['lambda:GetPolicy'], scope: 'functions' },
  /** A queue's visibility timeout bounds the timeout of the functions that it feeds. */
  readQueues: { actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'], scope: 'queues' },
  readFunction: { actions: ['lambda:GetFunction'], scope: 'functions' },
} satisfies Record<string, Permission>;

export type ReadPermission = keyof typeof PERMISSIONS;

/** Actions that no resource can narrow; a `*` beside any other action is a mistake (test/synth holds the templates to it). */
export const ACTIONS_WITHOUT_RESOURCES: readonly string[] = Object.values<Permission>(PERMISSIONS)
  .filter(({ scope }) => scope === 'unsupported')
  .flatMap(({ actions }) => actions);

/** Grants one of the permissions above, in the stack's account and region. */
export function grantReading(permission: ReadPermission, role: IRole, stack: Stack): Grant {
  const { actions, scope } = PERMISSIONS[permission];
  const resource = resourceArn(scope, stack);
  acceptFinding(role, wildcardResource(arnInFinding(resource, stack)), REASONS[scope]);
  return Grant.addToPrincipal({ grantee: role, actions: [...actions], resourceArns: [resource] });
}

const REASONS: Readonly<Record<Scope, string>> = {
  functions:
    'Rightsizer is for every function of the account; which of them it touches, people decide by tag and by approval',
  'log-groups': 'A function may log to any log group of the account',
  queues: 'A function may be fed by any queue of the account',
  unsupported: 'The API supports no resource-level permission',
};

function resourceArn(scope: Scope, stack: Stack): string {
  if (scope === 'functions') return everyFunctionArn(stack);
  if (scope === 'queues') return stack.formatArn({ service: 'sqs', resource: '*' });
  return scope === 'log-groups' ? stack.formatArn({ ...EVERY, service: 'logs', resource: 'log-group' }) : '*';
}

const EVERY = { resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME };

export const everyFunctionArn = (stack: Stack): string =>
  stack.formatArn({ ...EVERY, service: 'lambda', resource: 'function' });
