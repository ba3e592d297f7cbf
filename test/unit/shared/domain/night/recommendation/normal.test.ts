import { normalCdf, seededNormals } from '../../../../../../shared/domain/night/recommendation/normal.ts';

describe('normalCdf', () => {
  // Tables of the standard normal distribution.
  it.each([
    [0, 0.5],
    [1, 0.841344746],
    [-1, 0.158655254],
    [1.645, 0.950015094],
    [-2.326, 0.010009275],
    [3, 0.998650102],
  ])('of %d is %d', (x, probability) => {
    expect(Math.abs(normalCdf(x) - probability)).toBeLessThan(2e-7);
  });

  it('is certain far out, and meets that without a jump', () => {
    expect([normalCdf(5.3), normalCdf(-5.3)]).toEqual([1, 0]);
    expect(normalCdf(5.2)).toBeCloseTo(1, 6);
    expect(normalCdf(-5.2)).toBeCloseTo(0, 6);
  });
});

describe('seededNormals', () => {
  it('are the same for a seed, others for another, and as spread as they should be', () => {
    const normals = seededNormals(20_000, 7);
    const moment = (power: number) => normals.reduce((sum, each) => sum + each ** power, 0) / normals.length;
    expect(seededNormals(20_000, 7)).toEqual(normals);
    expect(seededNormals(3, 8)[0]).not.toBe(normals[0]);
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
    expect(normals.filter((each) => each < -1.645).length / normals.length).toBeCloseTo(0.05, 2);
  });

  it('stay what they are from release to release: a recommendation must not move by itself', () => {
    expect([...seededNormals(3, 7)].map((each) => each.toFixed(6))).toEqual(['0.141970', '-0.864253', '-1.006366']);
  });
});
