import {
  type DeleteScalingPolicyCommandInput,
  type DeleteScalingPolicyCommandOutput,
  type DeregisterScalableTargetCommandInput,
  type DeregisterScalableTargetCommandOutput,
  type DescribeScalableTargetsCommandInput,
  type DescribeScalableTargetsCommandOutput,
  type DescribeScalingPoliciesCommandInput,
  type DescribeScalingPoliciesCommandOutput,
  type DescribeScheduledActionsCommandInput,
  type DescribeScheduledActionsCommandOutput,
  ObjectNotFoundException,
  type PutScalingPolicyCommandInput,
  type PutScalingPolicyCommandOutput,
  type PutScheduledActionCommandInput,
  type PutScheduledActionCommandOutput,
  type RegisterScalableTargetCommandInput,
  type RegisterScalableTargetCommandOutput,
  type ScalableTarget,
  type ScalingPolicy,
  type ScheduledAction,
  ValidationException,
} from '@aws-sdk/client-application-auto-scaling';
import { type AccountContext, arn } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';

/** Most that one page holds (API reference: DescribeScalableTargets, DescribeScalingPolicies). */
const TARGETS_PER_PAGE = 50;
const POLICIES_PER_PAGE = 10;

/** How each dimension's resources are named. */
const RESOURCE_OF: Readonly<Record<string, RegExp>> = {
  'dynamodb:table:ReadCapacityUnits': /^table\/[\w.-]+$/,
  'dynamodb:table:WriteCapacityUnits': /^table\/[\w.-]+$/,
  'dynamodb:index:ReadCapacityUnits': /^table\/[\w.-]+\/index\/[\w.-]+$/,
  'dynamodb:index:WriteCapacityUnits': /^table\/[\w.-]+\/index\/[\w.-]+$/,
  'lambda:function:ProvisionedConcurrency': /^function:[\w-]+:[\w$-]+$/,
};

interface Named {
  ServiceNamespace?: string | undefined;
  ResourceId?: string | undefined;
  ScalableDimension?: string | undefined;
}

const NAME = ['ServiceNamespace', 'ResourceId', 'ScalableDimension'] as const;
const keyOf = ({ ServiceNamespace, ResourceId, ScalableDimension }: Named): string =>
  `${ServiceNamespace}|${ResourceId}|${ScalableDimension}`;

/** Targets, policies and scheduled actions are stored; nothing is scaled, and no alarm is made for a policy. */
export class ApplicationAutoScalingService implements Service {
  readonly name = 'ApplicationAutoScaling';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly context: AccountContext;
  private readonly targets = new Map<string, ScalableTarget>();
  private readonly policies = new Map<string, ScalingPolicy>();
  private readonly actions = new Map<string, ScheduledAction>();

  constructor(context: AccountContext) {
    this.context = context;
    this.operations = {
      RegisterScalableTarget: this.register(),
      DeregisterScalableTarget: this.deregister(),
      DescribeScalableTargets: this.describeTargets(),
      PutScalingPolicy: this.putPolicy(),
      DeleteScalingPolicy: this.deletePolicy(),
      DescribeScalingPolicies: this.describePolicies(),
      PutScheduledAction: this.putAction(),
      DescribeScheduledActions: this.describeActions(),
    };
  }

  /** Everything registered, for whoever looks at what happened. */
  all(): { targets: ScalableTarget[]; policies: ScalingPolicy[]; actions: ScheduledAction[] } {
    return structuredClone({
      targets: [...this.targets.values()],
      policies: [...this.policies.values()],
      actions: [...this.actions.values()],
    });
  }

