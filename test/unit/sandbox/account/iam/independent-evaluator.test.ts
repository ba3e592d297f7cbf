import { runSimulation } from '@cloud-copilot/iam-simulate';
import * as fc from 'fast-check';
import { parsePolicy } from '../../../../../sandbox/account/iam/policy-document.ts';
import { Role } from '../../../../../sandbox/account/iam/role.ts';
import { type IamCase, iamCase } from '../../../../support/iam-cases.ts';

/**
 * Our reading of IAM beside one that nobody here wrote. `@cloud-copilot/iam-simulate` is AGPL: it runs in this test and
 * ships with nothing (docs/adr/0015-iam-in-the-embedded-account.md).
 */
const ACCOUNT_ID = '123456789012';

function decideHere({ statements, action, resource, keys }: IamCase): boolean {
  const role = new Role('Task', parsePolicy({ Statement: statements }));
  const values = new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
  return role.decide({ action, resource, keys: (key) => values.get(key.toLowerCase()) }).allowed;
}

async function decideThere({ statements, action, resource, keys }: IamCase): Promise<boolean> {
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT_ID}:role/Task`,
        action,
        resource: { resource, accountId: ACCOUNT_ID },
        contextVariables: { ...keys },
      },
      identityPolicies: [{ name: 'policy', policy: { Version: '2012-10-17', Statement: statements } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (answer.resultType !== 'single') throw new Error(`no single answer: ${JSON.stringify(answer)}`);
  if (answer.result.ignoredContextKeys?.length) throw new Error(`keys ignored: ${answer.result.ignoredContextKeys}`);
  return answer.overallResult === 'Allowed';
}

it('decides policies as an evaluator of another origin does', async () => {
  const decided = { allowed: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(iamCase, async (each) => {
      const here = decideHere(each);
      decided[here ? 'allowed' : 'refused'] += 1;
      expect(here).toBe(await decideThere(each));
    }),
    { numRuns: 1_000, seed: 1 },
  );
  // Policies that refuse everything, or nothing, would agree whatever the evaluators do.
  expect(decided.allowed).toBeGreaterThan(100);
  expect(decided.refused).toBeGreaterThan(100);
});
