import { recommend } from '../../../../../../shared/domain/night/recommendation/recommend.ts';
import { SampleSpace } from '../../../../../../shared/domain/night/recommendation/sample-space.ts';
import { anObservation, aRequest } from './requests.ts';

describe('memory for samples', () => {
  it('gives nobody what another still uses', () => {
    const space = new SampleSpace();
    const first = space.take(100).fill(1);
    const second = space.take(100).fill(2);
    expect([first.length, second.length, first[99], second[0]]).toEqual([100, 100, 1, 2]);
  });

  it('is used again once it was cleared, and has more for whoever needs more', () => {
    const space = new SampleSpace();
    const before = space.take(100).fill(1);
    space.clear();
    expect(space.take(100).fill(2)[0]).toBe(before[0]);
    const large = space.take(1_000_000);
    expect(large).toHaveLength(1_000_000);
    expect(large.buffer).not.toBe(before.buffer);
  });

  it('leaves no trace of one function in what is recommended for the next', () => {
    const small = aRequest({ observations: [anObservation({ maxMemoryUsedMb: 90 })] });
    const large = aRequest({ strategy: 'balanced', currentMemorySizeMb: 3_008 });
    const alone = recommend(small);
    recommend(large);
    expect(recommend(small)).toEqual(alone);
  });
});