  private register(): Operation {
    return operation<RegisterScalableTargetCommandInput, RegisterScalableTargetCommandOutput>(
      [...NAME, 'MinCapacity', 'MaxCapacity'],
      (input) => {
        checkName(input);
        const standing = this.targets.get(keyOf(input));
        const MinCapacity = input.MinCapacity ?? standing?.MinCapacity;
        const MaxCapacity = input.MaxCapacity ?? standing?.MaxCapacity;
        if (MinCapacity === undefined || MaxCapacity === undefined) {
          throw invalid('Both MinCapacity and MaxCapacity must be specified when registering a new scalable target');
        }
        if (MinCapacity < 0 || MinCapacity > MaxCapacity) throw invalid('Maximum capacity cannot be less than minimum');
        const { ServiceNamespace, ResourceId, ScalableDimension } = input;
        const ScalableTargetARN = standing?.ScalableTargetARN ?? this.arnOf('scalable-target');
        this.targets.set(keyOf(input), {
          ServiceNamespace,
          ResourceId,
          ScalableDimension,
          MinCapacity,
          MaxCapacity,
          RoleARN: `arn:aws:iam::${this.context.accountId}:role/aws-service-role`,
          CreationTime: standing?.CreationTime ?? new Date(this.context.clock.now()),
          ScalableTargetARN,
        });
        return { ScalableTargetARN };
      },
    );
  }

  private deregister(): Operation {
    return operation<DeregisterScalableTargetCommandInput, DeregisterScalableTargetCommandOutput>(
      [...NAME],
      (input) => {
        const key = keyOf(this.find(input));
        this.targets.delete(key);
        for (const store of [this.policies, this.actions]) {
          for (const [name, each] of store) if (keyOf(each) === key) store.delete(name);
        }
        return {};
      },
    );
  }

  private describeTargets(): Operation {
    return operation<DescribeScalableTargetsCommandInput, DescribeScalableTargetsCommandOutput>(
      ['ServiceNamespace', 'ResourceIds', 'ScalableDimension', 'MaxResults', 'NextToken'],
      (input) => {
        const found = [...this.targets.values()].filter(
          (each) =>
            matches(each, { ...input, ResourceId: undefined }) &&
            (input.ResourceIds === undefined || input.ResourceIds.includes(each.ResourceId!)),
        );
        const page = this.page(found, keyOf, TARGETS_PER_PAGE, input);
        return { ScalableTargets: page.items, NextToken: page.next };
      },
    );
  }

  private putPolicy(): Operation {
    return operation<PutScalingPolicyCommandInput, PutScalingPolicyCommandOutput>(
      [...NAME, 'PolicyName', 'PolicyType', 'TargetTrackingScalingPolicyConfiguration'],
      (input) => {
        this.find(input);
        if (input.PolicyType !== 'TargetTrackingScaling') throw invalid(`policy type ${input.PolicyType} is not kept`);
        checkTracking(input);
        const key = policyKey(input);
        const PolicyARN = this.policies.get(key)?.PolicyARN ?? this.arnOf('scalingPolicy');
        const { ServiceNamespace, ResourceId, ScalableDimension, PolicyName, PolicyType } = input;
        this.policies.set(key, {
          ServiceNamespace,
          ResourceId,
          ScalableDimension,
          PolicyName,
          PolicyType,
          PolicyARN,
          TargetTrackingScalingPolicyConfiguration: structuredClone(input.TargetTrackingScalingPolicyConfiguration),
          CreationTime: new Date(this.context.clock.now()),
        });
        return { PolicyARN, Alarms: [] };
      },
    );
  }

  private deletePolicy(): Operation {
    return operation<DeleteScalingPolicyCommandInput, DeleteScalingPolicyCommandOutput>(
      [...NAME, 'PolicyName'],
      (input) => {
        if (!this.policies.delete(policyKey(input))) throw notFound(`No scaling policy found for ${keyOf(input)}`);
        return {};
      },
    );
  }

  private describePolicies(): Operation {
    return operation<DescribeScalingPoliciesCommandInput, DescribeScalingPoliciesCommandOutput>(
      [...NAME, 'PolicyNames', 'MaxResults', 'NextToken'],
      (input) => {
        const found = [...this.policies.values()].filter(
          (each) =>
            matches(each, input) && (input.PolicyNames === undefined || input.PolicyNames.includes(each.PolicyName!)),
        );
        const page = this.page(found, policyKey, POLICIES_PER_PAGE, input);
        return { ScalingPolicies: page.items, NextToken: page.next };
      },
    );
  }

