import type { Pauses } from "./pauses";

/** Splits a positive matrix into triangles (Cholesky), in place: its lower left becomes the factor. */
export async function factorise(matrix: Float64Array, size: number, pauses: Pauses): Promise<void> {
  for (let column = 0; column < size; column += 1) {
    for (let row = column; row < size; row += 1) {
      let sum = matrix[row * size + column] as number;
      for (let index = 0; index < column; index += 1) {
        sum -= (matrix[row * size + index] as number) * (matrix[column * size + index] as number);
      }
      matrix[row * size + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (matrix[column * size + column] as number);
    }
    await pauses.ifDue();
  }
}

/** Solves with the lower triangle, in place. */
export function solveLower(factor: Float64Array, size: number, values: Float64Array): void {
  for (let row = 0; row < size; row += 1) {
    let sum = values[row] as number;
    for (let index = 0; index < row; index += 1) {
      sum -= (factor[row * size + index] as number) * (values[index] as number);
    }
    values[row] = sum / (factor[row * size + row] as number);
  }
}

/** Solves with both triangles, in place. */
export function solve(factor: Float64Array, size: number, values: Float64Array): void {
  solveLower(factor, size, values);
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = values[row] as number;
    for (let index = row + 1; index < size; index += 1) {
      sum -= (factor[index * size + row] as number) * (values[index] as number);
    }
    values[row] = sum / (factor[row * size + row] as number);
  }
}

/** Adds a vector times itself to the lower left of a matrix. */
export function addSquare(matrix: Float64Array, vector: Float64Array, share: number): void {
  const size = vector.length;
  for (let row = 0; row < size; row += 1) {
    const factor = share * (vector[row] as number);
    const start = row * size;
    for (let column = 0; column <= row; column += 1) {
      matrix[start + column] = (matrix[start + column] as number) + factor * (vector[column] as number);
    }
  }
}

/** Adds to the diagonal. */
export function addRidge(matrix: Float64Array, size: number, ridge: number): void {
  for (let index = 0; index < size; index += 1) {
    matrix[index * size + index] = (matrix[index * size + index] as number) + ridge;
  }
}

/** Sum of the diagonal. */
export function traceOf(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let index = 0; index < size; index += 1) {
    sum += matrix[index * size + index] as number;
  }
  return sum;
}
