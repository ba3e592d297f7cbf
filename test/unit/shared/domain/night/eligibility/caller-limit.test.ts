import fc from 'fast-check';
import { callerLimit, withinCallerLimit } from '../../../../../../shared/domain/night/eligibility/caller-limit.ts';
import { assessment } from '../../../../../support/builders.ts';

const queue = (visibilityTimeoutSeconds: number | undefined, name = 'orders') => ({ name, visibilityTimeoutSeconds });

describe('callerLimit', () => {
  it.each([
    ['nobody who waits', [], false, undefined],
    ['a queue, to a sixth of what it hides messages for', [queue(60)], false, 10],
    ['the queue that hides them shortest', [queue(600), queue(30, 'hasty')], false, 5],
    ['API Gateway, to its own limit', [], true, 29],
    ['API Gateway, where its queue waits longer', [queue(600)], true, 29],
    ['a queue that could not be read, to what it is', [queue(undefined)], true, 20],
  ])('is set by %s', (_, queues, isCalledByApiGateway, ceilingSeconds) => {
    expect(callerLimit({ queues, isCalledByApiGateway }, 20)?.ceilingSeconds).toBe(ceilingSeconds);
  });
});

it.each([
  [[queue(60)], false, 'queue orders hides a message for 60 s, which should be six times the timeout'],
  [[queue(undefined)], false, 'the visibility timeout of queue orders could not be read'],
  [[], true, 'API Gateway waits for 29 s'],
])('says who waits: %j, API Gateway %s', (queues, isCalledByApiGateway, why) => {
  expect(callerLimit({ queues, isCalledByApiGateway }, 20)?.why).toBe(why);
});

describe('withinCallerLimit', () => {
  const limit = { ceilingSeconds: 40, why: 'queue orders hides a message for 240 s' };
  const propose = (current: [number, number], recommended: [number, number]) =>
    assessment({
      current: { memorySizeMb: current[0], timeoutSeconds: current[1] },
      recommended: { memorySizeMb: recommended[0], timeoutSeconds: recommended[1] },
      reason: 'because',
    });

  it.each([
    ['within it', propose([512, 30], [512, 40])],
    ['that does not get longer, though the limit is below it', propose([512, 60], [256, 60])],
    ['that gets shorter', propose([512, 90], [512, 50])],
  ])('leaves a timeout %s', (_, proposed) => {
    expect(withinCallerLimit(proposed, limit)).toEqual({ assessment: proposed });
    expect(withinCallerLimit(proposed, undefined)).toEqual({ assessment: proposed });
  });

  it('raises a timeout as far as the callers wait, and says what holds it back', () => {
    expect(withinCallerLimit(propose([512, 30], [512, 120]), limit)).toMatchObject({
      assessment: {
        recommended: { memorySizeMb: 512, timeoutSeconds: 40 },
        reason: expect.stringMatching(/^because; it needs a timeout of 120 s, but queue orders hides .*: 40 s it is/),
      },
    });
  });

  it('still raises memory where the timeout has to stay', () => {
    expect(withinCallerLimit(propose([512, 50], [1_024, 120]), limit)).toMatchObject({
      assessment: { recommended: { memorySizeMb: 1_024, timeoutSeconds: 50 } },
    });
  });

  it.each([
    ['nothing would be left to propose', propose([512, 50], [512, 120])],
    ['less memory was to come with a longer timeout', propose([512, 30], [256, 120])],
  ])('refuses where %s', (_, proposed) => {
    expect(withinCallerLimit(proposed, limit)).toMatchObject({
      reason: 'CallerLimitsTimeout',
      message: expect.stringContaining('queue orders'),
    });
  });

  it('never lets a timeout get longer than a caller waits, nor shorter than it is', () => {
    const seconds = fc.integer({ min: 1, max: 900 });
    fc.assert(
      fc.property(seconds, seconds, fc.integer({ min: 0, max: 900 }), (current, wanted, ceilingSeconds) => {
        const within = withinCallerLimit(propose([512, current], [1_024, wanted]), { ceilingSeconds, why: 'why' });
        const given = 'assessment' in within ? within.assessment.recommended.timeoutSeconds : current;
        expect(given).toBeLessThanOrEqual(Math.max(current, ceilingSeconds));
        expect(given).toBeGreaterThanOrEqual(Math.min(current, wanted));
      }),
    );
  });
});
