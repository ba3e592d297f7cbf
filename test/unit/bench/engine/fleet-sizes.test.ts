import { fleetSizes } from '../../../../bench/engine/fleet-sizes.ts';

describe('fleetSizes', () => {
  it('reads sizes separated by commas', () => {
    expect(fleetSizes('100,1000, 10000')).toEqual([100, 1000, 10000]);
  });

  it.each(['', '0', '-5', '1.5', '100,,200', 'many'])('rejects %p and says what is allowed', (text) => {
    expect(() => fleetSizes(text)).toThrow(/whole numbers above 0/);
  });
});
