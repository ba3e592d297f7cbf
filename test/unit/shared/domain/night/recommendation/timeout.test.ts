import { recommendTimeout } from '../../../../../../shared/domain/night/recommendation/timeout.ts';
import { anObservation, aRequest } from './requests.ts';

const near = [anObservation({ maxDurationMs: 55_000 })];
const far = [anObservation({ maxDurationMs: 2_000, lookbackDays: 30 })];

describe('recommendTimeout', () => {
  test('raises a timeout that the slowest invocation comes near', () => {
    expect(recommendTimeout(aRequest(), near, 1)?.timeoutSeconds).toBe(90);
  });

  test('reckons with the slower size that is recommended', () => {
    const observations = [anObservation({ maxDurationMs: 30_000 })];

    expect(recommendTimeout(aRequest(), observations, 1)).toBeUndefined();
    expect(recommendTimeout(aRequest(), observations, 2)?.timeoutSeconds).toBe(90);
  });

  test.each([
    ['at', 60_000],
    ['a little below, as rounded,', 59_600],
    ['beyond', 61_000],
  ])('raises far at once when the slowest invocation was cut off %s the timeout', (_, maxDurationMs) => {
    expect(recommendTimeout(aRequest(), [anObservation({ maxDurationMs })], 1)).toEqual({
      timeoutSeconds: 240,
      reason: 'raise the timeout from 60 s to 240 s: the slowest invocation was cut off',
    });
  });

  test('raises a function that is cut off once, not night by night, where its need is up to three times the timeout', () => {
    const raised = recommendTimeout(aRequest({ timeoutSeconds: 3 }), [anObservation({ maxDurationMs: 3_000 })], 1);
    expect(raised?.timeoutSeconds).toBe(15);
    const settled = [anObservation({ maxDurationMs: 9_000 })];
    expect(recommendTimeout(aRequest({ timeoutSeconds: 15 }), settled, 1)).toBeUndefined();
  });

  test('never raises beyond what Lambda or the callers allow', () => {
    const slow = [anObservation({ maxDurationMs: 850_000 })];

    expect(recommendTimeout(aRequest({ timeoutSeconds: 850 }), slow, 1)?.timeoutSeconds).toBe(900);
    expect(recommendTimeout(aRequest({ callerTimeoutCeilingSeconds: 60 }), near, 1)).toBeUndefined();
    const cutOff = [anObservation({ maxDurationMs: 60_000 })];
    expect(recommendTimeout(aRequest({ callerTimeoutCeilingSeconds: 60 }), cutOff, 1)).toBeUndefined();
    expect(recommendTimeout(aRequest({ callerTimeoutCeilingSeconds: 90 }), cutOff, 1)?.timeoutSeconds).toBe(90);
  });

  test('lowers on thirty days of evidence, with room to spare', () => {
    expect(recommendTimeout(aRequest(), far, 1)?.timeoutSeconds).toBe(10);
  });

  test('does not lower on less evidence, or without knowing the slowest invocation', () => {
    expect(recommendTimeout(aRequest(), [{ ...far[0]!, lookbackDays: 29 }], 1)).toBeUndefined();
    expect(recommendTimeout(aRequest(), [anObservation({ lookbackDays: 30 })], 1)).toBeUndefined();
  });

  test('keeps above what the callers need', () => {
    expect(recommendTimeout(aRequest({ callerTimeoutFloorSeconds: 20 }), far, 1)?.timeoutSeconds).toBe(20);
    expect(recommendTimeout(aRequest({ callerTimeoutFloorSeconds: 40 }), far, 1)).toBeUndefined();
  });

  test.each([
    [60, 52_500, 90],
    [300, 241_300, 420],
    [30, 27_300, 45],
    [850, 845_000, 900],
  ])(
    'raises %i s for a call of %i ms to a timeout that people recognise, %i s',
    (timeoutSeconds, maxDurationMs, raised) => {
      const slowest = [anObservation({ maxDurationMs })];
      expect(recommendTimeout(aRequest({ timeoutSeconds }), slowest, 1)?.timeoutSeconds).toBe(raised);
    },
  );

  test("is exact under the brief's rules", () => {
    expect(recommendTimeout(aRequest({ strategy: 'brief-rules' }), near, 1)?.timeoutSeconds).toBe(83);
  });

  test('raises beyond four fifths and not at them, saying what the slowest call is expected to take', () => {
    const at = (maxDurationMs: number) => recommendTimeout(aRequest(), [anObservation({ maxDurationMs })], 1);
    expect(at(48_000)).toBeUndefined();
    expect(at(48_001)?.reason).toBe(
      'raise the timeout from 60 s to 90 s: the slowest invocation is expected to take 48 s',
    );
    const short = recommendTimeout(aRequest({ timeoutSeconds: 3 }), [anObservation({ maxDurationMs: 2_500 })], 1);
    expect(short?.reason).toBe('raise the timeout from 3 s to 5 s: the slowest invocation is expected to take 2.5 s');
    const ten = recommendTimeout(aRequest({ timeoutSeconds: 12 }), [anObservation({ maxDurationMs: 10_000 })], 1);
    expect(ten?.reason).toContain('expected to take 10 s');
  });

  test('looks only at what was seen at the present size, all of it', () => {
    const elsewhere = anObservation({ memorySizeMb: 512, maxDurationMs: 59_000 });
    expect(recommendTimeout(aRequest(), [elsewhere], 1)).toBeUndefined();
    expect(recommendTimeout(aRequest(), [...near, anObservation({ maxDurationMs: 1_000 })], 1)?.timeoutSeconds).toBe(
      90,
    );
  });

  test('expects no call to get faster', () => {
    expect(recommendTimeout(aRequest(), near, 0.5)?.timeoutSeconds).toBe(90);
  });

  test('adds the days up, needs every maximum, and lowers only to half or less', () => {
    const days = (...lookbackDays: number[]) => lookbackDays.map((each) => ({ ...far[0]!, lookbackDays: each }));
    expect(recommendTimeout(aRequest(), days(15, 15), 1)).toEqual({
      ...{
        timeoutSeconds: 10,
        reason: 'lower the timeout from 60 s to 10 s: the slowest invocation is expected to take 2.0 s',
      },
    });
    expect(recommendTimeout(aRequest(), [...days(30), anObservation({ maxDurationMs: 1 })], 1)?.timeoutSeconds).toBe(
      10,
    );
    expect(recommendTimeout(aRequest(), [...days(30), anObservation()], 1)).toBeUndefined();
    const at = (timeoutSeconds: number) => recommendTimeout(aRequest({ timeoutSeconds }), far, 1)?.timeoutSeconds;
    expect([at(19), at(20)]).toEqual([undefined, 10]);
    const blink = [{ ...far[0]!, maxDurationMs: 20 }];
    expect(recommendTimeout(aRequest({ callerTimeoutFloorSeconds: 0.1 }), blink, 1)?.timeoutSeconds).toBe(1);
  });

  test("lowers under the brief's rules by the brief's factor", () => {
    expect(recommendTimeout(aRequest({ strategy: 'brief-rules' }), far, 1)?.timeoutSeconds).toBe(3);
  });
});
