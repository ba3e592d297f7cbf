import { parsePolicy } from '../../../../../sandbox/account/iam/policy-document.ts';
import { Role } from '../../../../../sandbox/account/iam/role.ts';

const role = () =>
  new Role(
    'Task',
    parsePolicy({
      Statement: [
        { Effect: 'Allow', Action: ['lambda:GetFunction', 'lambda:GetAlias'], Resource: ['arn:a', 'arn:b*'] },
        { Effect: 'Deny', Action: 'lambda:GetAlias', Resource: 'arn:bad' },
      ],
    }),
  );
const ask = (of: Role, action: string, resource: string) => of.decide({ action, resource, keys: () => undefined });

it('names what was granted and not needed, one action on one resource each', () => {
  const asked = role();
  ask(asked, 'lambda:GetFunction', 'arn:bee');
  ask(asked, 'LAMBDA:getalias', 'arn:a');
  expect(asked.unused.names()).toEqual(['lambda:GetAlias on arn:b*', 'lambda:GetFunction on arn:a']);
});

it('takes no grant for needed by a request that was refused', () => {
  const asked = role();
  expect(ask(asked, 'lambda:GetAlias', 'arn:bad').allowed).toBe(false);
  expect(ask(asked, 'lambda:GetFunction', 'arn:c').allowed).toBe(false);
  expect(asked.unused.names()).toHaveLength(4);
});
