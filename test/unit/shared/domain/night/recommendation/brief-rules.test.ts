import { briefRulesSize } from '../../../../../../shared/domain/night/recommendation/brief-rules.ts';
import { anObservation, aRequest } from './requests.ts';

const sizeOf = (currentMemorySizeMb: number, maxMemoryUsedMb: number | undefined, bounds = {}) =>
  briefRulesSize(aRequest({ currentMemorySizeMb, observations: [anObservation({ maxMemoryUsedMb })], bounds }));

describe("the brief's rules", () => {
  it.each([
    ['a quarter less below half used', 1_024, 511, 768],
    ['nothing at half', 1_024, 512, 1_024],
    ['nothing up to four fifths', 1_000, 800, 1_000],
    ['half more above', 1_000, 801, 1_500],
    ['nothing where use is not known', 1_000, undefined, 1_000],
    ['rounded to whole megabytes', 1_001, 100, 751],
  ])('say %s', (_, current, used, expected) => {
    expect(sizeOf(current, used)).toBe(expected);
  });

  it('keep within the bounds of the policy and what the function needs', () => {
    expect(sizeOf(1_024, 100, { minMb: 900 })).toBe(900);
    expect(sizeOf(1_000, 900, { maxMb: 1_200 })).toBe(1_200);
    // 700 × 1.1 is more than it has.
    expect(sizeOf(750, 700, { maxMb: 760 })).toBe(760);
    expect(sizeOf(140, 60)).toBe(128);
    expect(sizeOf(1_024, 600, { maxMb: 512 })).toBe(512);
  });
});
