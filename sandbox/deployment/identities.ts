import { resolveIntrinsics } from './resolve-intrinsics.ts';
import type { DeployedResource, PseudoParameters, Template, TemplateResource } from './template.ts';

/** Physical names are made of the stack's and the logical id, so that the same template always gets the same ones. */
export interface Naming {
  pseudo: PseudoParameters;
  /** What HTTP APIs answer as their endpoint. */
  apiEndpoint: string;
}

type Identify = (logicalId: string, naming: Naming, resource: TemplateResource) => DeployedResource;

const LAMBDA_NAME_MAX_CHARS = 64;
const BUCKET_NAME_MAX_CHARS = 63;

const physicalName = (logicalId: string, { pseudo }: Naming): string => `${pseudo['AWS::StackName']}-${logicalId}`;

function arn({ pseudo }: Naming, service: string, resource: string): string {
  return `arn:aws:${service}:${pseudo['AWS::Region']}:${pseudo['AWS::AccountId']}:${resource}`;
}

const named =
  (service: string, resource: (name: string) => string): Identify =>
  (logicalId, naming) => {
    const name = physicalName(logicalId, naming);
    return { ref: name, attributes: { Arn: arn(naming, service, resource(name)) } };
  };

/** Ref and attributes by type; a type that is not here is refused, so that nothing is ignored in silence. */
const IDENTITIES: Record<string, Identify> = {
  'AWS::Lambda::Function': (logicalId, naming) => {
    const name = physicalName(logicalId, naming).slice(-LAMBDA_NAME_MAX_CHARS).replace(/^-/, '');
    return { ref: name, attributes: { Arn: arn(naming, 'lambda', `function:${name}`) } };
  },
  'AWS::DynamoDB::Table': (logicalId, naming) => {
    const name = physicalName(logicalId, naming);
    const tableArn = arn(naming, 'dynamodb', `table/${name}`);
    return { ref: name, attributes: { Arn: tableArn, StreamArn: `${tableArn}/stream/2026-01-01T00:00:00.000` } };
  },
  'AWS::S3::Bucket': (logicalId, naming) => {
    const name = physicalName(logicalId, naming).toLowerCase().slice(-BUCKET_NAME_MAX_CHARS).replace(/^-/, '');
    return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } };
  },
  'AWS::SNS::Topic': (logicalId, naming) => {
    const name = physicalName(logicalId, naming);
    const topicArn = arn(naming, 'sns', name);
    return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
  },
  'AWS::StepFunctions::StateMachine': (logicalId, naming) => {
    const name = physicalName(logicalId, naming);
    const stateMachineArn = arn(naming, 'states', `stateMachine:${name}`);
    return { ref: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name } };
  },
  'AWS::SQS::Queue': (logicalId, naming) => {
    const name = physicalName(logicalId, naming);
    return { ref: `https://sqs.sandbox/${name}`, attributes: { Arn: arn(naming, 'sqs', name), QueueName: name } };
  },
  'AWS::ApiGatewayV2::Api': (logicalId, naming) => ({
    ref: logicalId,
    attributes: { ApiEndpoint: naming.apiEndpoint },
  }),
  'AWS::IAM::Role': (logicalId, naming, { Properties: properties }) => {
    const given = properties?.['RoleName'];
    // A name that others go by is made of nothing but the stack's whereabouts.
    const name =
      given === undefined
        ? physicalName(logicalId, naming)
        : String(resolveIntrinsics(given, new Map(), naming.pseudo));
    return { ref: name, attributes: { Arn: `arn:aws:iam::${naming.pseudo['AWS::AccountId']}:role/${name}` } };
  },
  'AWS::Logs::LogGroup': named('logs', (name) => `log-group:${name}`),
  'AWS::CloudWatch::Alarm': named('cloudwatch', (name) => `alarm:${name}`),
  'AWS::Events::ApiDestination': named('events', (name) => `api-destination/${name}`),
  'AWS::Events::Connection': named('events', (name) => `connection/${name}`),
  'AWS::Events::Rule': named('events', (name) => `rule/${name}`),
  'AWS::Scheduler::Schedule': named('scheduler', (name) => `schedule/default/${name}`),
  'AWS::Scheduler::ScheduleGroup': named('scheduler', (name) => `schedule-group/${name}`),
};

/** Types that have a part in a deployment but nothing that answers to Ref in it and nothing to run. */
const SCENERY = [
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Dashboard',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
];

/**
 * Names every resource of a template before any is made, since they refer to each other in circles. Of a stack that is
 * deployed already, `former` says which versions of its functions stand.
 */
export function identifyResources(
  template: Template,
  naming: Naming,
  former: ReadonlyMap<string, DeployedResource> = new Map(),
): Map<string, DeployedResource> {
  const deployed = new Map<string, DeployedResource>();
  const versions: [string, TemplateResource][] = [];
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    if (resource.Type === 'AWS::Lambda::Version') versions.push([logicalId, resource]);
    else deployed.set(logicalId, identify(logicalId, resource, naming));
  }
  for (const [logicalId, resource] of versions)
    deployed.set(logicalId, former.get(logicalId) ?? identifyVersion(logicalId, resource, deployed, former));
  return deployed;
}

function identify(logicalId: string, resource: TemplateResource, naming: Naming): DeployedResource {
  const known = IDENTITIES[resource.Type];
  if (known) return known(logicalId, naming, resource);
  if (SCENERY.includes(resource.Type)) return { ref: physicalName(logicalId, naming), attributes: {} };
  throw new Error(`the embedded deployment does not know ${resource.Type} (${logicalId})`);
}

/** The function's next version: a template names a version anew whenever the function changed. */
function identifyVersion(
  logicalId: string,
  resource: TemplateResource,
  deployed: Map<string, DeployedResource>,
  former: ReadonlyMap<string, DeployedResource>,
): DeployedResource {
  const { FunctionName: reference } = resource.Properties as { FunctionName: { Ref: string } };
  const functionArn = deployed.get(reference.Ref)?.attributes['Arn'];
  if (functionArn === undefined)
    throw new Error(`${logicalId} is a version of ${reference.Ref}, which is not deployed`);
  const versions = [...former.values()].filter(({ ref }) => ref.startsWith(`${functionArn}:`));
  const version = String(1 + Math.max(0, ...versions.map(({ attributes }) => Number(attributes['Version']))));
  return {
    ref: `${functionArn}:${version}`,
    attributes: { Version: version, FunctionArn: `${functionArn}:${version}` },
  };
}
