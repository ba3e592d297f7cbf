import {
  changeReason,
  keepReason,
  type ProposedChange,
} from '../../../../../../shared/domain/night/recommendation/reason.ts';
import type {
  Candidate,
  Observation,
  RecommendationRequest,
} from '../../../../../../shared/domain/night/recommendation/types.ts';

const seen: Observation = { memorySizeMb: 2048, invocations: 10_000, meanDurationMs: 200, maxMemoryUsedMb: 190 };

function request(overrides: Partial<RecommendationRequest> = {}): RecommendationRequest {
  return {
    ...{ id: 'a', functionName: 'orders', architecture: 'arm64', timeoutSeconds: 30, strategy: 'cost' },
    ...{ currentMemorySizeMb: 2048, observations: [seen], ...overrides },
  };
}

/** A step to a size, and how much longer (1 = the same) calls take there. */
const step = (
  memorySizeMb: number,
  relativeDuration: number,
  overrides: Partial<ProposedChange> = {},
): ProposedChange => ({
  predicted: {
    ...{ memorySizeMb, relativeDuration, relativeCost: (relativeDuration * memorySizeMb) / 2048, observed: false },
    ...{ meanDurationMs: 200 * relativeDuration, costUsdPerMillion: 5 },
    ...{ meanDurationLowerMs: 190 * relativeDuration, meanDurationUpperMs: 210 * relativeDuration },
  } as Candidate,
  ...{ expectedGain: 0, nights: 5, ...overrides },
});

