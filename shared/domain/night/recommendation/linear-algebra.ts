/** Square matrices are row-major arrays of rows; every one here is as large as the number of observations. */
export type Matrix = readonly (readonly number[])[];

/** Lower Cholesky factor of a symmetric positive definite matrix. */
export function cholesky(matrix: Matrix): number[][] {
  const factor: number[][] = [];
  for (let row = 0; row < matrix.length; row++) {
    const entries: number[] = [];
    factor.push(entries);
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row]![column]!;
      for (let k = 0; k < column; k++) rest -= entries[k]! * factor[column]![k]!;
      entries.push(column === row ? Math.sqrt(rest) : rest / factor[column]![column]!);
    }
    if (!(entries[row]! > 0)) throw new RangeError(`matrix must be positive definite, row ${row} is not`);
  }
  return factor;
}

/** Solves factor × factorᵀ × x = right-hand side. */
export function solve(factor: Matrix, rightHandSide: readonly number[]): number[] {
  const size = factor.length;
  const x = [...rightHandSide];
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) x[row]! -= factor[row]![k]! * x[k]!;
    x[row]! /= factor[row]![row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) x[row]! -= factor[k]![row]! * x[k]!;
    x[row]! /= factor[row]![row]!;
  }
  return x;
}

export function logDeterminant(factor: Matrix): number {
  return factor.reduce((sum, row, index) => sum + 2 * Math.log(row[index]!), 0);
}