  private putAction(): Operation {
    return operation<PutScheduledActionCommandInput, PutScheduledActionCommandOutput>(
      [...NAME, 'ScheduledActionName', 'Schedule', 'Timezone', 'ScalableTargetAction'],
      (input) => {
        this.find(input);
        if (!/^(cron|rate|at)\(.+\)$/.test(input.Schedule ?? '')) throw invalid(`Invalid schedule ${input.Schedule}`);
        const { ServiceNamespace, ResourceId, ScalableDimension, ScheduledActionName, Schedule, Timezone } = input;
        this.actions.set(`${keyOf(input)}|${ScheduledActionName}`, {
          ServiceNamespace,
          ResourceId,
          ScalableDimension,
          ScheduledActionName,
          Schedule,
          Timezone,
          ScalableTargetAction: structuredClone(input.ScalableTargetAction),
          ScheduledActionARN: this.arnOf('scheduledAction'),
          CreationTime: new Date(this.context.clock.now()),
        });
        return {};
      },
    );
  }

  private describeActions(): Operation {
    return operation<DescribeScheduledActionsCommandInput, DescribeScheduledActionsCommandOutput>(
      [...NAME],
      (input) => ({
        ScheduledActions: [...this.actions.values()].filter((each) => matches(each, input)),
      }),
    );
  }

  private find(input: Named): ScalableTarget {
    const target = this.targets.get(keyOf(input));
    if (!target) throw notFound(`No scalable target registered for ${keyOf(input)}`);
    return target;
  }

  private page<Each>(
    found: readonly Each[],
    key: (each: Each) => string,
    most: number,
    { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
  ) {
    const page = cutPage(sortByKey(found, key), key, Math.min(MaxResults ?? most, most), NextToken);
    if (!page) throw invalid('Invalid NextToken');
    return { items: structuredClone(page.items), next: page.next };
  }

  private arnOf(kind: string): string {
    return arn(this.context, 'autoscaling', `${kind}:${this.context.ids.uuid()}`);
  }
}

const policyKey = (input: Named & { PolicyName?: string | undefined }): string => `${keyOf(input)}|${input.PolicyName}`;

function matches(each: Named, wanted: Named): boolean {
  return NAME.every((name) => wanted[name] === undefined || each[name] === wanted[name]);
}

function checkName({ ServiceNamespace, ResourceId, ScalableDimension = '' }: Named): void {
  const resource = RESOURCE_OF[ScalableDimension];
  if (resource === undefined || !ScalableDimension.startsWith(`${ServiceNamespace}:`)) {
    throw invalid(`Unsupported service namespace or dimension ${ServiceNamespace}, ${ScalableDimension}`);
  }
  if (!resource.test(ResourceId ?? '')) throw invalid(`Unsupported resource ${ResourceId}`);
}

/** DynamoDB's utilization is tracked between 20 and 90 %, provisioned concurrency's between 0.1 and 0.9. */
function checkTracking({ ServiceNamespace, ...input }: PutScalingPolicyCommandInput): void {
  const configuration = input.TargetTrackingScalingPolicyConfiguration;
  const target = configuration?.TargetValue ?? Number.NaN;
  const [least, most] = ServiceNamespace === 'lambda' ? [0.1, 0.9] : [20, 90];
  if (!(target >= least && target <= most)) throw invalid(`TargetValue must be between ${least} and ${most}`);
  const specifications = [configuration?.PredefinedMetricSpecification, configuration?.CustomizedMetricSpecification];
  if (specifications.filter((each) => each !== undefined).length !== 1) {
    throw invalid('Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified');
  }
}

const badRequest = { $metadata: { httpStatusCode: 400 } };
const invalid = (message: string): Error => new ValidationException({ message, ...badRequest });
const notFound = (message: string): Error => new ObjectNotFoundException({ message, ...badRequest });
