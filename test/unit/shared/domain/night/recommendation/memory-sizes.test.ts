import {
  lastingRange,
  mayStay,
  memoryFloorMb,
  reachableRange,
} from '../../../../../../shared/domain/night/recommendation/memory-sizes.ts';
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
});
