import { resourcesOf, type Template } from './template.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

/** What a permission lets the stack do to what others own, in words; in the order in which people should read it. */
const CHANGES: readonly { actions: readonly string[]; says: string }[] = [
  { actions: ['lambda:UpdateFunctionConfiguration'], says: 'memory size and timeout of functions' },
  {
    actions: ['lambda:PublishVersion', 'lambda:UpdateAlias'],
    says: 'where traffic goes through an alias: a new version of the same code, and its share',
  },
  {
    actions: ['lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency'],
    says: 'reserved concurrency of functions',
  },
  {
    actions: ['lambda:PutProvisionedConcurrencyConfig', 'lambda:DeleteProvisionedConcurrencyConfig'],
    says: 'provisioned concurrency of aliases',
  },
  { actions: ['dynamodb:UpdateTable'], says: 'provisioned capacity of tables' },
  {
    actions: [
      'application-autoscaling:DeleteScalingPolicy',
      'application-autoscaling:DeregisterScalableTarget',
      'application-autoscaling:PutScalingPolicy',
      'application-autoscaling:RegisterScalableTarget',
    ],
    says: 'scaling of tables and aliases',
  },
  {
    actions: [
      'scheduler:CreateSchedule',
      'scheduler:UpdateSchedule',
      'scheduler:DeleteSchedule',
      'lambda:InvokeFunction',
    ],
    says: 'calls that keep functions warm, on schedules of its own',
  },
  {
    actions: ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
    says: 'alarms of its own, on functions, tables and queues',
  },
];

/** Writes that change nothing anybody owns: telemetry, queries, its own executions and events. */
const HARMLESS = [
  /^xray:Put/,
  /^logs:(Start|Stop)Query$/,
  /^logs:(Create|Update|Delete)LogDelivery$/,
  /^logs:PutResourcePolicy$/,
  /^events:PutEvents$/,
  /^states:/,
  /^iam:CreateServiceLinkedRole$/,
];
const READS = /^[\w-]+:(Get|List|Describe|Query|BatchGet|Head|Scan|Filter)/;

/**
 * What the template's policies allow the stack to change outside itself, a line each. A permission that nobody has put
 * into words yet is named as it is: none stays unsaid.
 */
export function changesInWords(template: Template): string[] {
  const actions = new Set(foreignWrites(template));
  const said = CHANGES.filter((change) => change.actions.some((action) => actions.delete(action)));
  for (const { actions: known } of said) for (const action of known) actions.delete(action);
  return [...said.map(({ says }) => says), ...[...actions].toSorted()];
}

function foreignWrites(template: Template): string[] {
  const statements = resourcesOf(template, 'AWS::IAM::Policy').flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement as Statement[],
  );
  return statements
    .filter(({ Effect, Resource }) => Effect === 'Allow' && !isOwn(Resource, template))
    .flatMap(({ Action }) => Action)
    .filter((action) => !READS.test(action) && !HARMLESS.some((pattern) => pattern.test(action)));
}

/** A resource of the stack is named by a reference to it; anything else may be somebody else's. */
function isOwn(resource: unknown, { Resources }: Template): boolean {
  const all = Array.isArray(resource) ? resource : [resource];
  const named = (text: string) => [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"(\w+)"/g)].map(([, id = '']) => id);
  return all.every((each) => named(JSON.stringify(each)).some((id) => id in Resources));
}
