import type { AccessRequest } from '../../../../sandbox/account/iam/access-request.ts';
import { resolveIntrinsics } from '../../../../sandbox/deployment/resolve-intrinsics.ts';
import { rolesOf } from '../../../../sandbox/deployment/roles.ts';
import type { DeployedResource, PseudoParameters, Template } from '../../../../sandbox/deployment/template.ts';

const deployed = new Map<string, DeployedResource>([
  ['Task', { ref: 'stack-Task', attributes: { Arn: 'arn:role/stack-Task' } }],
  ['Other', { ref: 'stack-Other', attributes: { Arn: 'arn:role/stack-Other' } }],
  ['Topic', { ref: 'arn:topic', attributes: {} }],
]);
const resolve = (value: unknown) => resolveIntrinsics(value, deployed, {} as PseudoParameters);

const allowing = (Action: string) => ({
  Statement: [{ Effect: 'Allow', Action, Resource: { Ref: 'Topic' } }],
});
const attached = (Type: string, action: string, ...roles: string[]) => ({
  Type,
  Properties: { PolicyDocument: allowing(action), Roles: roles.map((Ref) => ({ Ref })) },
});

const rolesIn = (Resources: Template['Resources']) => rolesOf({ Resources }, resolve);
const asking = (action: string): AccessRequest => ({ action, resource: 'arn:topic', keys: () => undefined });

it('gathers what every policy of a role allows: its own, attached and managed ones', () => {
  const roles = rolesIn({
    Task: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: allowing('sns:Subscribe') }] } },
    Other: { Type: 'AWS::IAM::Role' },
    Default: attached('AWS::IAM::Policy', 'sns:Publish', 'Task'),
    Overflow: attached('AWS::IAM::ManagedPolicy', 'sns:GetTopicAttributes', 'Other', 'Task'),
  });
  const actions = ['sns:Subscribe', 'sns:Publish', 'sns:GetTopicAttributes'];
  const allowed = (arn: string) => actions.filter((action) => roles.get(arn)!.decide(asking(action)).allowed);
  expect(allowed('arn:role/stack-Task')).toEqual(actions);
  expect(allowed('arn:role/stack-Other')).toEqual(['sns:GetTopicAttributes']);
});

it.each(['ManagedPolicyArns', 'PermissionsBoundary'])('refuses a role whose %s would go unread', (name) => {
  expect(() =>
    rolesIn({ Task: { Type: 'AWS::IAM::Role', Properties: { [name]: 'arn:aws:iam::aws:policy/X' } } }),
  ).toThrow(new RegExp(`${name} \\(Task\\)`));
});
