import {
  lastingRange,
  maxMemoryUsedMb,
  mayLower,
  mayStay,
  memoryFloorMb,
  permittedRange,
  reachableRange,
} from '../../../../../../shared/domain/night/recommendation/memory-sizes.ts';
import type { RecommendationRequest } from '../../../../../../shared/domain/night/recommendation/types.ts';
import { anObservation, aRequest } from './requests.ts';

describe('memory sizes', () => {
  test('leaves headroom above the most memory any observation saw', () => {
    const observations = [anObservation({ maxMemoryUsedMb: 300 }), anObservation({ maxMemoryUsedMb: 200 })];

    expect(memoryFloorMb(aRequest({ observations }))).toBe(330);
    expect(memoryFloorMb(aRequest({ observations, memoryHeadroom: 0.5 }))).toBe(450);
  });

  test('reaches one notch down and all the way up', () => {
    expect(reachableRange(aRequest({ currentMemorySizeMb: 1001 }))).toEqual({ minMb: 501, maxMb: 10_240 });
  });

  test('does not let a function stay below what it needs', () => {
    const request = aRequest({ currentMemorySizeMb: 128, observations: [anObservation({ maxMemoryUsedMb: 127 })] });

    expect(mayStay(request)).toBe(false);
    expect(lastingRange(request).minMb).toBe(140);
  });

  test('lets bounds of the policy prevail over need', () => {
    const request = aRequest({ bounds: { maxMb: 512 }, observations: [anObservation({ maxMemoryUsedMb: 700 })] });

    expect(lastingRange(request)).toEqual({ minMb: 512, maxMb: 512 });
  });

  test('needs what the runtime claims, and more than it had where memory ran out', () => {
    expect(memoryFloorMb(aRequest({ runtimeMemoryFloorMb: 900 }))).toBe(900);
    expect(memoryFloorMb(aRequest({ outOfMemoryCount: 1 }))).toBe(1_280);
    expect(memoryFloorMb(aRequest({ outOfMemoryCount: 0 }))).toBe(111);
  });

  test('is not lowered without evidence of use, nor with signs of a leak', () => {
    const unseen = aRequest({ observations: [anObservation({ maxMemoryUsedMb: undefined })] });
    expect([mayLower(unseen), memoryFloorMb(unseen)]).toEqual([false, 1_024]);
    const leaking = aRequest({ memoryLeakSuspected: true });
    expect([mayLower(leaking), memoryFloorMb(leaking)]).toEqual([false, 1_024]);
    expect([mayLower(aRequest()), mayLower(aRequest({ memoryLeakSuspected: false }))]).toEqual([true, true]);
    const partly = [anObservation({ maxMemoryUsedMb: undefined }), anObservation({ maxMemoryUsedMb: 80 })];
    expect(maxMemoryUsedMb(partly)).toBe(80);
    expect(maxMemoryUsedMb(partly.slice(0, 1))).toBeUndefined();
  });

  test('keeps to whole megabytes within the policy and Lambda', () => {
    const permitted = (bounds: RecommendationRequest['bounds']) => permittedRange(aRequest({ bounds }));
    expect(permitted(undefined)).toEqual({ minMb: 128, maxMb: 10_240 });
    expect(permitted({ minMb: 200.5, maxMb: 300.5 })).toEqual({ minMb: 201, maxMb: 300 });
    expect(permitted({ minMb: 64, maxMb: 99_999 })).toEqual({ minMb: 128, maxMb: 10_240 });
    expect(permitted({ minMb: 512, maxMb: 256 })).toEqual({ minMb: 512, maxMb: 512 });
  });

  test('may stay from the least to the most it may have', () => {
    const stays = (currentMemorySizeMb: number) =>
      mayStay(aRequest({ currentMemorySizeMb, bounds: { minMb: 256, maxMb: 512 } }));
    expect([255, 256, 512, 513].map(stays)).toEqual([false, true, true, false]);
  });

  test('reaches one notch down even where the policy asks for less', () => {
    const bounds = { maxMb: 512 };
    expect(reachableRange(aRequest({ currentMemorySizeMb: 4_096, bounds }))).toEqual({ minMb: 2_048, maxMb: 2_048 });
    expect(reachableRange(aRequest({ currentMemorySizeMb: 600, bounds }))).toEqual({ minMb: 300, maxMb: 512 });
    expect(reachableRange(aRequest({ currentMemorySizeMb: 128 }))).toEqual({ minMb: 128, maxMb: 10_240 });
  });
});
