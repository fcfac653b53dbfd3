import { createRandomSource, standardNormal } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { pivotedCholesky } from './pivoted-cholesky';

/** Aᵀ·A of a random A with `rank` rows; its columns grow, so that pivoting has something to do. */
function gram(rank: number, n: number): Float64Array {
  const a = standardNormal(createRandomSource(rank), rank * n).map((value, at) => value * (at % n));
  return multiply(Float64Array.from(a), rank, n);
}

function multiply(a: Float64Array, rank: number, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += (a[k * n + Math.floor(at / n)] ?? 0) * (a[k * n + (at % n)] ?? 0);
    return sum;
  });
}

describe('pivotedCholesky', () => {
  it.each([8, 5, 1, 0])('factors a matrix of rank %i', (rank) => {
    const matrix = gram(rank, 8);
    const result = pivotedCholesky(matrix, 8);
    // The first column and row of the matrix are zero.
    expect(result.rank).toBe(Math.min(rank, 7));
    expect(result.factor).toHaveLength(result.rank * 8);
    const product = multiply(result.factor, result.rank, 8);
    for (const [at, value] of product.entries()) expect(value).toBeCloseTo(matrix[at] ?? 0, 10);
  });
});
