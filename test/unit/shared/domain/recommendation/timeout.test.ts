import { recommendTimeout } from '../../../../../shared/domain/recommendation/timeout.ts';
import { anObservation, aRequest } from './requests.ts';

const near = [anObservation({ maxDurationMs: 55_000 })];
const far = [anObservation({ maxDurationMs: 2_000, lookbackDays: 30 })];

describe('recommendTimeout', () => {
  test('raises a timeout that the slowest invocation comes near', () => {
    expect(recommendTimeout(aRequest(), near, 1)?.timeoutSeconds).toBe(83);
  });

  test('reckons with the slower size that is recommended', () => {
    const observations = [anObservation({ maxDurationMs: 30_000 })];

    expect(recommendTimeout(aRequest(), observations, 1)).toBeUndefined();
    expect(recommendTimeout(aRequest(), observations, 2)?.timeoutSeconds).toBe(90);
  });

  test('never raises beyond what Lambda or the callers allow', () => {
    const slow = [anObservation({ maxDurationMs: 850_000 })];

    expect(recommendTimeout(aRequest({ timeoutSeconds: 850 }), slow, 1)?.timeoutSeconds).toBe(900);
    expect(recommendTimeout(aRequest({ callerTimeoutCeilingSeconds: 60 }), near, 1)).toBeUndefined();
  });

  test('lowers on thirty days of evidence, with room to spare', () => {
    expect(recommendTimeout(aRequest(), far, 1)?.timeoutSeconds).toBe(6);
  });

  test('does not lower on less evidence, or without knowing the slowest invocation', () => {
    expect(recommendTimeout(aRequest(), [{ ...far[0]!, lookbackDays: 29 }], 1)).toBeUndefined();
    expect(recommendTimeout(aRequest(), [anObservation({ lookbackDays: 30 })], 1)).toBeUndefined();
  });

  test('keeps above what the callers need', () => {
    expect(recommendTimeout(aRequest({ callerTimeoutFloorSeconds: 20 }), far, 1)?.timeoutSeconds).toBe(20);
    expect(recommendTimeout(aRequest({ callerTimeoutFloorSeconds: 40 }), far, 1)).toBeUndefined();
  });
});
