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
});
