import { resourcesOfType, type Template } from './template.ts';

/** Something that AWS does in a role's name without anybody calling: deliver an event, poll a stream, run a map. */
export interface Delivery {
  /** The resource that brings it about. */
  readonly what: string;
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
}

interface Target {
  Arn: string;
  RoleArn?: string;
  DeadLetterConfig?: { Arn: string };
}

type Resolve = (value: unknown) => unknown;

/** Everything that AWS will do in the name of the template's roles, as far as the template itself says so. */
export function deliveriesIn(template: Template, resolve: Resolve): Delivery[] {
  return [
    ...schedulesIn(template, resolve),
    ...rulesIn(template, resolve),
    ...streamsIn(template, resolve),
    ...mapsIn(template, resolve),
  ];
}

/** EventBridge Scheduler also sends what it could not deliver in its role's name. */
function schedulesIn(template: Template, resolve: Resolve): Delivery[] {
  return propertiesOf<{ Target: Target }>(template, 'AWS::Scheduler::Schedule', resolve).flatMap(
    ({ id, Target: target }) => {
      const { RoleArn: roleArn = '', DeadLetterConfig: deadLetters } = target;
      const lost = deadLetters && { what: id, roleArn, action: 'sqs:SendMessage', resource: deadLetters.Arn };
      return [toTarget(id, target), ...(lost ? [lost] : [])];
    },
  );
}

/** Targets without a role are reached by the target's own policy. */
function rulesIn(template: Template, resolve: Resolve): Delivery[] {
  return propertiesOf<{ Targets?: Target[] }>(template, 'AWS::Events::Rule', resolve).flatMap(({ id, Targets = [] }) =>
    Targets.filter(({ RoleArn }) => RoleArn !== undefined).map((target) => toTarget(id, target)),
  );
}

const TARGET_ACTIONS: Readonly<Record<string, string>> = {
  'states:stateMachine': 'states:StartExecution',
  'lambda:function': 'lambda:InvokeFunction',
  'events:api-destination': 'events:InvokeApiDestination',
};

function toTarget(what: string, { Arn: resource, RoleArn: roleArn = '' }: Target): Delivery {
  const [, , service, , , rest = ''] = resource.split(':');
  const action = TARGET_ACTIONS[`${service}:${rest.split('/')[0]}`];
  if (action === undefined) throw new Error(`the embedded deployment does not know what delivers to ${resource}`);
  return { what, roleArn, action, resource };
}

const POLLING = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

/** Lambda polls in the consuming function's name, and hands on what it gave up in the same. */
function streamsIn(template: Template, resolve: Resolve): Delivery[] {
  interface Mapping {
    EventSourceArn: string;
    FunctionName: string;
    DestinationConfig?: { OnFailure?: { Destination: string } };
  }
  const functions = propertiesOf<{ Role: string }>(template, 'AWS::Lambda::Function', resolve);
  return propertiesOf<Mapping>(template, 'AWS::Lambda::EventSourceMapping', resolve).flatMap((mapping) => {
    const consumer = functions.find(({ id }) => resolve({ Ref: id }) === mapping.FunctionName);
    const delivery = { what: mapping.id, roleArn: consumer?.Role ?? '' };
    const lost = mapping.DestinationConfig?.OnFailure?.Destination;
    return [
      ...POLLING.map((action) => ({ ...delivery, action, resource: mapping.EventSourceArn })),
      ...(lost === undefined ? [] : [{ ...delivery, action: 'sqs:SendMessage', resource: lost }]),
    ];
  });
}

/**
 * A Distributed Map starts its children as executions of its own state machine.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
function mapsIn(template: Template, resolve: Resolve): Delivery[] {
  interface Machine {
    RoleArn: string;
    DefinitionString: string;
  }
  return propertiesOf<Machine>(template, 'AWS::StepFunctions::StateMachine', resolve)
    .filter(({ DefinitionString }) => /"Mode":\s*"DISTRIBUTED"/.test(DefinitionString))
    .map(({ id, RoleArn: roleArn }) => {
      const resource = String(resolve({ Ref: id }));
      return { what: id, roleArn, action: 'states:StartExecution', resource };
    });
}

function propertiesOf<Properties>(template: Template, type: string, resolve: Resolve): (Properties & { id: string })[] {
  return resourcesOfType(template, type).map(([id, { Properties: properties }]) => ({
    ...(resolve(properties) as Properties),
    id,
  }));
}
