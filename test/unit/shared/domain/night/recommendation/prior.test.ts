import { shapeTable } from '../../../../../../shared/domain/night/recommendation/prior.ts';
import { logShape } from '../../../../../../shared/domain/night/recommendation/shape.ts';
import { priorOf } from './curve-samples.ts';

describe('the table of shapes', () => {
  const prior = priorOf([1, 1, 1]);

  it('is computed once a size, for each prior of its own', () => {
    const table = shapeTable(prior, 640);
    expect([...table]).toEqual(prior.shapes.map((shape) => logShape(shape, 640)));
    expect(shapeTable(prior, 641)).not.toEqual(table);
    expect(shapeTable(prior, 640)).toBe(table);
    expect(shapeTable(priorOf([1, 1, 1]), 640)).not.toBe(table);
  });

  it('starts again after 512 sizes rather than grow without end', () => {
    const other = priorOf([1, 1, 1]);
    const first = shapeTable(other, 1);
    for (let size = 2; size <= 511; size++) shapeTable(other, size);
    expect(shapeTable(other, 1)).toBe(first);
    shapeTable(other, 512);
    expect(shapeTable(other, 1)).not.toBe(first);
  });
});