describe('why a change is proposed', () => {
  it.each([
    ['waits', 1024, 1.05, 'it mostly waits, so less memory hardly slows it'],
    ['computes', 1024, 1.9, 'it mostly computes, so less memory slows it'],
    ['does both', 1024, 1.3, 'part of its time is computing, the rest waiting, so less memory slows it a little'],
    ['computes, and gets more', 4096, 0.55, 'it mostly computes, so more memory speeds it up'],
    ['waits, and gets more', 4096, 0.99, 'it mostly waits, so more memory hardly speeds it up'],
  ])('says what the time goes into where a function %s', (_, memorySizeMb, relativeDuration, words) => {
    expect(changeReason(request(), step(memorySizeMb, relativeDuration))).toMatch(new RegExp(`^${words};`));
  });

  it('believes measured CPU time more than the step', () => {
    const measured = request({ observations: [{ ...seen, cpuTimeMs: 180 }] });
    expect(changeReason(measured, step(1024, 1.05))).toMatch(/^it mostly computes/);
  });

  it('says what memory is used for, and that it is not known where it is not', () => {
    expect(changeReason(request(), step(1024, 1))).toContain('it used at most 190 of 2048 MB');
    const { maxMemoryUsedMb: _, ...unseen } = seen;
    expect(changeReason(request({ observations: [unseen] }), step(4096, 0.5))).toContain(
      'how much memory it uses is not known',
    );
    expect(changeReason(request({ outOfMemoryCount: 3 }), step(4096, 0.5))).toContain('3 calls ran out of its 2048 MB');
  });

  it('says what the last step did, unless other code ran then', () => {
    const before = { ...seen, memorySizeMb: 3008, meanDurationMs: 180 };
    const walked = request({ observations: [before, seen] });
    expect(changeReason(walked, step(1024, 1))).toContain('at 3008 MB it took 180 ms, at 2048 MB 200 ms');
    const deployed = request({
      observations: [
        { ...before, codeSha256: 'old' },
        { ...seen, codeSha256: 'new' },
      ],
    });
    expect(changeReason(deployed, step(1024, 1))).not.toContain('3008');
  });

  it('says what has been tried, and what is only expected', () => {
    expect(changeReason(request(), step(1024, 1))).toContain(
      'not tried at 1024 MB yet, a call is expected to take 190 ms to 210 ms',
    );
    const known = step(1024, 1);
    const observed = { ...known, predicted: { ...known.predicted, observed: true } };
    expect(changeReason(request(), observed)).toContain('it has run at 1024 MB before');
  });

  it('says in dollars what a step is expected to lead to, where traffic is known', () => {
    const toSavings = step(1024, 1.99, { expectedGain: 0.3, expectedEndGain: 0.4 });
    const busy = request({ requestsPerMonth: 1_000_000 });
    // 5 USD a million at a relative cost of 0.995, so 5.03 now.
    expect(changeReason(busy, toSavings)).toContain('in the end about $2.01 a month is expected to be saved');
    expect(changeReason(request(), toSavings)).toContain('in the end about 30 % is expected to be saved');
  });

  it('says in dollars nothing that tonight saves already, nor what is known or the last step', () => {
    const busy = request({ requestsPerMonth: 1_000_000 });
    const saving = step(1024, 1.05, { expectedGain: 0.3, expectedEndGain: 0.4 });
    expect(changeReason(busy, saving)).not.toContain('decides the next step');
    const toSavings = step(1024, 1.99, { expectedGain: 0.3, expectedEndGain: 0.4 });
    expect(changeReason(busy, { ...toSavings, nights: 1 })).not.toContain('decides the next step');
    const known = { ...toSavings, predicted: { ...toSavings.predicted, observed: true } };
    expect(changeReason(busy, known)).not.toContain('decides the next step');
    expect(changeReason(request({ strategy: 'balanced' }), toSavings)).not.toContain('decides the next step');
    expect(changeReason(busy, step(1024, 2.2, { expectedEndGain: 0 }))).not.toContain('decides the next step');
    // Where nobody says what the end brings, it is what tonight gains.
    const { expectedEndGain: _, ...unsaid } = toSavings;
    expect(changeReason(busy, unsaid)).toContain('about $1.51 a month');
  });

  it('says of a wide interval that the night decides', () => {
    const wide = step(1024, 1.2);
    const predicted = { ...wide.predicted, meanDurationLowerMs: 100, meanDurationUpperMs: 125 };
    expect(changeReason(request(), { ...wide, predicted })).not.toContain('what tonight shows');
    const wider = { ...wide, predicted: { ...predicted, meanDurationUpperMs: 125.1 } };
    expect(changeReason(request(), wider)).toMatch(/; what tonight shows decides the next step$/);
  });

  it('says why it is a size that nobody would type', () => {
    const busy = (overrides: Partial<RecommendationRequest> = {}) => request({ requestsPerMonth: 1_000, ...overrides });
    const seenAt = (size: number) => {
      const known = step(size, 1);
      return { ...known, predicted: { ...known.predicted, observed: true } };
    };
    expect(changeReason(request(), step(1769, 1))).toContain('1769 MB is one full vCPU');
    expect(changeReason(busy(), step(1024, 1))).not.toContain('exactly');
    expect(changeReason(request(), step(1050, 1))).not.toContain('exactly');
    expect(changeReason(busy(), step(1050, 1))).toContain(
      'exactly 1050 MB because a familiar step might slow it beyond what is allowed',
    );
    expect(changeReason(busy(), seenAt(1050))).toContain('exactly 1050 MB because it has run at it');
    expect(changeReason(busy({ memoryHeadroom: 0.5 }), step(285, 1))).toContain(
      'exactly 285 MB because that is the least its memory use allows',
    );
    expect(changeReason(busy({ runtimeMemoryFloorMb: 1050 }), step(1050, 1))).toContain(
      "exactly 1050 MB because its runtime's own settings claim that much",
    );
  });

  it('rounds the memory in use, and has nothing to say of running out where nothing did', () => {
    const observations = [{ ...seen, maxMemoryUsedMb: 189.6 }];
    expect(changeReason(request({ observations, outOfMemoryCount: 0 }), step(1024, 1))).toContain(
      'it used at most 190 of 2048 MB',
    );
  });

  it('separates its parts, and leaves out those there are none of', () => {
    expect(changeReason(request(), step(1024, 1))).toBe(
      'it mostly waits, so less memory hardly slows it; it used at most 190 of 2048 MB; not tried at 1024 MB yet, a call is expected to take 190 ms to 210 ms',
    );
  });

  it('repeats no column: neither sizes as a change nor its effect on cost', () => {
    expect(changeReason(request(), step(1024, 1.05))).not.toMatch(/lower memory|cost \d|% (less|more)/);
  });
});

it('says why nothing changes, and that memory is not lowered blindly', () => {
  expect(keepReason(request())).toBe('keep 2048 MB: no size in reach is better by more than the noise');
  expect(keepReason(request({ observations: [{ ...seen, maxMemoryUsedMb: undefined }] }))).toBe(
    'keep 2048 MB: no size in reach is better by more than the noise (memory is never lowered without evidence of how much is used)',
  );
});
