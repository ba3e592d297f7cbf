import { decideApplication, decideRollback } from '../../../../../../shared/domain/night/change/decide-application.ts';
import { change, liveFunction } from '../../../../../support/builders.ts';

const approved = change({ status: 'applying' });

describe('decideApplication', () => {
  it('writes where the function still is what was approved', () => {
    expect(decideApplication(approved, liveFunction())).toEqual({ action: 'write' });
  });

  it('has nothing to do where an earlier try already wrote the change', () => {
    expect(decideApplication(approved, liveFunction({ memorySizeMb: 512 }))).toEqual({ action: 'none' });
  });

  it.each([
    ['a function that was deleted', undefined, /deleted/],
    ['a function whose memory somebody changed', liveFunction({ memorySizeMb: 768 }), /768 MB.*change from 1024 MB/],
    ['a function whose timeout somebody changed', liveFunction({ timeoutSeconds: 60 }), /60 s/],
    ['a function with new code', liveFunction({ codeSha256: 'code-2' }), /deployed anew/],
    ['a function that is not active', liveFunction({ state: 'Inactive' }), /Inactive/],
    ['a function that is switched off', liveFunction({ reservedConcurrentExecutions: 0 }), /reserved concurrency 0/],
  ])('refuses %s', (_, live, reason) => {
    const decided = decideApplication(approved, live);
    expect(decided.action).toBe('refuse');
    expect((decided as { reason: string }).reason).toMatch(reason);
  });

  it('waits while somebody else’s update is in progress, whatever the sizes are', () => {
    expect(decideApplication(approved, liveFunction({ lastUpdateStatus: 'InProgress', memorySizeMb: 768 }))).toEqual({
      action: 'wait',
      reason: 'another update of the function is in progress',
    });
  });
});

describe('decideRollback', () => {
  it('writes over what the change wrote, even when code was deployed since', () => {
    expect(decideRollback(approved, liveFunction({ memorySizeMb: 512, codeSha256: 'code-2' }))).toEqual({
      action: 'write',
    });
  });

  it('has nothing to do where the former configuration is back already', () => {
    expect(decideRollback(approved, liveFunction())).toEqual({ action: 'none' });
  });

  it('waits for another update to end, and refuses a function that was deleted', () => {
    const updating = liveFunction({ ...approved.after, lastUpdateStatus: 'InProgress' });
    expect(decideRollback(approved, updating)).toEqual({
      action: 'wait',
      reason: 'another update of the function is in progress',
    });
    expect(decideRollback(approved, undefined)).toEqual({ action: 'refuse', reason: 'the function was deleted since' });
  });

  it('refuses a configuration that is neither the former nor ours', () => {
    expect(decideRollback(approved, liveFunction({ memorySizeMb: 640 }))).toEqual({
      action: 'refuse',
      reason: expect.stringContaining('somebody changed the function since'),
    });
  });
});
