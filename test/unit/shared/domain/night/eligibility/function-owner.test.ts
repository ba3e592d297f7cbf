import { functionOwner } from '../../../../../../shared/domain/night/eligibility/function-owner.ts';

const stack = (logicalId: string) => ({
  'aws:cloudformation:stack-name': 'shop',
  'aws:cloudformation:logical-id': logicalId,
});

describe('functionOwner', () => {
  it.each<[string, Record<string, string>, object]>([
    [
      'CDK by the hash of its logical id',
      stack('OrdersHandler7A2F91CD'),
      { tool: 'cdk', stackName: 'shop', logicalId: 'OrdersHandler7A2F91CD' },
    ],
    [
      'CloudFormation by a logical id a person chose',
      stack('OrdersFunction'),
      { tool: 'cloudformation', stackName: 'shop', logicalId: 'OrdersFunction' },
    ],
    [
      'SAM by its own tag',
      { ...stack('OrdersFunction'), 'lambda:createdBy': 'SAM' },
      { tool: 'sam', stackName: 'shop', logicalId: 'OrdersFunction' },
    ],
    ['Terraform by who manages it', { ManagedBy: 'Terraform' }, { tool: 'terraform' }],
    ['OpenTofu as Terraform', { provisioner: 'OpenTofu 1.9' }, { tool: 'terraform' }],
    ['Terraform by a flag', { terraform: 'true' }, { tool: 'terraform' }],
    ['nobody by a flag that says no', { terraform: 'false' }, { tool: 'unknown' }],
    ['nobody without tags', {}, { tool: 'unknown' }],
    ['the team before the owner', { Owner: 'kim', Team: 'checkout' }, { tool: 'unknown', team: 'checkout' }],
  ])('recognises %s', (_what, tags, owner) => {
    expect(functionOwner(tags)).toEqual(owner);
  });
});
