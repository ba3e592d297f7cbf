import '../../../../support/quiet.ts';
import { DEFAULT_POLICIES, DEFAULT_REMEDIATION_SETTINGS } from '../../../../../shared/domain/remediation/policy.ts';
import { FUNCTION_NAME } from '../../../../support/builders.ts';
import { fakeLambda } from '../../../../support/fake-lambda.ts';

import { ANOTHER_APPROVAL, world } from './remediate-world.ts';

describe('what policy wants asked', () => {
  it('is asked first, and done when approved, once', async () => {
    const here = world();
    const provisioned = {
      kind: 'RaiseProvisionedConcurrency',
      functionName: FUNCTION_NAME,
      qualifier: 'live',
      before: 8,
      after: 10,
    } as const;
    expect(await here.act(provisioned)).toMatchObject({
      acted: false,
      outcome: 'AskFirst',
      reason: expect.stringContaining('on the approval page until 2026-11-24'),
    });
    expect(here.live.provisioned).toBe(8);
    await here.act(provisioned);
    expect(here.mails).toEqual([expect.stringMatching(/https:\/\/page\/runs\/[\w-]{43}\n/)]);
    expect(await here.request('approve')).toMatchObject({ acted: true, outcome: 'Acted' });
    expect(here.live.provisioned).toBe(10);
    expect(await here.request('approve', 'event-1', ANOTHER_APPROVAL)).toMatchObject({
      acted: false,
      outcome: 'Duplicate',
      reason: 'it is acted already',
    });
  });

  describe('that was approved', () => {
    const asking = (lambda = fakeLambda()) => {
      const policies = { ...DEFAULT_POLICIES, RaiseMemory: { ...DEFAULT_POLICIES.RaiseMemory, mode: 'ask' as const } };
      return world(lambda, { settings: { ...DEFAULT_REMEDIATION_SETTINGS, policies } });
    };
    const busyAtFirst = async () => {
      const here = asking();
      await here.act();
      Object.assign(here.lambda.live!, { lastUpdateStatus: 'InProgress' });
      await expect(here.request('approve')).rejects.toMatchObject({ name: 'UpdateInProgress' });
      Object.assign(here.lambda.live!, { lastUpdateStatus: 'Successful' });
      return here;
    };

    it('is done by another try of the execution that had to wait for a deployment', async () => {
      const here = await busyAtFirst();
      expect(await here.request('approve')).toMatchObject({ acted: true, outcome: 'Acted' });
      expect(here.lambda.live?.memorySizeMb).toBe(1_536);
    });

    it('is left to that execution by every other one', async () => {
      const here = await busyAtFirst();
      expect(await here.request('approve', 'event-1', ANOTHER_APPROVAL)).toMatchObject({
        outcome: 'Duplicate',
        reason: 'it is acting already',
      });
      expect(here.lambda.writes).toEqual([]);
    });

    it('says the same again when the answer of a try was lost', async () => {
      const here = asking();
      await here.act();
      const first = await here.request('approve');
      expect(await here.request('approve')).toEqual(first);
      expect(here.lambda.writes).toHaveLength(1);
    });

    it('stays refused for what refused it', async () => {
      const here = asking();
      await here.act();
      Object.assign(here.lambda.live!, { memorySizeMb: 2_048 });
      const first = await here.request('approve');
      expect(first).toMatchObject({ acted: false, outcome: 'Refused' });
      expect(await here.request('approve')).toEqual(first);
    });
  });
});
