import { decideWrite } from '../../../../../shared/domain/remediation/decide-write.ts';
import { liveFunction } from '../../../../support/builders.ts';

const from = { memorySizeMb: 1_024, timeoutSeconds: 30 };
const to = { memorySizeMb: 1_536, timeoutSeconds: 30 };
const decide = (live: Parameters<typeof liveFunction>[0]) => decideWrite({ from, to }, liveFunction(live));

describe('decideWrite', () => {
  it('writes to an active function that still is as it was found', () => {
    expect(decide({})).toEqual({ action: 'write' });
  });

  it('has nothing to write where the wanted size is live', () => {
    expect(decide(to)).toEqual({ action: 'none' });
  });

  it('waits for another update to end, whatever it is about', () => {
    expect(decide({ ...to, lastUpdateStatus: 'InProgress' })).toEqual({
      action: 'wait',
      reason: 'another update of the function is in progress',
    });
  });

  it.each([
    ['memory', { memorySizeMb: 512 }, '512 MB and 30 s'],
    ['timeout', { timeoutSeconds: 60 }, '1024 MB and 60 s'],
  ])('takes another %s for somebody’s change', (_, live, has) => {
    expect(decide(live)).toEqual({
      action: 'refuse',
      reason: `somebody changed the function since: it has ${has}, 1024 MB and 30 s was expected`,
    });
  });

  it('refuses a function that was deleted, or is not active', () => {
    expect(decideWrite({ from, to }, undefined)).toEqual({
      action: 'refuse',
      reason: 'the function was deleted since',
    });
    expect(decide({ state: 'Inactive' })).toEqual({
      action: 'refuse',
      reason: 'the function’s state is Inactive, it must be Active',
    });
  });
});
