import { writesAsSomebodyElse } from '../../../../bench/faults/invariants/places.ts';
import type { Visit } from '../../../../bench/faults/seam/visit.ts';
import type { Effect } from '../../../../bench/faults/world/effect-log.ts';
import type { Evidence } from '../../../../bench/faults/world/evidence.ts';

const HOME = 'pay';
const ABROAD = 'arn:aws:lambda:us-west-2:333333333333:function:pay';

interface Who {
  accountId?: string;
  region?: string;
  purpose?: string;
  of?: string;
}

function visit(who: Who): Visit {
  const { accountId = '333333333333', region = 'us-west-2', purpose = 'apply-change', of = region } = who;
  const roleArn = `arn:aws:iam::${accountId}:role/Rightsizer-${of}-spoke-${purpose}`;
  return { accountId, region, roleArn, expiresMs: 0 };
}

function told(functionName: string, by?: Visit): string[] {
  const call = 'Lambda.UpdateFunctionConfiguration';
  const input = { FunctionName: functionName };
  const effect: Effect = { atMs: 0, task: 'apply-change', runId: 'run', call, input, ...(by && { visit: by }) };
  return writesAsSomebodyElse({ effects: [effect] } as unknown as Evidence);
}

describe('the rule that writes are made as who they should be', () => {
  it('is content with the hub at home, and with the place’s role of the task abroad', () => {
    expect([told(HOME), told(ABROAD, visit({}))]).toEqual([[], []]);
  });

  it.each([
    ['by the hub itself in another account', ABROAD, undefined],
    ['at home as a role of another account', HOME, visit({})],
    ['as another account’s role', ABROAD, visit({ accountId: '222222222222' })],
    ['in another region', ABROAD, visit({ region: 'us-east-1' })],
    ['as another region’s role', ABROAD, visit({ of: 'us-east-1' })],
    ['as another task’s role', ABROAD, visit({ purpose: 'roll-back-change' })],
  ])('tells of a write %s', (_, functionName, by) => {
    expect(told(functionName, by)).toHaveLength(1);
  });
});
