import {
  cholesky,
  logDeterminant,
  solve,
} from '../../../../../../shared/domain/night/recommendation/linear-algebra.ts';

const matrix = [
  [4, 2, 0.6],
  [2, 5, 1.5],
  [0.6, 1.5, 3],
];

describe('linear algebra', () => {
  it('factors a matrix into a lower triangle times itself', () => {
    const factor = cholesky(matrix);
    const product = matrix.map((_, i) =>
      matrix.map((__, j) => factor[i]!.reduce((sum, each, k) => sum + each * (factor[j]![k] ?? 0), 0)),
    );
    expect(factor.map((row) => row.length)).toEqual([1, 2, 3]);
    product.flat().forEach((each, at) => {
      expect(each).toBeCloseTo(matrix.flat()[at]!, 12);
    });
  });

  it('solves what the matrix times the solution gives back', () => {
    const rightHandSide = [1, -2, 3];
    const x = solve(cholesky(matrix), rightHandSide);
    matrix.forEach((row, i) => {
      expect(row.reduce((sum, each, j) => sum + each * x[j]!, 0)).toBeCloseTo(rightHandSide[i]!, 12);
    });
    expect(rightHandSide).toEqual([1, -2, 3]);
  });

  it('knows the determinant', () => {
    // 4 × (15 − 2.25) − 2 × (6 − 0.9) + 0.6 × (3 − 3)
    expect(Math.exp(logDeterminant(cholesky(matrix)))).toBeCloseTo(40.8, 10);
  });

  it('refuses what is not positive definite, naming the row', () => {
    const singular = [
      [1, 1],
      [1, 1],
    ];
    expect(() => cholesky(singular)).toThrow(new RangeError('matrix must be positive definite, row 1 is not'));
  });
});
