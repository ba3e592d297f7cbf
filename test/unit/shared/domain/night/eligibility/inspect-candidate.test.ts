import { inspectCandidate } from '../../../../../../shared/domain/night/eligibility/inspect-candidate.ts';
import { assessment, liveFunction } from '../../../../../support/builders.ts';

const inspect = (live: ReturnType<typeof liveFunction> | undefined, unqualifiedShare: number | undefined = 1) =>
  inspectCandidate({ assessment: assessment(), live, unqualifiedShare });

describe('inspectCandidate', () => {
  it('lets a function pass that is as it was assessed and called without a qualifier', () => {
    expect(inspect(liveFunction())).toBeUndefined();
  });

  it.each([
    ['NotActive', liveFunction({ state: 'Inactive' }), 1],
    ['UpdateInProgress', liveFunction({ lastUpdateStatus: 'InProgress' }), 1],
    ['ReservedConcurrencyZero', liveFunction({ reservedConcurrentExecutions: 0 }), 1],
    ['Changed', liveFunction({ memorySizeMb: 2048 }), 1],
    ['Changed', liveFunction({ codeSha256: 'code-2' }), 1],
    ['Changed', liveFunction({ timeoutSeconds: 31 }), 1],
    ['Changed', undefined, 1],
    ['AliasPinned', liveFunction(), 0.2],
    ['AliasPinned', liveFunction(), 0],
  ])('refuses with %s', (reason, live, share) => {
    expect(inspect(live, share)).toMatchObject({ reason, message: expect.stringMatching(/\w/) });
  });

  it('says how much of the traffic is pinned, and lets five percent pass', () => {
    expect(inspect(liveFunction(), 0.94)?.message).toMatch(/^6 % of its traffic calls an alias/);
    expect(inspect(liveFunction(), 0.95)).toBeUndefined();
  });

  it('does not take reserved concurrency above zero for a switch', () => {
    expect(inspect(liveFunction({ reservedConcurrentExecutions: 5 }))).toBeUndefined();
  });

  it('lets a function without any invocation pass, since nothing says that aliases are called', () => {
    expect(
      inspectCandidate({ assessment: assessment(), live: liveFunction(), unqualifiedShare: undefined }),
    ).toBeUndefined();
  });
});
